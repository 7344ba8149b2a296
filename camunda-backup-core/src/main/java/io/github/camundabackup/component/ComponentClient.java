package io.github.camundabackup.component;

import io.github.camundabackup.internal.concurrent.Proportion;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.runtime.Pace;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A client of the backup endpoint of one component. Thread-safe; usable alone. Failures come through the futures, as
 * subclasses of {@link io.github.camundabackup.error.CamundaBackupException}: {@code RequestRejectedException} (with
 * {@code BackupIdInUseException} and {@code AccessDeniedException}), {@code UnreachableException},
 * {@code RequestTimedOutException} and {@code UnexpectedAnswerException}.
 *
 * @param <B> the kind of backup that the component makes
 */
public sealed interface ComponentClient<B extends ComponentBackup>
        permits SnapshotBackupClient, ZeebeClient, RecordsClient {

    /** The component whose endpoint it calls. */
    Component component();

    /**
     * Asks the component to take a backup. Completes when the component has accepted it, which is long before it is
     * complete; see {@link #awaitCompletion}. The request is sent once. If its reply is lost, the component is asked
     * for the backup until it shows it (see {@link AcceptedBackup#adopted()}) or its grace period is over, which fails
     * with {@code OutcomeUnknownException}.
     *
     * @return fails with {@code BackupIdInUseException} if the id is taken (Operate and Tasklist say so with status
     *     400, all others with 409)
     */
    CompletableFuture<AcceptedBackup> take(BackupId backupId);

    /** Asks for one backup. */
    CompletableFuture<BackupLookup<B>> get(BackupId backupId);

    /**
     * All backups that the component knows. Fails, and is never empty, if the component cannot list them: Operate 8.6
     * on OpenSearch refuses (400) while one of its backups runs.
     */
    CompletableFuture<List<B>> list();

    /**
     * As {@link #list()}, handed over one after the other as they arrive, for when there may be many: Zeebe's list of
     * 2,600 backups of 64 partitions is longer than 16 MiB.
     *
     * @param consumer called by one thread at a time, never after the future has completed; must be quick. What it
     *     throws fails the future
     * @return completes when all have been handed over. If it fails, some may have been handed over before
     */
    CompletableFuture<Void> list(Consumer<? super B> consumer);

    /**
     * Deletes a backup. Deleting what is not there is a success. Components delete behind the scenes: the backup may be
     * shown for a while after this completes, and what goes wrong later is only in the component's log.
     */
    CompletableFuture<Void> delete(BackupId backupId);

    /**
     * Waits until a backup that was accepted is complete. Answers that are normal after an acceptance (not found,
     * refused, incomplete) are tolerated for as long as they are normal for this component.
     *
     * @param backupId a backup that was accepted a short while ago
     * @param timeout how long at most; greater than zero
     * @param onProgress gets every description on the way; must be quick, and must not throw
     * @return the completed backup; fails with {@code ComponentBackupFailedException} or {@code WaitTimedOutException}.
     *     Cancelling it ends the waiting, not the backup
     */
    default CompletableFuture<B> awaitCompletion(BackupId backupId, Duration timeout, Consumer<? super B> onProgress) {
        return awaitCompletion(backupId, timeout, onProgress, outage -> {});
    }

    /**
     * As the other one, and says when the component cannot be asked: that is waited for, until the timeout.
     *
     * @param onOutage gets every outage twice, when it begins and when it is over; must be quick, and must not throw
     */
    default CompletableFuture<B> awaitCompletion(
            BackupId backupId, Duration timeout, Consumer<? super B> onProgress, Consumer<? super Outage> onOutage) {
        return awaitCompletion(backupId, timeout, onProgress, onOutage, new Proportion());
    }

    /**
     * As the other ones, and asks as often as a run wants it.
     *
     * @param pace how often; {@link BackupContext#pace()} in a run
     */
    CompletableFuture<B> awaitCompletion(
            BackupId backupId,
            Duration timeout,
            Consumer<? super B> onProgress,
            Consumer<? super Outage> onOutage,
            Pace pace);
}
