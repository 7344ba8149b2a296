package io.github.camundabackup.restore;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.RemoteCallException;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.error.WaitTimedOutException;
import io.github.camundabackup.internal.concurrent.CancellationSignal;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.concurrent.Polling;
import io.github.camundabackup.internal.failure.FailureKind;
import io.github.camundabackup.internal.failure.OutageMeter;
import io.github.camundabackup.internal.failure.Outages;
import io.github.camundabackup.internal.recoverymode.ClusterState;
import io.github.camundabackup.internal.recoverymode.RecoveryApi;
import io.github.camundabackup.internal.recoverymode.RecoveryApi.Mode;
import io.github.camundabackup.internal.recoverymode.RestoreState;
import io.github.camundabackup.report.RestoreStatus.Step;
import io.github.camundabackup.restore.plan.Obstacle;
import io.github.camundabackup.restore.plan.Obstacle.Code;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreRefusedException;
import io.github.camundabackup.restore.plan.rules.PlanCheck;
import io.github.camundabackup.runtime.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a restore beside running brokers, from 8.10 on: the cluster enters recovery mode, restores Zeebe itself,
 * and processes again by itself.
 *
 * <p>The cluster is the record of them: what a run that was killed has begun, the next one finds there. Only a run that
 * found the cluster processing, and has changed nothing else, sets it back.
 */
final class RecoverySteps {
    /** After a restore that has ended, partitions leave the mode one after the other, sooner than this. */
    private static final Duration SETTLING = Duration.ofMinutes(1);

    private final RestorePlan plan;
    private final RecoveryApi api;
    private final Duration patience;
    private final TimeSource time;
    private final RestoreProgressRecord record;
    private final CancellationSignal stop;
    private final Supplier<CompletableFuture<Void>> beforeChange;
    private volatile boolean processedBefore;
    private volatile @Nullable ChangeRequest entering;
    /** Set if the cluster restores this backup already, as an earlier run has asked it to. */
    private volatile Optional<RestoreState> underWay = Optional.empty();

    /**
     * @param patience how long is waited each time until something goes on
     * @param beforeChange to be waited for before each change
     */
    RecoverySteps(
            RestorePlan plan,
            RecoveryApi api,
            Duration patience,
            TimeSource time,
            RestoreProgressRecord record,
            CancellationSignal stop,
            Supplier<CompletableFuture<Void>> beforeChange) {
        this.plan = plan;
        this.api = api;
        this.patience = patience;
        this.time = time;
        this.record = record;
        this.stop = stop;
        this.beforeChange = beforeChange;
    }

    /**
     * Completes when the cluster is in recovery mode and would restore the backup, or restores it already; fails if it
     * would not. Nothing is deleted yet.
     */
    CompletableFuture<Void> enter() {
        return ask(api::restore).thenCompose(restore -> {
            underWay = restore.filter(state -> state.phase() == RestoreState.Phase.IN_PROGRESS);
            underWay.filter(state -> !state.isOf(plan.backupId())).ifPresent(this::refuseAnother);
            return underWay.isPresent() ? done() : change();
        });
    }

    private CompletableFuture<Void> change() {
        return ask(api::cluster)
                .thenCompose(cluster -> {
                    // What is not seen at all may be in recovery mode, and half restored.
                    processedBefore = cluster.isProcessing();
                    return cluster.isRecovering() ? done() : enterFrom();
                })
                .thenCompose(entered -> validate());
    }

    private CompletableFuture<Void> enterFrom() {
        ChangeRequest request = new ChangeRequest(
                time,
                record,
                () -> beforeChange.get().thenRun(() -> {
                    if (record.reached() == Step.CHECKING) {
                        record.enter(Step.STOPPING);
                    }
                }),
                () -> api.change(Mode.RECOVERING, false),
                () -> api.cluster().thenApply(ClusterState::isPartlyRecovering));
        entering = request;
        return stop.waiting(() -> request.untilAccepted(Outages.within(patience)))
                .thenCompose(accepted -> await(
                        "Waiting until all partitions are in recovery mode", patience, ClusterState::isRecovering));
    }

    /** What the cluster would refuse, it refuses before anything is deleted. */
    private CompletableFuture<Void> validate() {
        return Futures.recover(
                        stop.waiting(() -> Outages.outlast(
                                time,
                                Outages.within(patience),
                                () -> api.restore(plan.backupId(), true),
                                error -> error instanceof RemoteCallException
                                        && (FailureKind.of(error) == FailureKind.TRANSIENT
                                                || FailureKind.of(error) == FailureKind.CONFLICT),
                                record)),
                        error -> CompletableFuture.failedFuture(
                                error instanceof RequestRejectedException && FailureKind.isWithoutEffect(error)
                                        ? refused("The cluster would not restore the backup, and nothing was deleted. "
                                                + error.getMessage())
                                        : error))
                .thenAccept(planned -> {});
    }

