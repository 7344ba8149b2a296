package io.github.camundabackup.restore.plan.rules;

import io.github.camundabackup.bucket.BucketBackup;
import io.github.camundabackup.bucket.ObjectStore;
import io.github.camundabackup.bucket.ZeebeBackups;
import io.github.camundabackup.error.SnapshotStoreException;
import io.github.camundabackup.error.SnapshotStoreException.Reason;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.guard.GuardedControl;
import io.github.camundabackup.restore.plan.Obstacle;
import io.github.camundabackup.restore.plan.Obstacle.Code;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreRefusedException;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.restore.plan.SnapshotRestore;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Checks, right before a plan is executed, that it is still true: what was planned an hour ago may delete what was made
 * since.
 */
public final class PlanCheck {
    private PlanCheck() {}

    /**
     * The plan's snapshots as they are now; fails if it is forbidden, or if any of them has changed.
     *
     * @param lacking what the control lacks
     */
    public static CompletableFuture<List<BackupSnapshot>> snapshots(
            RestorePlan plan, RestoreSettings settings, SnapshotStore store, List<String> lacking) {
        List<Obstacle> obstacles = plan.obstacles().stream()
                .filter(obstacle ->
                        obstacle.code() != Code.COMPONENTS_RUN && obstacle.code() != Code.CONTROL_INCOMPLETE)
                .collect(Collectors.toCollection(ArrayList::new));
        obstacles.addAll(incomplete(lacking));
        if (!plan.snapshotStore().equals(store.description())) {
            obstacles.add(
                    outdated("It was made for " + plan.snapshotStore() + ", not for " + store.description() + "."));
        }
        if (!plan.scratchPrefix().equals(settings.scratchPrefix())) {
            obstacles.add(outdated("It was made for " + named(plan.scratchPrefix()) + ", not for "
                    + named(settings.scratchPrefix()) + "."));
        }
        if (plan.recovery().isPresent() != settings.recoveryMode()) {
            obstacles.add(outdated(
                    "It was made for a cluster that " + (plan.recovery().isPresent() ? "keeps running" : "is stopped")
                            + ", and the settings say otherwise."));
        }
        List<String> kept = plan.deletions().stream().filter(settings::keeps).toList();
        if (!kept.isEmpty()) {
            obstacles.add(outdated("It deletes " + kept + ", and the settings say now to keep that."));
        }
        if (!obstacles.isEmpty()) {
            return CompletableFuture.failedFuture(new RestoreRefusedException(plan.backupId(), obstacles));
        }
        return BackupSnapshot.of(plan.backupId(), store, settings).thenApply(snapshots -> {
            List<SnapshotRestore> now =
                    snapshots.stream().map(BackupSnapshot::restore).toList();
            if (!now.equals(plan.snapshots()) || !snapshots.stream().allMatch(BackupSnapshot::isUsable)) {
                throw new RestoreRefusedException(
                        plan.backupId(),
                        List.of(outdated(
                                "The snapshots are no longer those that it was made from, or others of their indices"
                                        + " are left out: "
                                        + now + " instead of " + plan.snapshots() + ".")));
            }
            return snapshots;
        });
    }

    /** Fails if Zeebe's part cannot be restored any more from what the plan has seen of it in the object store. */
    public static CompletableFuture<Void> stored(
            RestorePlan plan, Optional<ObjectStore> bucket, ClientResources resources) {
        Optional<BucketBackup> planned = plan.consistency().stored();
        if (planned.isEmpty() || bucket.isEmpty() || plan.scratchPrefix().isPresent()) {
            return CompletableFuture.completedFuture(null);
        }
        return ZeebeBackups.of(bucket.get(), resources).find(plan.backupId()).thenAccept(now -> {
            if (!now.equals(planned)) {
                throw new RestoreRefusedException(
                        plan.backupId(),
                        List.of(outdated("Zeebe's part in the " + bucket.get().description()
                                + " is no longer what it was made from.")));
            }
        });
    }

