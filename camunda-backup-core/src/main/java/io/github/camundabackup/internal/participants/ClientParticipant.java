package io.github.camundabackup.internal.participants;

import io.github.camundabackup.component.AcceptedBackup;
import io.github.camundabackup.component.BackupContext;
import io.github.camundabackup.component.BackupLookup;
import io.github.camundabackup.component.ComponentBackup;
import io.github.camundabackup.component.ComponentClient;
import io.github.camundabackup.component.Examination;
import io.github.camundabackup.component.Participant;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.failure.FailureKind;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.StepProgress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
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

    /**
     * Lists the backups, and reports their ids, and one that is going on, to the examination. There may be any number:
     * none is kept but the one that is given back.
     *
     * @return the newest complete one with parts; empty if there is none, or the component cannot list them
     */
    final CompletableFuture<Optional<B>> examined(Examination examination) {
        String name = component().displayName();
        AtomicReference<Optional<B>> newest = new AtomicReference<>(Optional.empty());
        CompletableFuture<Void> listed = client.list(backup -> {
            examination.usedId(backup.backupId(), name);
            if (backup.state() == BackupState.IN_PROGRESS) {
                examination.problem(name + " is taking backup " + backup.backupId()
                        + " at the moment. Wait until it is complete, or delete it if it is stuck.");
            }
            if (backup.state() == BackupState.COMPLETED && backup.partsShown() > 0) {
                newest.updateAndGet(before ->
                        before.filter(other -> other.backupId().compareTo(backup.backupId()) >= 0)
                                        .isPresent()
                                ? before
                                : Optional.of(backup));
            }
        });
        return Futures.recover(
                        listed,
                        error -> cannotList(error)
                                ? askForTheId(examination, error)
                                : CompletableFuture.failedFuture(error))
                .thenApply(done -> newest.get());
    }

    /**
     * Whether all is well perhaps but the list, which takes the longer the more backups there are: Zeebe's gateway
     * gives up after 15 s (<a href="https://github.com/camunda/camunda/issues/61898">camunda/camunda#61898</a>).
     */
    private static boolean cannotList(Throwable error) {
        return switch (FailureKind.of(error)) {
            case TRANSIENT, NONSENSE -> true;
            case OTHER -> error instanceof RequestRejectedException refusal && refusal.status() >= 500;
            case DENIED, GONE, CONFLICT -> false;
        };
    }

    /**
     * That the id is not used is the least that must be known. Whether a higher one was, only the component knows then,
     * which refuses a lower one itself: the backup fails, and takes nothing for good that it is not.
     */
    private CompletableFuture<Void> askForTheId(Examination examination, Throwable error) {
        String name = component().displayName();
        return client.get(examination.backupId()).handle((lookup, unknown) -> {
            if (unknown != null || lookup.unclear().isPresent()) {
                throw new CompletionException(error);
            }
            lookup.found().ifPresent(used -> examination.usedId(used.backupId(), name));
            examination.warning("The list of backups of " + name
                    + " could not be read, so that it is known only that it"
                    + " has no backup " + examination.backupId() + ", and not whether it has a higher one, or is taking"
                    + " another: " + error.getMessage());
            return null;
        });
    }

    @Override
    public CompletableFuture<AcceptedBackup> start(BackupContext context) {
        return client.take(context.backupId());
    }

    @Override
    public CompletableFuture<ComponentBackup> follow(
            BackupContext context, Duration timeout, Consumer<StepProgress> onProgress) {
        return client.awaitCompletion(
                        context.backupId(),
                        timeout,
                        backup -> onProgress.accept(progress(backup)),
                        context::outage,
                        context.pace())
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