    /**
     * Fails if the cluster may go back to processing while indices are missing still. Asked right before the first
     * deletion: waiting for the mode, and for what is stopped, can take long.
     */
    CompletableFuture<Void> requireWhole(PlanCheck.Todo todo) {
        return ask(api::restore).thenCompose(restore -> {
            Optional<RestoreState> going = restore.filter(state -> state.phase() == RestoreState.Phase.IN_PROGRESS)
                    .or(() -> underWay);
            going.filter(state -> !state.isOf(plan.backupId())).ifPresent(this::refuseAnother);
            going.filter(state -> !todo.kept().containsAll(plan.indices().keySet())
                            || !todo.deletions().isEmpty())
                    .ifPresent(state -> {
                        throw refused("The cluster restores Zeebe already (" + state
                                + "), and goes back to processing when that is done, while there are indices that are"
                                + " not restored. Cancel it (DELETE /actuator/cluster/changes/" + state.changeId()
                                + " at the management port), and execute a new plan.");
                    });
            underWay = going;
            return going.isPresent() ? done() : requireRecovering();
        });
    }

    private CompletableFuture<Void> requireRecovering() {
        return ask(api::cluster).thenAccept(cluster -> {
            if (!cluster.isPartlyRecovering()) {
                throw refused("The cluster has left recovery mode again, and nothing was deleted (" + cluster
                        + "). Find out who has set it back, and execute a new plan.");
            }
        });
    }

    /** Completes when Zeebe is restored, and the cluster processes again. */
    CompletableFuture<Void> restoreZeebe() {
        if (underWay.isPresent()) {
            record.enter(Step.RESTORING_ZEEBE);
            return follow("");
        }
        return ask(api::restore).thenCompose(before -> {
            String old = before.map(RestoreState::changeId).orElse("");
            ChangeRequest request = new ChangeRequest(
                    time,
                    record,
                    () -> beforeChange.get().thenRun(() -> {
                        if (record.reached() != Step.RESTORING_ZEEBE) {
                            record.enter(Step.RESTORING_ZEEBE);
                        }
                    }),
                    () -> api.restore(plan.backupId(), false),
                    () -> hasBegun(old));
            return stop.waiting(() -> request.untilAccepted(Outages.within(patience)))
                    .thenCompose(accepted -> follow(old));
        });
    }

    /** A cluster that processes again has restored it, in no more time than it took to ask. */
    private CompletableFuture<Boolean> hasBegun(String old) {
        return api.restore().thenCompose(restore -> {
            Optional<RestoreState> begun =
                    restore.filter(state -> !state.changeId().equals(old));
            begun.filter(state -> !state.isOf(plan.backupId())).ifPresent(this::refuseAnother);
            return begun.isPresent()
                    ? CompletableFuture.completedFuture(true)
                    : api.cluster().thenApply(ClusterState::isProcessing);
        });
    }

    /**
     * @param old the change of a restore that has ended before, and may be shown still
     */
    private CompletableFuture<Void> follow(String old) {
        Follower follower = new Follower(old);
        return stop.waiting(() -> Polling.untilStuck(
                        time,
                        patience,
                        follower::progress,
                        follower::look,
                        still -> new WaitTimedOutException(
                                "Waiting for the cluster to restore Zeebe",
                                still,
                                "Nothing more is restored for so long: " + follower.seen
                                        + ". A partition that fails is"
                                        + " tried again by the cluster itself: see the brokers' logs. "
                                        + ComponentSteps.LIMIT)))
                .thenCompose(restored ->
                        await("Waiting until all partitions process again", patience, ClusterState::isProcessing));
    }

    /**
     * Sets the cluster back to processing if it was processing before this run, and may be in recovery mode because of
     * it. To be called only if nothing else was changed.
     *
     * @param mayChange to be waited for before it is asked for
     * @return whether it was set back, and is seen processing; empty if there was nothing to set back. Never fails: what
     *     went wrong is a warning of the record
     */
    CompletableFuture<Optional<Boolean>> leave(Supplier<CompletableFuture<Void>> mayChange) {
        ChangeRequest entered = entering;
        if (entered == null || !entered.mayHaveHappened() || !processedBefore) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        ChangeRequest request = new ChangeRequest(
                time,
                Outages.Watcher.NONE,
                mayChange,
                () -> api.change(Mode.PROCESSING, false),
                () -> api.cluster().thenApply(ClusterState::isProcessing));
        return request.untilAccepted(Outages.within(patience))
                .thenCompose(accepted -> await(
                        "Waiting until all partitions process again",
                        Outages.within(patience),
                        ClusterState::isProcessing,
                        Supplier::get))
                .handle((back, error) -> {
                    if (error != null) {
                        record.warn(List.of("The cluster could not be set back to processing: "
                                + Futures.unwrap(error).getMessage()));
                    }
                    return Optional.of(error == null);
                });
    }

