package io.github.camundabackup.internal.participants;

import io.github.camundabackup.component.AcceptedBackup;
import io.github.camundabackup.component.BackupContext;
import io.github.camundabackup.component.BackupLookup;
import io.github.camundabackup.component.ComponentBackup;
import io.github.camundabackup.component.Examination;
import io.github.camundabackup.component.Participant;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.internal.foreign.ForeignCalls;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.StepProgress;
import io.github.camundabackup.runtime.ClientResources;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A user's participant, held to the rules of its port: whatever it does, a future ends in time, with a part or with a
 * {@link CamundaBackupException} that names it. Otherwise its mistake could keep exporting paused.
 */
final class UserParticipant implements Participant {
    private final Participant own;
    private final Component component;
    private final ForeignCalls calls;

    UserParticipant(Participant own, ClientResources resources) {
        this.own = own;
        component = own.component();
        calls = ForeignCalls.of(resources);
    }

    @Override
    public Component component() {
        return component;
    }

    @Override
    public String planText() {
        return own.planText();
    }

    @Override
    public CompletableFuture<Void> examine(Examination examination) {
        return answer("its examination", () -> done(own.examine(examination))).thenAccept(done -> {});
    }

    @Override
    public CompletableFuture<AcceptedBackup> start(BackupContext context) {
        return answer(
                "the request for backup " + context.backupId() + ", so that it may have begun or not",
                () -> own.start(context));
    }

    @Override
    public CompletableFuture<ComponentBackup> follow(
            BackupContext context, Duration timeout, Consumer<StepProgress> onProgress) {
        String what = "the wait for backup " + context.backupId();
        return within(
                timeout,
                what,
                () -> own.follow(context, timeout, onProgress)
                        .thenApply(part -> requireComplete(part, context.backupId())));
    }

    private ComponentBackup requireComplete(ComponentBackup part, BackupId backupId) {
        if (!part.backupId().equals(backupId) || part.state() != BackupState.COMPLETED) {
            throw new CamundaBackupException("The wait for backup " + backupId + " of " + component.displayName()
                    + " ended with backup " + part.backupId() + " in the state " + part.state()
                    + ". Only a complete part of the same backup may end it.");
        }
        return part;
    }

    @Override
    public CompletableFuture<BackupLookup<ComponentBackup>> get(BackupId backupId) {
        return answer("the question for backup " + backupId, () -> own.get(backupId));
    }

    @Override
    public CompletableFuture<List<ComponentBackup>> list() {
        return answer("the question for its backups", own::list);
    }

    @Override
    public CompletableFuture<Void> delete(BackupId backupId) {
        return answer("the deletion of backup " + backupId, () -> done(own.delete(backupId)))
                .thenAccept(done -> {});
    }

    private static CompletableFuture<Boolean> done(CompletableFuture<Void> work) {
        return work.thenApply(nothing -> true);
    }

    private <T> CompletableFuture<T> answer(String what, Supplier<CompletableFuture<T>> call) {
        return within(ANSWER_TIMEOUT, what, call);
    }

    private <T> CompletableFuture<T> within(Duration limit, String what, Supplier<CompletableFuture<T>> call) {
        return calls.ask(component.displayName() + ": " + what, limit, call);
    }

    @Override
    public String toString() {
        return own.toString();
    }
}
