package io.github.camundabackup.test.drill;

import io.github.camundabackup.consistency.ConsistencyReport;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The backup that a drill has restored, for a test's assertions: a parameter of its methods. Indices are named as they
 * are in the backup; their names now are in {@link #index}. Immutable.
 */
public final class RestoredBackup {
    private final SnapshotStore store;
    private final ConsistencyReport consistency;
    private final RestorePlan plan;
    private final RestoreReport restore;
    private final Optional<Instant> takenAt;
    private final Map<String, RestoreReport.Index> indices = new TreeMap<>();

    RestoredBackup(
            SnapshotStore store,
            ConsistencyReport consistency,
            RestorePlan plan,
            RestoreReport restore,
            Optional<Instant> takenAt) {
        this.store = store;
        this.consistency = consistency;
        this.plan = plan;
        this.restore = restore;
        this.takenAt = takenAt;
        int prefix = plan.scratchPrefix().map(String::length).orElse(0);
        restore.indices().forEach(index -> indices.put(index.name().substring(prefix), index));
    }

    public BackupId backupId() {
        return plan.backupId();
    }

    /** The store on the engine where the backup was restored. Must not be closed. */
    public SnapshotStore store() {
        return store;
    }

    /** What the consistency check said before the restore; with a cluster that is configured, of its components too. */
    public ConsistencyReport consistency() {
        return consistency;
    }

    /** What was going to be done. */
    public RestorePlan plan() {
        return plan;
    }

    /** What was done. */
    public RestoreReport restore() {
        return restore;
    }

    /** The names of all indices in the backup. */
    public List<String> indices() {
        return List.copyOf(indices.keySet());
    }

    /**
     * The name under which an index was restored.
     *
     * @param name in the backup
     * @throws IllegalArgumentException if the backup does not hold it
     */
    public String index(String name) {
        return find(name).name();
    }

    /**
     * How many documents a restored index holds.
     *
     * @param name in the backup
     * @throws IllegalArgumentException if the backup does not hold it
     */
    public long documents(String name) {
        return find(name).documents().orElseThrow();
    }

    /** How many documents there are in all restored indices. */
    public long documents() {
        return indices.values().stream()
                .map(RestoreReport.Index::documents)
                .mapToLong(OptionalLong::orElseThrow)
                .sum();
    }

    /**
     * How long the restore of the search engine took, from the last check of the plan until every document was counted.
     */
    public Duration recoveryTime() {
        return restore.duration();
    }

    /** When the oldest snapshot of the backup began, by the engine's clock; empty if the engine does not report it. */
    public Optional<Instant> takenAt() {
        return takenAt;
    }

    /**
     * How old the backup was when the drill began to restore it: had the cluster been lost then, this much would be
     * lost at most. Empty if {@link #takenAt()} is. Never negative, although the two clocks may differ.
     */
    public Optional<Duration> age() {
        return takenAt.map(taken ->
                taken.isAfter(restore.startedAt()) ? Duration.ZERO : Duration.between(taken, restore.startedAt()));
    }

    private RestoreReport.Index find(String name) {
        RestoreReport.Index index = indices.get(name);
        if (index == null) {
            throw new IllegalArgumentException(
                    "Backup " + backupId() + " holds no index " + name + ". It holds: " + indices.keySet() + ".");
        }
        return index;
    }

    @Override
    public String toString() {
        return restore.toString();
    }
}