    private CompletableFuture<Void> await(String what, Duration limit, Predicate<ClusterState> reached) {
        return await(what, limit, reached, stop::waiting);
    }

    private CompletableFuture<Void> await(
            String what, Duration limit, Predicate<ClusterState> reached, Waiting waiting) {
        OutageMeter outages = new OutageMeter(time, record);
        Latest latest = new Latest();
        return waiting.begin(() -> Polling.<ClusterState>until(
                        time,
                        limit,
                        () -> RestoreWatch.bear(outages, api.cluster().thenApply(Optional::of))
                                .thenApply(seen -> {
                                    seen.ifPresent(state -> latest.text = state.toString());
                                    return seen.filter(reached);
                                }),
                        waited -> new WaitTimedOutException(
                                what, waited, "The topology says: " + latest.text + ". " + ComponentSteps.LIMIT)))
                .thenAccept(seen -> {});
    }

    /** A question that is asked for as long as an outage lasts: while a gateway comes back, it says many things. */
    private <T> CompletableFuture<T> ask(Supplier<CompletableFuture<T>> question) {
        return stop.waiting(() ->
                Outages.outlast(time, Outages.within(patience), question, FailureKind::isTolerableInAPoll, record));
    }

    private void refuseAnother(RestoreState another) {
        throw refused("The cluster restores something else at the moment (" + another + ", change "
                + another.changeId() + "). Wait for its end, or cancel it (DELETE /actuator/cluster/changes/"
                + another.changeId() + " at the management port).");
    }

    private RestoreRefusedException refused(String why) {
        return new RestoreRefusedException(plan.backupId(), List.of(Obstacle.of(Code.CLUSTER_REFUSES, why)));
    }

    private static CompletableFuture<Void> done() {
        return CompletableFuture.completedFuture(null);
    }

    /** Begins to wait, so that something can end the wait. */
    private interface Waiting {
        <T> CompletableFuture<T> begin(Supplier<CompletableFuture<T>> wait);
    }

    /** What was seen last. */
    private static final class Latest {
        private volatile String text = "no answer";
    }

    /** Looks how the restore goes on, until it has ended. Used by one question at a time. */
    private final class Follower {
        private final OutageMeter outages = new OutageMeter(time, record);
        private final String old;
        private OptionalLong goneSince = OptionalLong.empty();
        private volatile String seen = "no answer";
        private volatile long most;

        Follower(String old) {
            this.old = old;
        }

        /** A partition that fails, and is tried again by the cluster, goes back and forth, which is no progress. */
        Long progress() {
            return most;
        }

        CompletableFuture<Optional<Boolean>> look() {
            return RestoreWatch.bear(outages, api.restore().thenApply(Optional::of))
                    .thenCompose(answer -> answer.map(restore -> restore.map(this::judge)
                                    .orElseGet(() -> RestoreWatch.bear(
                                                    outages, api.cluster().thenApply(Optional::of))
                                            .thenApply(cluster -> cluster.flatMap(this::judge))))
                            .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty())));
        }

        private CompletableFuture<Optional<Boolean>> judge(RestoreState restore) {
            goneSince = OptionalLong.empty();
            seen = restore.toString();
            if (restore.changeId().equals(old)) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
            if (!restore.isOf(plan.backupId())) {
                refuseAnother(restore);
            }
            most = Math.max(most, restore.restored());
            return switch (restore.phase()) {
                case IN_PROGRESS -> CompletableFuture.completedFuture(Optional.empty());
                case COMPLETED -> CompletableFuture.completedFuture(Optional.of(true));
                case FAILED ->
                    CompletableFuture.failedFuture(new CamundaBackupException(
                            "The cluster has failed to restore Zeebe: " + restore + ". See the brokers' logs."));
                case CANCELLED ->
                    CompletableFuture.failedFuture(new CamundaBackupException(
                            "Somebody has cancelled the restore of Zeebe in the cluster: " + restore + "."));
            };
        }

        /** It is forgotten soon after its end, whichever that was. */
        private Optional<Boolean> judge(ClusterState cluster) {
            String before = seen;
            seen = "no restore is in progress; " + cluster;
            if (cluster.isProcessing()) {
                return Optional.of(true);
            }
            long now = time.nanoTime();
            if (goneSince.isEmpty() || !cluster.isPartlyRecovering() || !seen.equals(before)) {
                goneSince = OptionalLong.of(now);
            }
            if (Duration.ofNanos(now - goneSince.getAsLong()).compareTo(SETTLING) >= 0) {
                throw new CamundaBackupException("The cluster has no restore in progress any more, and is in recovery"
                        + " mode still (" + cluster
                        + "): it has failed, or somebody has cancelled it. GET /actuator/cluster at the management port"
                        + " has the last change.");
            }
            return Optional.empty();
        }
    }
}
