package io.github.camundabackup.test.drill;

import io.github.camundabackup.consistency.ConsistencyChecker;
import io.github.camundabackup.consistency.ConsistencyReport;
import io.github.camundabackup.consistency.FindingCode;
import io.github.camundabackup.consistency.Severity;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.report.RestoreReport.State;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.RestoreFailedException;
import io.github.camundabackup.restore.RestoreHandle;
import io.github.camundabackup.restore.plan.Obstacle;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.drill.DrillPlace.Preparation;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** One drill: from the search for a backup to the removal of what was restored. Used by one thread. */
final class DrillRun {
    private final DrillSetup setup;
    private final DrillRecord record;
    private @Nullable DrillPlace place;
    private @Nullable RestoreReport begun;

    DrillRun(DrillSetup setup, DrillRecord record) {
        this.setup = setup;
        this.record = record;
    }

    /**
     * Restores the backup.
     *
     * @throws CamundaBackupException if that is not possible; what was restored until then is to be removed with
     *     {@link #cleanUp()}
     */
    RestoredBackup restore() {
        try {
            return restoreBackup();
        } catch (CompletionException e) {
            if (e.getCause() instanceof CamundaBackupException failed) {
                record.failed(failed);
                throw failed;
            }
            record.failed(e);
            throw e;
        } catch (RuntimeException e) {
            record.failed(e);
            throw e;
        }
    }

    private RestoredBackup restoreBackup() {
        ConsistencyReport consistency = consistency();
        BackupId backupId = consistency.backupId();
        record.found(consistency);
        DrillPlace chosen = setup.place(backupId, setup.resources().time().now());
        place = chosen;
        record.place(chosen);
        RestoreSettings settings = chosen.settings(setup.restoreSettings());
        requireRestorable(consistency, settings);
        RestoreClient engine = RestoreClient.create(chosen.store(), settings, setup.resources())
                .withoutLock();
        Preparation preparation = chosen.prepare(engine, backupId, setup.resources());
        record.prepared(preparation);
        RestorePlan plan = engine.plan(backupId).join();
        RestoreReport restore = restore(engine, plan, chosen.lock());
        Optional<Instant> takenAt = plan.snapshots().stream()
                .flatMap(snapshot ->
                        chosen.store().get(snapshot.name().toString()).join().flatMap(SnapshotInfo::startTime).stream())
                .min(Comparator.naturalOrder());
        RestoredBackup restored = new RestoredBackup(chosen.store(), consistency, plan, restore, takenAt);
        record.restored(restored);
        return restored;
    }

    private RestoreReport restore(RestoreClient engine, RestorePlan plan, DrillLock lock) {
        RestoreHandle handle = engine.execute(plan);
        lock.loss().thenAccept(lost -> handle.cancel());
        try {
            RestoreReport restore = handle.completion().join();
            begun = restore;
            return restore;
        } catch (CompletionException e) {
            if (e.getCause() instanceof RestoreFailedException failed) {
                begun = failed.report();
            }
            throw lock.loss().isDone() ? new CompletionException(lock.loss().join()) : e;
        }
    }

    private ConsistencyReport consistency() {
        ConsistencyChecker checker = setup.cluster()
                .map(cluster -> ConsistencyChecker.of(cluster, setup.store(), setup.resources()))
                .orElseGet(() -> ConsistencyChecker.of(setup.store(), setup.resources()));
        return setup.backupId()
                .map(backupId -> checker.check(backupId).join())
                .or(() -> checker.latestRestorable().join())
                .orElseThrow(() -> nothingRestorable(checker));
    }

    private CamundaBackupException nothingRestorable(ConsistencyChecker checker) {
        // Fails, with the reason, if the repository cannot be read: that is not an empty one.
        setup.store().list(List.of("camunda_*"), snapshot -> {}).join();
        List<ConsistencyReport> all = checker.checkAll().join();
        String store = setup.store().description();
        return new CamundaBackupException(
                all.isEmpty()
                        ? "There is no backup in " + store
                                + " to drill with. Check that this is the repository that the cluster's components are configured with,"
                                + " and take a backup."
                        : "None of the " + all.size() + " backups in " + store
                                + " can be restored, so there is nothing to drill with. The newest:\n" + all.get(0));
    }

    /** The plan asks the repository only; what the cluster knows must not get lost. */
    private static void requireRestorable(ConsistencyReport consistency, RestoreSettings settings) {
        boolean acceptable = consistency.findings().stream()
                .filter(finding -> finding.severity() != Severity.NOTE && finding.code() != FindingCode.NOT_ASKED)
                .allMatch(finding -> settings.accepts(
                        new Obstacle(Obstacle.Code.NOT_CONSISTENT, Optional.of(finding.code()), finding.evidence())));
        if (!consistency.isRestorable() && !acceptable) {
            throw new CamundaBackupException("Backup " + consistency.backupId()
                    + " is not fit to be restored, so the drill was not begun:\n" + consistency);
        }
    }

    /**
     * Removes what was restored, and makes sure that it is gone.
     *
     * @throws CamundaBackupException if it is not, with the names of what is left
     */
    void cleanUp() {
        if (place == null) {
            return;
        }
        try {
            if (begun != null) {
                remove(made(begun), place);
            }
        } finally {
            place.lock().release().ifPresent(record::warn);
        }
    }

    private static List<String> made(RestoreReport restore) {
        return restore.indices().stream()
                .filter(index -> index.state() != State.NOT_RESTORED && index.state() != State.KEPT)
                .map(RestoreReport.Index::name)
                .toList();
    }

    private void remove(List<String> made, DrillPlace where) {
        if (made.isEmpty()) {
            return;
        }
        record.remaining(made);
        SnapshotStore store = where.store();
        try {
            where.lock().confirm();
        } catch (CompletionException e) {
            throw new CamundaBackupException(
                    "What the drill has restored was not removed, as it may be another drill's by now: " + made + "; "
                            + e.getCause(),
                    e);
        }
        try {
            store.deleteIndices(made).join();
            List<String> left =
                    store.listIndices(made).join().stream().map(IndexInfo::name).toList();
            record.remaining(left);
            if (!left.isEmpty()) {
                throw notRemoved(left, "the engine said that it deleted them.", null);
            }
        } catch (CompletionException e) {
            throw notRemoved(made, String.valueOf(e.getCause()), e);
        }
    }

    private static CamundaBackupException notRemoved(List<String> indices, String why, @Nullable Throwable cause) {
        return new CamundaBackupException(
                "These indices of the drill are still there: " + indices + "; " + why
                        + " Delete them, or let a later drill do it.",
                cause);
    }
}
