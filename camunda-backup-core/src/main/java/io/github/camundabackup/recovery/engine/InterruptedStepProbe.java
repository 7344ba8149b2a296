package io.github.camundabackup.recovery.engine;

import io.github.camundabackup.component.BackupLookup;
import io.github.camundabackup.component.CamundaCluster;
import io.github.camundabackup.component.ClusterEndpoints;
import io.github.camundabackup.component.ComponentBackup;
import io.github.camundabackup.component.ComponentClient;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.journal.JournaledRun;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.recovery.StepOutcome;
import io.github.camundabackup.recovery.StepOutcome.Found;
import io.github.camundabackup.report.StepReport;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotState;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Asks every component that an interrupted run had asked what became of it. Changes nothing, and never fails. */
final class InterruptedStepProbe {
    private final ClusterEndpoints endpoints;
    private final SnapshotStore store;
    private final ClientResources resources;

    InterruptedStepProbe(ClusterEndpoints endpoints, SnapshotStore store, ClientResources resources) {
        this.endpoints = endpoints;
        this.store = store;
        this.resources = resources;
    }

    CompletableFuture<List<StepOutcome>> settle(JournaledRun run) {
        List<Map.Entry<Component, StepReport.State>> asked = run.steps().entrySet().stream()
                .filter(step -> step.getValue() != StepReport.State.NOT_STARTED)
                .toList();
        if (asked.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        CompletableFuture<CamundaCluster> cluster = CamundaCluster.discover(endpoints, resources);
        return Futures.all(asked.stream()
                .map(step -> ask(run, step.getKey(), cluster)
                        .exceptionally(error -> new Answer(
                                Found.UNKNOWN,
                                Optional.of(String.valueOf(Futures.unwrap(error).getMessage()))))
                        .thenApply(answer ->
                                new StepOutcome(step.getKey(), step.getValue(), answer.found(), answer.detail())))
                .toList());
    }

    private CompletableFuture<Answer> ask(
            JournaledRun run, Component component, CompletableFuture<CamundaCluster> discovered) {
        return switch (component) {
            case ZEEBE_RECORDS ->
                store.get(SnapshotName.records(run.backupId()).toString()).thenApply(InterruptedStepProbe::answer);
            case OPTIMIZE, OPERATE, TASKLIST, WEB_APPLICATIONS, ZEEBE ->
                discovered.thenCompose(cluster -> cluster.clients().stream()
                        .filter(client -> client.component() == component)
                        .findFirst()
                        .map(client -> get(client, run))
                        .orElseGet(() -> CompletableFuture.completedFuture(
                                new Answer(Found.UNKNOWN, Optional.of("It is not configured here.")))));
        };
    }

    private static <B extends ComponentBackup> CompletableFuture<Answer> get(
            ComponentClient<B> client, JournaledRun run) {
        return client.get(run.backupId())
                .thenCompose(lookup -> lookup.unclear().isEmpty()
                        ? CompletableFuture.completedFuture(answer(lookup))
                        : client.list()
                                .handle((backups, error) -> error == null ? among(backups, run) : answer(lookup)));
    }

    /** Operate and Tasklist 8.6.0 on Elasticsearch answer 400 and 500 for a backup that they do not have, and list those that they have. */
    private static Answer among(List<? extends ComponentBackup> backups, JournaledRun run) {
        return backups.stream()
                .filter(backup -> backup.backupId().equals(run.backupId()))
                .findFirst()
                .map(backup -> answer(new BackupLookup.Found<>(backup)))
                .orElseGet(() -> new Answer(Found.ABSENT, Optional.empty()));
    }

    private static Answer answer(BackupLookup<? extends ComponentBackup> lookup) {
        if (lookup.isAbsent()) {
            return new Answer(Found.ABSENT, Optional.empty());
        }
        return lookup.found()
                .map(backup -> new Answer(
                        found(backup.state()),
                        Optional.of(backup.state().name())
                                .filter(name ->
                                        !name.equals(found(backup.state()).name()))))
                .orElseGet(() -> new Answer(
                        Found.UNKNOWN, lookup.unclear().map(refusal -> String.valueOf(refusal.getMessage()))));
    }

    private static Found found(BackupState state) {
        return switch (state) {
            case COMPLETED -> Found.COMPLETED;
            case IN_PROGRESS -> Found.IN_PROGRESS;
            case DOES_NOT_EXIST -> Found.ABSENT;
            case FAILED, INCOMPATIBLE, DELETED -> Found.FAILED;
            // Between two parts, or for ever: nobody can tell which.
            case INCOMPLETE, UNKNOWN -> Found.UNKNOWN;
        };
    }

    private static Answer answer(Optional<SnapshotInfo> snapshot) {
        return new Answer(
                snapshot.map(SnapshotInfo::state)
                        .map(InterruptedStepProbe::found)
                        .orElse(Found.ABSENT),
                Optional.empty());
    }

    private static Found found(SnapshotState state) {
        return switch (state) {
            case SUCCESS -> Found.COMPLETED;
            case IN_PROGRESS -> Found.IN_PROGRESS;
            case PARTIAL, FAILED, INCOMPATIBLE -> Found.FAILED;
            case UNREADABLE, UNKNOWN -> Found.UNKNOWN;
        };
    }

    private record Answer(Found found, Optional<String> detail) {}
}