    /** What the control lacks for a plan; nothing if it is not going to be asked for anything. */
    public static CompletableFuture<List<String>> lacking(
            RestorePlan plan, RestoreSettings settings, ClientResources resources) {
        return settings.control()
                .filter(control -> !settings.names().areScratch())
                .filter(control ->
                        plan.recovery().isEmpty() || !plan.components().isEmpty())
                .map(control -> GuardedControl.of(control, resources).problems(plan.components(), plan.zeebe()))
                .orElseGet(() -> CompletableFuture.completedFuture(List.of()));
    }

    static List<Obstacle> incomplete(List<String> lacking) {
        return lacking.stream()
                .map(problem -> Obstacle.of(Code.CONTROL_INCOMPLETE, problem))
                .toList();
    }

    /** What of the plan is left to do; fails if there is an index of which the plan says nothing. */
    public static CompletableFuture<Todo> indices(
            RestorePlan plan, List<BackupSnapshot> snapshots, RestoreSettings settings, SnapshotStore store) {
        Map<String, String> wanted = plan.indices();
        IndexOwnership ownership = IndexRules.ownership(snapshots, settings, settings.lines());
        return store.listIndices(ownership.patterns()).thenCompose(infos -> {
            Set<String> there = infos.stream()
                    .map(IndexInfo::name)
                    .filter(index -> !ownership.isLeftAlone(index))
                    .collect(Collectors.toSet());
            return store.restoredIndices(
                            there.stream().filter(wanted::containsKey).toList())
                    .thenApply(origins -> {
                        Set<String> kept = there.stream()
                                .filter(index -> wanted.containsKey(index)
                                        && wanted.get(index).equals(origins.get(index)))
                                .collect(Collectors.toSet());
                        requirePlanned(plan, there, kept, settings);
                        return new Todo(
                                kept,
                                plan.deletions().stream()
                                        .filter(index -> there.contains(index) && !kept.contains(index))
                                        .toList());
                    });
        });
    }

    /**
     * Whether every node of the engine reaches the repository: for a restore, an account need not be allowed to ask for
     * that, and the repository need not be writable, without which it cannot be asked.
     *
     * @return a warning if that is so; fails with what is wrong with the repository
     */
    public static CompletableFuture<Optional<String>> repository(SnapshotStore store) {
        return Futures.recover(
                store.verifyRepository().thenApply(verified -> Optional.<String>empty()),
                error -> error instanceof SnapshotStoreException refused
                                && (refused.reason() == Reason.FORBIDDEN
                                        || refused.reason() == Reason.REPOSITORY_READ_ONLY)
                        ? CompletableFuture.completedFuture(
                                Optional.of("It was not verified that every node reaches the repository "
                                        + store.repository() + ", as "
                                        + (refused.reason() == Reason.FORBIDDEN
                                                ? "the account may not ask for that. " + refused.getMessage()
                                                : "that is not possible where it is read-only.")))
                        : CompletableFuture.failedFuture(error));
    }

    private static void requirePlanned(
            RestorePlan plan, Set<String> there, Set<String> kept, RestoreSettings settings) {
        List<String> unplanned = there.stream()
                .filter(index -> !kept.contains(index)
                        && !settings.keeps(index)
                        && !plan.deletions().contains(index))
                .sorted()
                .toList();
        if (!unplanned.isEmpty()) {
            throw new RestoreRefusedException(
                    plan.backupId(),
                    List.of(outdated("There are indices of which it says nothing: " + unplanned
                            + ". They were made since, by components that still ran or by a restore"
                            + " that was interrupted.")));
        }
    }

    private static String named(Optional<String> scratchPrefix) {
        return scratchPrefix
                .map(prefix -> "scratch names that begin with " + prefix)
                .orElse("the indices' own names");
    }

    private static Obstacle outdated(String why) {
        return Obstacle.of(Code.PLAN_OUTDATED, "The plan is no longer true. " + why + " Make a new one.");
    }

    /**
     * What is left to do.
     *
     * @param kept indices that are restored already
     * @param deletions indices to be deleted
     */
    public record Todo(Set<String> kept, List<String> deletions) {}
}
