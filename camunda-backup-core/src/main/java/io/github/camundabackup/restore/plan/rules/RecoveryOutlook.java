package io.github.camundabackup.restore.plan.rules;

import io.github.camundabackup.component.ClusterEndpoints;
import io.github.camundabackup.error.RemoteCallException;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.failure.FailureKind;
import io.github.camundabackup.internal.recoverymode.ClusterState;
import io.github.camundabackup.internal.recoverymode.PlannedChange;
import io.github.camundabackup.internal.recoverymode.RecoveryApi;
import io.github.camundabackup.internal.recoverymode.RecoveryApi.Mode;
import io.github.camundabackup.internal.recoverymode.RestoreState;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.restore.plan.RecoveryPlan;
import io.github.camundabackup.runtime.ClientResources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a running cluster says of its own restore, as facts for a plan: nothing is changed to find that out.
 *
 * @param plan what it would do; empty if it is not asked, or could not be
 * @param refusals why it would not, each as sentences; none if it would
 * @param notes what an operator should know, each as sentences
 */
record RecoveryOutlook(Optional<RecoveryPlan> plan, List<String> refusals, List<String> notes) {
    /** Of a cluster that is stopped. */
    static final RecoveryOutlook NONE = new RecoveryOutlook(Optional.empty(), List.of(), List.of());

    private static final String STOP_EVERYTHING =
            " Before 8.10 there is no recovery mode: stop everything, and restore without recoveryMode() of the"
                    + " RestoreSettings.";

    static CompletableFuture<RecoveryOutlook> ask(
            @Nullable ClusterEndpoints endpoints, BackupId backupId, ClientResources resources) {
        if (endpoints == null) {
            return CompletableFuture.completedFuture(
                    refused("No endpoint of the cluster is configured, and recovery mode is asked for at its REST API:"
                            + " configure orchestrationCluster or restApi with the application's port, by default"
                            + " 8080."));
        }
        RecoveryApi api = new RecoveryApi(endpoints.gateway(), endpoints.physicalTenant(), resources);
        return Futures.recover(
                api.cluster()
                        .thenCompose(cluster -> cluster.tellsStates()
                                ? ask(api, cluster, backupId)
                                : CompletableFuture.completedFuture(refused("The cluster is of version "
                                        + cluster.version() + ", and tells no states of its partitions."
                                        + STOP_EVERYTHING))),
                RecoveryOutlook::orRefused);
    }

    private static CompletableFuture<RecoveryOutlook> orRefused(Throwable error) {
        return error instanceof RemoteCallException
                ? CompletableFuture.completedFuture(
                        refused(error.getMessage() + " It is the REST API that is asked for recovery mode, on the"
                                + " application's port, by default 8080 (restApi of the client)."))
                : CompletableFuture.failedFuture(error);
    }

    private static CompletableFuture<RecoveryOutlook> ask(RecoveryApi api, ClusterState cluster, BackupId backupId) {
        return api.restore().thenCompose(restore -> {
            Optional<RestoreState> underWay = restore.filter(state -> state.phase() == RestoreState.Phase.IN_PROGRESS);
            CompletableFuture<Answer> entering = cluster.isPartlyRecovering()
                    ? CompletableFuture.completedFuture(Answer.NOTHING)
                    : answer(api.change(Mode.RECOVERING, true), false);
            CompletableFuture<Answer> restoring = underWay.isPresent()
                    ? CompletableFuture.completedFuture(Answer.NOTHING)
                    : answer(api.restore(backupId, true), !cluster.isRecovering());
            return entering.thenCombine(
                    restoring, (enter, restores) -> of(cluster, underWay, backupId, enter, restores));
        });
    }

    private static RecoveryOutlook of(
            ClusterState cluster,
            Optional<RestoreState> underWay,
            BackupId backupId,
            Answer entering,
            Answer restoring) {
        List<String> refusals = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        Stream.of(entering, restoring)
                .flatMap(answer -> answer.refusal().stream())
                .forEach(refusals::add);
        Set<String> others = cluster.brokerVersions().stream()
                .filter(version -> !version.equals(cluster.version()))
                .collect(Collectors.toSet());
        if (!others.isEmpty()) {
            refusals.add("Not every broker is of version " + cluster.version() + ", as the gateway is: there are "
                    + String.join(", ", others) + ". Only a cluster of one version, the backup's, restores it.");
        }
        underWay.ifPresent(state -> (state.isOf(backupId) ? notes : refusals)
                .add("The cluster restores " + (state.isOf(backupId) ? "this backup" : "something else")
                        + " at the moment: " + state + " (change " + state.changeId() + ")."
                        + (state.isOf(backupId)
                                ? " An earlier restore has asked it to; what is left is done beside it."
                                : " Wait for its end, or cancel it (DELETE /actuator/cluster/changes/"
                                        + state.changeId() + " at the management port).")));
        if (cluster.isRecovering()) {
            notes.add("The cluster is in recovery mode already, as an earlier restore, or somebody else, has left it.");
        } else if (!cluster.isProcessing()) {
            notes.add("Not all partitions process (" + cluster
                    + "). All brokers must be there for the cluster to enter recovery mode.");
        }
        return new RecoveryOutlook(
                Optional.of(new RecoveryPlan(
                        cluster.version(),
                        cluster.partitions(),
                        cluster.isRecovering(),
                        entering.operations(),
                        restoring.operations())),
                refusals,
                notes);
    }

    /**
     * @param mayConflict whether a conflict is what is expected now
     */
    private static CompletableFuture<Answer> answer(CompletableFuture<PlannedChange> dryRun, boolean mayConflict) {
        return Futures.recover(dryRun.thenApply(change -> new Answer(change.operations(), Optional.empty())), error -> {
            if (!(error instanceof RemoteCallException)) {
                return CompletableFuture.failedFuture(error);
            }
            boolean conflict = FailureKind.of(error) == FailureKind.CONFLICT;
            return CompletableFuture.completedFuture(
                    conflict && mayConflict
                            ? Answer.NOTHING
                            : new Answer(
                                    List.of(),
                                    Optional.of((error instanceof RequestRejectedException
                                                    ? "The cluster refuses: "
                                                    : "The cluster could not be asked: ")
                                            + error.getMessage())));
        });
    }

    private static RecoveryOutlook refused(String why) {
        return new RecoveryOutlook(Optional.empty(), List.of(why), List.of());
    }

    /** An answer to the question what the cluster would do. */
    private record Answer(List<String> operations, Optional<String> refusal) {
        private static final Answer NOTHING = new Answer(List.of(), Optional.empty());
    }
}
