package io.github.camundabackup.internal.participants;

import io.github.camundabackup.component.AcceptedBackup;
import io.github.camundabackup.component.BackupContext;
import io.github.camundabackup.component.BackupLookup;
import io.github.camundabackup.component.ComponentBackup;
import io.github.camundabackup.component.ComponentClient;
import io.github.camundabackup.component.Examination;
import io.github.camundabackup.component.Participant;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.StepProgress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A participant whose backups a typed client takes. */
class ClientParticipant<B extends ComponentBackup> implements Participant {
    private final ComponentClient<B> client;
    private final String planText;

    ClientParticipant(ComponentClient<B> client, String planText) {
        this.client = client;
        this.planText = planText;
    }

    @Override
    public final Component component() {
        return client.component();
    }

    @Override
    public final String planText() {
        return planText;
    }

    @Override
    public CompletableFuture<Void> examine(Examination examination) {
        return examined(examination).thenAccept(backups -> {});
    }

    /** Lists the backups, and reports their ids, and one that is going on, to the examination. */
    final CompletableFuture<List<B>> examined(Examination examination) {
        return client.list().thenApply(backups -> {
            String name = component().displayName();
            for (B backup : backups) {
                examination.usedId(backup.backupId(), name);
                if (backup.state() == BackupState.IN_PROGRESS) {
                    examination.problem(name + " is taking backup " + backup.backupId()
                            + " at the moment. Wait until it is complete, or delete it if it is stuck.");
                }
            }
            return backups;
        });
    }

    @Override
    public CompletableFuture<AcceptedBackup> start(BackupContext context) {
        return client.take(context.backupId());
    }

    @Override
    public CompletableFuture<ComponentBackup> follow(
            BackupContext context, Duration timeout, Consumer<StepProgress> onProgress) {
        return client.awaitCompletion(context.backupId(), timeout, backup -> onProgress.accept(progress(backup)))
                .thenApply(backup -> backup);
    }

    /** How far a part is, as the client describes it. */
    StepProgress progress(B backup) {
        return StepProgress.ofParts(
                backup.partsDone(),
                Math.max(backup.partsShown(), backup.partsExpected().orElse(0)));
    }

    @Override
    public CompletableFuture<BackupLookup<ComponentBackup>> get(BackupId backupId) {
        return get(client, backupId);
    }

    static <B extends ComponentBackup> CompletableFuture<BackupLookup<ComponentBackup>> get(
            ComponentClient<B> client, BackupId backupId) {
        return client.get(backupId).thenApply(ClientParticipant::general);
    }

    private static <B extends ComponentBackup> BackupLookup<ComponentBackup> general(BackupLookup<B> lookup) {
        return lookup.unclear()
                .<BackupLookup<ComponentBackup>>map(BackupLookup.Unclear::new)
                .or(() -> lookup.found().map(BackupLookup.Found::new))
                .orElseGet(BackupLookup.Absent::new);
    }

    @Override
    public final CompletableFuture<List<ComponentBackup>> list() {
        return client.list().thenApply(List::copyOf);
    }

    @Override
    public final CompletableFuture<Void> delete(BackupId backupId) {
        return client.delete(backupId);
    }

    @Override
    public String toString() {
        return client.toString();
    }
}
