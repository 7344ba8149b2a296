package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.model.Component;
import io.github.camundabackup.test.internal.camunda.ZeebeBackup.Checkpoint;
import io.github.camundabackup.test.internal.searchengine.SimulatedClock;
import io.github.camundabackup.test.simulation.model.BackupFate;
import io.github.camundabackup.test.simulation.model.ObjectStoreState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/**
 * Zeebe's backups in its object store, and the latest checkpoint id, which never goes back. Guarded by the cluster's
 * lock.
 */
public final class ZeebeBackups {
    private final ClusterSettings settings;
    private final SimulatedClock clock;
    private final Exporting exporting;
    private final ExportedLog log;
    private final InvariantMonitor watch;
    private final LongPredicate recordsComplete;
    private final TreeMap<Long, ZeebeBackup> backups = new TreeMap<>();
    private final Optional<BucketWriter> bucket;
    private final Object lock;
    private long latestId;
    private ObjectStoreState store = ObjectStoreState.UP;
    private BackupFate fate = BackupFate.SUCCEEDS;
    private OptionalInt failingPartition = OptionalInt.empty();
    private OptionalInt forgottenPartition = OptionalInt.empty();

    /**
     * @param recordsComplete whether the snapshot of the records of a backup is complete now, or none is needed
     * @param lock the cluster's
     */
    public ZeebeBackups(
            ClusterSettings settings,
            SimulatedClock clock,
            Exporting exporting,
            ExportedLog log,
            InvariantMonitor watch,
            LongPredicate recordsComplete,
            Object lock) {
        this.settings = settings;
        this.clock = clock;
        this.exporting = exporting;
        this.log = log;
        this.watch = watch;
        this.recordsComplete = recordsComplete;
        this.lock = lock;
        bucket = settings.bucket().map(target -> new BucketWriter(target, settings, clock));
    }

    ClusterSettings settings() {
        return settings;
    }

    SimulatedClock clock() {
        return clock;
    }

    public void setFate(BackupFate fate) {
        this.fate = fate;
        failingPartition = OptionalInt.empty();
        forgottenPartition = OptionalInt.empty();
    }

    /** One partition fails in all backups from now on. */
    public void forgetPartition(int partition) {
        forgottenPartition = OptionalInt.of(partition);
    }

    public void failPartition(int partition) {
        failingPartition = OptionalInt.of(partition);
    }

    public void setStore(ObjectStoreState state) {
        store = state;
    }

    /** The brokers stop and start: what is in progress is cancelled, and a pause of exporting stays. */
    public void restart() {
        long now = clock.now();
        backups.values().forEach(backup -> backup.cancel(now));
        backups.values().forEach(this::store);
        exporting.restart(now + settings.quirk(settings.settling()).toNanos());
    }

    ObjectStoreState store() {
        return store;
    }

    long latestId() {
        return latestId;
    }

    /**
     * The latest checkpoint is part of what the brokers store: it is what it was in the backup that they are restored
     * from.
     */
    void latestId(long id) {
        latestId = id;
    }

    /** An id that Zeebe makes itself: the time in milliseconds. */
    long generateId() {
        return Math.max(latestId + 1, clock.instant().toEpochMilli());
    }

    void requested(long id) {
        watch.backupRequested(Component.ZEEBE, id);
    }

    void take(long id) {
        watch.checkpoint(id, recordsComplete.test(id));
        latestId = id;
        if (store != ObjectStoreState.UP) {
            return;
        }
        List<Checkpoint> checkpoints = new ArrayList<>();
        for (int partition = 1; partition <= settings.partitions(); partition++) {
            long exported = exporting.exportedPosition(partition);
            // A checkpoint is a record of the log: what comes after it has a later position.
            checkpoints.add(new Checkpoint(exporting.process(partition), exported, log.backUp(partition, exported)));
        }
        Duration settling = settings.quirk(settings.settling());
        ZeebeBackup backup = new ZeebeBackup(
                id, clock.now(), settling, settings.duration(Component.ZEEBE), settings.longPause(), fate, checkpoints);
        failingPartition.ifPresent(backup::fail);
        forgottenPartition.ifPresent(backup::forget);
        backups.put(id, backup);
        backup.partitions()
                .forEach(partition ->
                        Stream.of(partition.begin(), partition.end()).forEach(moment -> storeAt(moment, id)));
    }

    private void storeAt(long moment, long id) {
        if (bucket.isPresent()) {
            clock.until(moment).thenRun(() -> {
                synchronized (lock) {
                    Optional.ofNullable(backups.get(id)).ifPresent(this::store);
                }
            });
        }
    }

    private void store(ZeebeBackup backup) {
        bucket.ifPresent(target -> target.write(backup));
    }

    /** Empty also for a backup of which no partition knows yet. */
    Optional<ZeebeBackup> find(long id) {
        Optional<ZeebeBackup> found = Optional.ofNullable(backups.get(id));
        // Whoever hears that it is complete finds it in the bucket.
        found.ifPresent(this::store);
        return found.filter(backup -> !backup.state(clock.now()).equals("DOES_NOT_EXIST"));
    }

    List<ZeebeBackup> all() {
        return backups.values().stream()
                .filter(backup -> !backup.state(clock.now()).equals("DOES_NOT_EXIST"))
                .toList();
    }

    /** A backup in progress completes all the same. */
    void delete(long id) {
        watch.deleted("backup " + id + " of Zeebe");
        ZeebeBackup backup = backups.get(id);
        boolean runs = backup != null
                && backup.partitions().stream()
                        .anyMatch(p -> p.state(clock.now()).equals("IN_PROGRESS"));
        if (!runs || !settings.hasQuirks()) {
            backups.remove(id);
            bucket.ifPresent(target -> target.delete(id));
        }
    }

    /** Puts one partition of an older backup in the place of another's, as a mistake in the object store does. */
    public void replacePartition(long id, int partition, long older) {
        ZeebeBackup target = backups.get(id);
        ZeebeBackup source = backups.get(older);
        if (target == null || source == null) {
            throw new IllegalArgumentException("Zeebe has no backups " + id + " and " + older + ".");
        }
        target.replace(partition, source);
        store(target);
    }

    void forgetRanges() {
        watch.deleted("Zeebe's ranges of checkpoints");
    }
}
