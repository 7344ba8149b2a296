package io.github.camundabackup.restore.plan;

import io.github.camundabackup.consistency.ConsistencyReport;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.restore.control.StartOrder;
import io.github.camundabackup.restore.control.ZeebeRestore;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The plan of a restore, as data: nothing that is not in it is deleted or restored. Making one touches nothing. As text
 * with {@link #toString()}, as JSON with {@link #toJson()}. Immutable.
 */
public final class RestorePlan {
    private final BackupId backupId;
    private final String snapshotStore;
    private final ConsistencyReport consistency;
    private final Map<Component, Set<String>> versions;
    private final List<Component> components;
    private final List<String> deletions;
    private final Map<String, String> restored;
    private final List<SnapshotRestore> snapshots;
    private final ZeebeRestore zeebe;
    private final StartOrder startOrder;
    private final List<Obstacle> obstacles;
    private final List<String> warnings;
    private final IndexNames names;
    private final List<String> throttles;
    private final Optional<RecoveryPlan> recovery;

    public RestorePlan(
            BackupId backupId,
            String snapshotStore,
            ConsistencyReport consistency,
            Map<Component, Set<String>> versions,
            List<Component> components,
            List<String> deletions,
            Map<String, String> restored,
            List<SnapshotRestore> snapshots,
            ZeebeRestore zeebe,
            StartOrder startOrder,
            List<Obstacle> obstacles,
            List<String> warnings,
            IndexNames names,
            List<String> throttles,
            Optional<RecoveryPlan> recovery) {
        this.backupId = Objects.requireNonNull(backupId, "backupId");
        this.snapshotStore = Objects.requireNonNull(snapshotStore, "snapshotStore");
        this.consistency = Objects.requireNonNull(consistency, "consistency");
        this.versions = new TreeMap<>(versions);
        this.components = List.copyOf(components);
        this.deletions = List.copyOf(deletions);
        this.restored = Map.copyOf(restored);
        this.snapshots = List.copyOf(snapshots);
        this.zeebe = Objects.requireNonNull(zeebe, "zeebe");
        this.startOrder = Objects.requireNonNull(startOrder, "startOrder");
        this.obstacles = List.copyOf(obstacles);
        this.warnings = List.copyOf(warnings);
        this.names = Objects.requireNonNull(names, "names");
        this.throttles = List.copyOf(throttles);
        this.recovery = Objects.requireNonNull(recovery, "recovery");
    }

    public BackupId backupId() {
        return backupId;
    }

    /** The snapshot store: engine, repository and URI. */
    public String snapshotStore() {
        return snapshotStore;
    }

    /** What the consistency check said when the plan was made. */
    public ConsistencyReport consistency() {
        return consistency;
    }

    /**
     * The versions of a component in the backup: exactly these must be run, as only they read their own data. Normally
     * one; none if it is not known.
     */
    public Set<String> versions(Component component) {
        return new TreeSet<>(versions.getOrDefault(component, Set.of()));
    }

    /** The components whose versions are known. */
    public Set<Component> versionedComponents() {
        return Collections.unmodifiableSet(versions.keySet());
    }

    /** All versions in the backup. Normally one. */
    public Set<String> versions() {
        return versions.values().stream().flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The components that must be stopped before, and started afterwards; none where indices are restored under scratch
     * names. In recovery mode, those that are no part of the orchestration cluster.
     */
    public List<Component> components() {
        return components;
    }

    /** The indices that will be deleted, by their complete names. */
    public List<String> deletions() {
        return deletions;
    }

    /** Indices that an interrupted restore has restored already, with their snapshots: they are kept as they are. */
    public Map<String, String> restored() {
        return restored;
    }

    /** The snapshots in the order in which their restores begin; the engine restores them at the same time. */
    public List<SnapshotRestore> snapshots() {
        return snapshots;
    }

    /**
     * All indices that there will be, by the names under which they are restored, and the snapshot that each comes
     * from.
     */
    public Map<String, String> indices() {
        return snapshots.stream()
                .flatMap(snapshot -> snapshot.indices().stream()
                        .map(index -> Map.entry(names.of(index), snapshot.name().toString())))
                .collect(
                        Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue, (first, second) -> first));
    }

    /**
     * What the names begin with under which indices are restored beside what there is; empty if under their own names.
     */
    public Optional<String> scratchPrefix() {
        return Optional.of(names.prefix()).filter(prefix -> names.areScratch());
    }

    /** Under which names indices are restored. */
    public IndexNames names() {
        return names;
    }

    /**
     * The limits of the engine that are raised for the time of the restore, each with what it was when the plan was made
     * and what it will be; none unless {@link RestoreSettings.Builder#raiseThrottles} asks for it.
     */
    public List<String> throttles() {
        return throttles;
    }

    /** What the cluster does in recovery mode; empty if it is stopped, or if nothing is. */
    public Optional<RecoveryPlan> recovery() {
        return recovery;
    }

    /**
     * What is to be done for Zeebe; nothing where indices are restored under scratch names, or in recovery mode, where
     * the cluster does it.
     */
    public ZeebeRestore zeebe() {
        return zeebe;
    }

    /** In which order the components are started at the end; nothing where indices are restored under scratch names. */
    public StartOrder startOrder() {
        return startOrder;
    }

    /** What forbids this restore, and was not accepted; none if it can be executed. */
    public List<Obstacle> obstacles() {
        return obstacles;
    }

    /** What an operator should know, obstacles that were accepted among it. */
    public List<String> warnings() {
        return warnings;
    }

    /** This plan as JSON with stable, documented names; see the guide. */
    public String toJson() {
        return RestorePlanJson.write(this);
    }

    /**
     * What an operator does to stop everything, restore Zeebe and start everything with Helm on Kubernetes: lines of
     * text.
     */
    public String kubernetesInstructions() {
        return RestoreInstructions.kubernetes(this);
    }

    /**
     * What an operator does to stop everything, restore Zeebe and start everything where the processes run by
     * themselves.
     */
    public String processInstructions() {
        return RestoreInstructions.processes(this);
    }

    /** What is left to do by hand once the engine is restored, in order. */
    public List<String> remainingInstructions() {
        return RestoreInstructions.afterEngine(this);
    }

    /** The plan in lines for people. */
    @Override
    public String toString() {
        return RestorePlanText.write(this);
    }
}
