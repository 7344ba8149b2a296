package io.github.camundabackup.restore.plan.rules;

import io.github.camundabackup.bucket.ObjectStore;
import io.github.camundabackup.component.ClusterEndpoints;
import io.github.camundabackup.consistency.ConsistencyChecker;
import io.github.camundabackup.consistency.ConsistencyReport;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.SnapshotStoreException;
import io.github.camundabackup.error.SnapshotStoreException.Reason;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.contents.ShardCheck;
import io.github.camundabackup.internal.presence.ClusterPresence;
import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.line.LineComponent;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.restore.plan.Obstacle;
import io.github.camundabackup.restore.plan.Obstacle.Code;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreRefusedException;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.EngineInfo;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.RestoreThrottles;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gathers the facts for a restore plan, and makes the plan. Only reads. */
public final class RestorePlanner {
    private static final int KNOWN_IDS = 5;

    private final @Nullable ClusterEndpoints endpoints;
    private final SnapshotStore store;
    private final RestoreSettings settings;
    private final CamundaLines lines;
    private final Optional<ObjectStore> bucket;
    private final ClientResources resources;

    public RestorePlanner(
            @Nullable ClusterEndpoints endpoints,
            SnapshotStore store,
            RestoreSettings settings,
            Optional<ObjectStore> bucket,
            ClientResources resources) {
        this.endpoints = endpoints;
        this.store = store;
        this.settings = settings;
        lines = settings.lines();
        this.bucket = bucket;
        this.resources = resources;
    }

    public CompletableFuture<RestorePlan> plan(BackupId backupId) {
        return BackupSnapshot.of(backupId, store, settings)
                .thenCompose(snapshots -> snapshots.isEmpty()
                        ? unknown(backupId)
                        : facts(backupId, snapshots).thenCompose(this::plan));
    }

    /** What the control is asked is in the plan, and what it lacks, too. */
    private CompletableFuture<RestorePlan> plan(PlanFacts facts) {
        RestorePlan plan = new PlanRules(facts, settings, List.of()).plan();
        return PlanCheck.lacking(plan, settings, resources)
                .thenApply(lacking -> lacking.isEmpty() ? plan : new PlanRules(facts, settings, lacking).plan());
    }

    /** What runs of that which must be stopped; nothing is known to if there are no endpoints. */
    CompletableFuture<List<String>> running() {
        return endpoints == null
                ? CompletableFuture.completedFuture(List.of())
                : ClusterPresence.ask(
                                endpoints, toStop(List.copyOf(endpoints.all().keySet()), settings), resources)
                        .thenApply(ClusterPresence::running);
    }

    /** Those of the components that are configured that must be stopped. */
    static List<Component> toStop(List<Component> configured, RestoreSettings settings) {
        return settings.recoveryMode()
                ? configured.stream()
                        .filter(component -> !component.equals(Component.ZEEBE)
                                && !settings.lines()
                                        .component(component)
                                        .filter(LineComponent::isInZeebesProcess)
                                        .isPresent())
                        .toList()
                : configured;
    }

    private CompletableFuture<RecoveryOutlook> recovery(BackupId backupId) {
        return settings.recoveryMode()
                ? RecoveryOutlook.ask(endpoints, backupId, resources)
                : CompletableFuture.completedFuture(RecoveryOutlook.NONE);
    }

    private CompletableFuture<PlanFacts> facts(BackupId backupId, List<BackupSnapshot> snapshots) {
        Set<String> wanted = IndexRules.wanted(snapshots, settings.names()).keySet();
        Set<String> patterns = IndexRules.ownership(snapshots, settings, lines).patterns();
        List<String> unseen = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<List<IndexInfo>> indices = store.listIndices(patterns);
        CompletableFuture<Optional<Map<String, Map<String, String>>>> set =
                unlessForbidden(store.indexSettings(patterns).thenApply(Optional::of), unseen);
        CompletableFuture<List<String>> policies = set.thenCompose(known ->
                Futures.recover(store.missingPolicies(IndexPolicies.named(known.orElse(Map.of()))), error -> {
                    // No policy is worth a restore that cannot be planned.
                    if (error instanceof CamundaBackupException failure) {
                        unseen.add("Not checked: " + failure.getMessage());
                        return CompletableFuture.completedFuture(List.of());
                    }
                    return CompletableFuture.failedFuture(error);
                }));
        CompletableFuture<Optional<EngineInfo>> engine =
                unlessForbidden(store.engine().thenApply(Optional::of), unseen);
        CompletableFuture<List<String>> throttles = throttles(unseen);
        return ShardCheck.of(
                        snapshots.stream()
                                .filter(BackupSnapshot::isUsable)
                                .map(snapshot -> snapshot.name().toString())
                                .toList(),
                        store)
                .thenCompose(shards -> indices.thenCompose(there -> store.restoredIndices(there.stream()
                                .map(IndexInfo::name)
                                .filter(wanted::contains)
                                .toList())
                        .thenCompose(restored -> set.thenCompose(indexSettings -> policies.thenCompose(missing ->
                                engine.thenCompose(version -> unlessForbidden(store.restoreTarget(), unseen)
                                        .thenCompose(target -> throttles.thenCompose(limits -> running()
                                                .thenCompose(running -> recovery(backupId)
                                                        .thenCompose(recovery -> consistency(
                                                                        backupId, running, recovery)
                                                                .thenApply(consistency -> new PlanFacts(
                                                                        backupId,
                                                                        lines,
                                                                        store.description(),
                                                                        snapshots,
                                                                        shards,
                                                                        there,
                                                                        restored,
                                                                        indexSettings.orElse(Map.of()),
                                                                        missing,
                                                                        version,
                                                                        target,
                                                                        limits,
                                                                        endpoints == null
                                                                                ? List.<Component>of()
                                                                                : List.copyOf(endpoints
                                                                                        .all()
                                                                                        .keySet()),
                                                                        running,
                                                                        List.copyOf(unseen),
                                                                        consistency,
                                                                        recovery,
                                                                        tenant(snapshots)))))))))))));
    }

