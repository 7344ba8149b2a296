package io.github.camundabackup.component;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.StepProgress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A participant in backups: the interface by which Optimize, Operate, Tasklist, the web applications, the exported
 * records, Zeebe, and what a user adds are all treated alike. The plan, the run, recovery and the check loop over
 * participants.
 *
 * <p><strong>Rules for implementations.</strong> Thread-safe. No method blocks. What goes wrong comes through the
 * future, best as a {@link io.github.camundabackup.error.CamundaBackupException} that says what was attempted, what
 * came back and what to do next. Whatever else is thrown, null, and no answer within {@link #ANSWER_TIMEOUT} count as
 * such failures too, so that exporting never stays paused because of a participant. A part is known by the backup's id and nothing else: after a crash another process
 * asks for it. Register it with {@code CamundaBackupClient.Builder.participant}; it is then taken together with the
 * applications.
 */
public interface Participant {
    /** How long a participant may take to answer; {@link #follow} has a timeout of its own. */
    Duration ANSWER_TIMEOUT = Duration.ofMinutes(2);

    /** The component whose part it is. Never changes. */
    Component component();

    /** What is done, as a line of the plan. Default: the component's name. */
    default String planText() {
        return component().displayName();
    }

    /**
     * Checks whether anything forbids a backup. Changes nothing.
     *
     * @param examination gets the problems, the warnings and the ids that are used already
     * @return completes when that is done; what it fails with is a problem, too
     */
    CompletableFuture<Void> examine(Examination examination);

    /**
     * Asks for the part. Called once in a run; the run writes into its journal before that it is going to be.
     *
     * @return completes when it is accepted, long before it is complete. If a reply may be lost, find out whether the
     *     part was begun; never ask twice
     */
    CompletableFuture<AcceptedBackup> start(BackupContext context);

    /**
     * Waits until a part that was started, by this process or by one that is dead, is complete.
     *
     * @param timeout how long at most; greater than zero
     * @param onProgress gets how far it is; must be quick, and must not throw
     * @return the complete part; fails with {@code ComponentBackupFailedException} or {@code WaitTimedOutException}.
     *     Cancelling it ends the waiting, not the backup
     */
    CompletableFuture<ComponentBackup> follow(
            BackupContext context, Duration timeout, Consumer<StepProgress> onProgress);

    /** Asks for the part of one backup: after an interruption, and when a backup is checked. */
    CompletableFuture<BackupLookup<ComponentBackup>> get(BackupId backupId);

    /** All parts that there are. Fails, and is never empty, if that cannot be found out. */
    CompletableFuture<List<ComponentBackup>> list();

    /** Deletes a part. Deleting what is not there is a success. */
    CompletableFuture<Void> delete(BackupId backupId);
}
