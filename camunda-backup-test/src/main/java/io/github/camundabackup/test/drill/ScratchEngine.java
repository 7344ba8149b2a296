package io.github.camundabackup.test.drill;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.plan.Obstacle;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.restore.plan.SnapshotRestore;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.internal.settings.Settings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Restores on another engine, which has the same repository, under the indices' own names. */
final class ScratchEngine implements DrillPlace {
    private final SnapshotStore live;
    private final SnapshotStore scratch;
    private final boolean clear;
    private final DrillLock lock = new DrillLock();

    /**
     * @param live the store on the engine in use
     * @param clear whether indices that are in the way are deleted
     */
    ScratchEngine(SnapshotStore live, SnapshotStore scratch, boolean clear) {
        this.live = live;
        this.scratch = scratch;
        this.clear = clear;
    }

    @Override
    public String description() {
        return "on the scratch engine of " + scratch.description();
    }

    @Override
    public SnapshotStore store() {
        return scratch;
    }

    /** A scratch engine is small, and no application has started there. */
    @Override
    public RestoreSettings settings(RestoreSettings.Builder settings) {
        return settings.accept(Obstacle.Code.TOO_FEW_DATA_NODES)
                .accept(Obstacle.Code.TEMPLATES_MISSING)
                .build();
    }

    @Override
    public DrillLock lock() {
        return lock;
    }

    @Override
    public Preparation prepare(RestoreClient engine, BackupId backupId, ClientResources resources) {
        requireAnotherEngine();
        RestorePlan plan = engine.plan(backupId).join();
        plan.snapshots().forEach(this::requireSame);
        if (!plan.obstacles().isEmpty()) {
            // The restore is going to be refused with them.
            return new Preparation(List.of(), List.of());
        }
        List<String> warnings = lock.take(scratch, backupId, resources.time());
        List<String> inTheWay = inTheWay(engine.plan(backupId).join());
        if (!inTheWay.isEmpty()) {
            scratch.deleteIndices(inTheWay).join();
        }
        return new Preparation(inTheWay, warnings);
    }

    /** What an interrupted drill has restored goes too: otherwise this one would not measure a whole restore. */
    private List<String> inTheWay(RestorePlan plan) {
        List<String> inTheWay = Stream.concat(plan.deletions().stream(), plan.restored().keySet().stream())
                .sorted()
                .toList();
        if (!inTheWay.isEmpty() && !clear) {
            throw new CamundaBackupException("The drill was refused, and nothing was deleted: on the scratch engine of "
                    + scratch.description() + " are indices that a restore would delete: " + inTheWay
                    + ". If it is there for nothing but drills, allow it with clearScratchEngine() or "
                    + Settings.variable("DRILL_CLEAR")
                    + "=true; then they are deleted as what an earlier drill has left.");
        }
        return inTheWay;
    }

    private void requireAnotherEngine() {
        Optional<String> liveId = live.engineId().join();
        Optional<String> scratchId = scratch.engineId().join();
        if (liveId.isEmpty() || scratchId.isEmpty()) {
            throw new CamundaBackupException(
                    "The drill was refused, and nothing was changed: it is not known whether "
                            + scratch.description() + " is another engine than " + live.description()
                            + ", as their stores do not implement engineId(). Drill under scratch names instead: leave out the scratch engine.");
        }
        if (liveId.equals(scratchId)) {
            throw new CamundaBackupException("The drill was refused, and nothing was changed: the scratch engine of "
                    + scratch.description() + " is the engine in use, that of " + live.description()
                    + " (cluster UUID " + liveId.get()
                    + "). Give another engine, or leave out the scratch engine to drill under scratch names.");
        }
    }

    /** The same id in another repository is another backup. */
    private void requireSame(SnapshotRestore snapshot) {
        String name = snapshot.name().toString();
        Optional<String> original = live.get(name).join().map(SnapshotInfo::uuid);
        if (!original.equals(Optional.of(snapshot.uuid()))) {
            throw new CamundaBackupException(
                    "The drill was refused, and nothing was changed: the snapshot " + name + " of "
                            + scratch.description() + " is not the one of " + live.description()
                            + ". Register the same repository on the scratch engine, read-only.");
        }
    }
}