    /** Nothing is raised that the plan does not name; no limit is worth a restore that cannot be planned. */
    private CompletableFuture<List<String>> throttles(List<String> unseen) {
        if (!settings.throttlesRaised()) {
            return CompletableFuture.completedFuture(List.of());
        }
        Optional<RestoreThrottles> throttles = store.restoreThrottles();
        if (throttles.isEmpty()) {
            unseen.add("No limit is raised for the time of the restore, as the snapshot store cannot.");
            return CompletableFuture.completedFuture(List.of());
        }
        CompletableFuture<List<String>> raised = throttles.get().limits().thenApply(limits -> {
            unseen.addAll(limits.left());
            return limits.raised();
        });
        return Futures.recover(raised, error -> {
            if (error instanceof CamundaBackupException failure) {
                unseen.add("No limit is raised for the time of the restore. " + failure.getMessage());
                return CompletableFuture.completedFuture(List.of());
            }
            return CompletableFuture.failedFuture(error);
        });
    }

    /** That of the endpoints, or what the backup says itself; rules compare the two. */
    private PhysicalTenant tenant(List<BackupSnapshot> snapshots) {
        return endpoints != null
                ? endpoints.physicalTenant()
                : snapshots.stream()
                        .flatMap(snapshot -> snapshot.tenant().stream())
                        .findFirst()
                        .orElse(PhysicalTenant.DEFAULT);
    }

    /**
     * A restore does not need the privilege to see the engine and its index templates; the plan says what was not
     * checked.
     */
    private static <T> CompletableFuture<Optional<T>> unlessForbidden(
            CompletableFuture<Optional<T>> answer, List<String> unseen) {
        return Futures.recover(answer, error -> {
            if (error instanceof SnapshotStoreException refused && refused.reason() == Reason.FORBIDDEN) {
                unseen.add("Not checked: " + refused.getMessage());
                return CompletableFuture.completedFuture(Optional.empty());
            }
            return CompletableFuture.failedFuture(error);
        });
    }

    /** Components that are stopped cannot be asked, nor a cluster in recovery mode, and are no source that failed. */
    private CompletableFuture<ConsistencyReport> consistency(
            BackupId backupId, List<String> running, RecoveryOutlook recovery) {
        boolean answers = settings.recoveryMode()
                ? recovery.plan().filter(plan -> !plan.entered()).isPresent()
                        && endpoints != null
                        && running.size()
                                == toStop(List.copyOf(endpoints.all().keySet()), settings)
                                        .size()
                : !running.isEmpty();
        ConsistencyChecker checker = endpoints == null || !answers
                ? ConsistencyChecker.of(store, resources)
                : ConsistencyChecker.of(endpoints, store, resources);
        return bucket.map(checker::zeebeBackups).orElse(checker).lines(lines).check(backupId);
    }

    private CompletableFuture<RestorePlan> unknown(BackupId backupId) {
        TreeSet<BackupId> known = new TreeSet<>();
        return store.listNames(
                        List.of("camunda_*"),
                        snapshot -> SnapshotName.parse(snapshot).ifPresent(name -> {
                            synchronized (known) {
                                known.add(name.backupId());
                                if (known.size() > KNOWN_IDS) {
                                    known.pollFirst();
                                }
                            }
                        }))
                .thenCompose(listed -> CompletableFuture.failedFuture(new RestoreRefusedException(
                        backupId,
                        List.of(Obstacle.of(
                                Code.UNKNOWN_BACKUP,
                                "There is no snapshot of it in " + store.description() + ". "
                                        + (known.isEmpty()
                                                ? "There is no backup at all: check that this is the repository that"
                                                        + " the cluster's components are configured with."
                                                : "The newest there: "
                                                        + known.descendingSet().stream()
                                                                .map(BackupId::toString)
                                                                .collect(Collectors.joining(", "))
                                                        + "."))))));
    }
}
