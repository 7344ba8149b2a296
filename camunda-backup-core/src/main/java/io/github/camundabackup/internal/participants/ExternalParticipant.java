package io.github.camundabackup.internal.participants;

import io.github.camundabackup.component.AcceptedBackup;
import io.github.camundabackup.component.BackupContext;
import io.github.camundabackup.component.ComponentBackup;
import io.github.camundabackup.component.ExternalBackup;
import io.github.camundabackup.component.Outage;
import io.github.camundabackup.component.SnapshotBackup;
import io.github.camundabackup.component.SnapshotBackupClient;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.ComponentBackupFailedException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.process.Command;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.report.StepProgress;
import io.github.camundabackup.runtime.ClientResources;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A component whose snapshots a command makes, or a person has made. For one run. */
final class ExternalParticipant extends ClientParticipant<SnapshotBackup> implements Outsourced {
    /** The step timeout ends it before, unless that is longer. */
    private static final Duration LONGEST_COMMAND = Duration.ofDays(7);
    /** Between the end of a command and its last snapshot's, as the repository shows it. */
    private static final Duration SETTLING = Duration.ofMinutes(1);

    private final ExternalBackup how;
    private final SnapshotBackupClient snapshots;
    private final ClientResources resources;
    private final CompletableFuture<Void> givenUp = new CompletableFuture<>();
    private volatile @Nullable CompletableFuture<List<String>> command;

    /**
     * @param snapshots reads them from the repository
     */
    ExternalParticipant(ExternalBackup how, SnapshotBackupClient snapshots, ClientResources resources) {
        super(snapshots, snapshots.component().displayName() + ", " + how);
        this.how = how;
        this.snapshots = snapshots;
        this.resources = resources;
    }

    @Override
    public CompletableFuture<AcceptedBackup> start(BackupContext context) {
        BackupId backupId = context.backupId();
        List<String> line = how.command(backupId);
        if (!line.isEmpty()) {
            command = new Command(
                            "take backup " + backupId + " of the " + component().displayName(), line, how.environment())
                    .run(resources, LONGEST_COMMAND, givenUp);
        }
        return CompletableFuture.completedFuture(new AcceptedBackup(component(), backupId, List.of(), false));
    }

    @Override
    public CompletableFuture<ComponentBackup> follow(
            BackupContext context, Duration timeout, Consumer<StepProgress> onProgress) {
        CompletableFuture<List<String>> running = command;
        Consumer<StepProgress> progress =
                running == null && how.command(context.backupId()).isEmpty()
                        ? untilSeen(context, onProgress)
                        : onProgress;
        CompletableFuture<SnapshotBackup> seen = snapshots.awaitCompletion(
                context.backupId(),
                timeout,
                backup -> progress.accept(progress(backup)),
                context::outage,
                context.pace());
        CompletableFuture<ComponentBackup> result = new CompletableFuture<>();
        seen.whenComplete((backup, error) -> {
            if (error == null) {
                result.complete(backup);
            } else {
                result.completeExceptionally(Futures.unwrap(error));
            }
        });
        if (running != null) {
            running.whenComplete((output, error) -> {
                if (error != null) {
                    failed(context, Futures.unwrap(error), result);
                } else {
                    resources
                            .time()
                            .delay(SETTLING)
                            .thenRun(() -> result.completeExceptionally(unseen(context, output)));
                }
            });
        }
        // Cancelling the result ends the waiting.
        result.whenComplete((done, error) -> seen.cancel(false));
        return result;
    }

    /** What counts is what the repository holds. */
    private void failed(BackupContext context, Throwable error, CompletableFuture<ComponentBackup> result) {
        snapshots.get(context.backupId()).whenComplete((lookup, unread) -> {
            boolean complete = unread == null
                    && lookup.found()
                            .filter(backup -> backup.state() == BackupState.COMPLETED)
                            .isPresent();
            if (complete) {
                context.warn(error.getMessage() + " The repository holds all snapshots of it.");
            } else {
                result.completeExceptionally(error);
            }
        });
    }

    /** Says that an operator is waited for, until the first snapshot is seen. */
    private Consumer<StepProgress> untilSeen(BackupContext context, Consumer<StepProgress> onProgress) {
        CamundaBackupException task = new CamundaBackupException("Take backup " + context.backupId() + " of the "
                + component().displayName() + " now, with Camunda's standalone backup application: bin/backup-webapps "
                + context.backupId() + ".");
        long since = resources.time().nanoTime();
        context.outage(new Outage(task, Optional.empty()));
        AtomicBoolean seen = new AtomicBoolean();
        return progress -> {
            if (!seen.getAndSet(true)) {
                context.outage(new Outage(
                        task, Optional.of(Duration.ofNanos(resources.time().nanoTime() - since))));
            }
            onProgress.accept(progress);
        };
    }

    private ComponentBackupFailedException unseen(BackupContext context, List<String> output) {
        return new ComponentBackupFailedException(
                component(),
                context.backupId(),
                BackupState.INCOMPLETE,
                "the command ended with 0 " + SETTLING.toSeconds()
                        + " s ago, but the repository does not hold all snapshots of it. Does it write there?"
                        + Command.tail(output));
    }

    @Override
    public CompletableFuture<Void> giveUp() {
        givenUp.complete(null);
        CompletableFuture<List<String>> running = command;
        return running == null ? CompletableFuture.completedFuture(null) : running.handle((output, error) -> null);
    }

    @Override
    public String toString() {
        return component().displayName() + ", taken " + how;
    }
}
