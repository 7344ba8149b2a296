package io.github.camundabackup.consistency.evidence;

import io.github.camundabackup.component.BackupLookup;
import io.github.camundabackup.component.CamundaCluster;
import io.github.camundabackup.component.ClusterEndpoints;
import io.github.camundabackup.component.ComponentBackup;
import io.github.camundabackup.component.ComponentClient;
import io.github.camundabackup.component.ZeebeBackup;
import io.github.camundabackup.consistency.evidence.ClusterEvidence.Answer;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.exporting.ExportingStatus;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.runtime.ClientResources;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Asks the components of a running cluster. Who does not answer is part of the evidence, and fails nothing. */
public final class ClusterSource {
    private final ClusterEndpoints endpoints;
    private final ClientResources resources;

    public ClusterSource(ClusterEndpoints endpoints, ClientResources resources) {
        this.endpoints = endpoints;
        this.resources = resources;
    }

    /** Asks each component for one backup, with all details. */
    public CompletableFuture<ClusterEvidence> about(BackupId backupId) {
        return ask(new Question() {
            @Override
            public <B extends ComponentBackup> CompletableFuture<Answer> to(ComponentClient<B> client) {
                return client.get(backupId).thenApply(ClusterSource::found);
            }
        });
    }

    /** Asks each component for a list of its backups, which is one request each; of Zeebe's positions a list tells nothing. */
    public CompletableFuture<ClusterEvidence> aboutAll() {
        return ask(new Question() {
            @Override
            public <B extends ComponentBackup> CompletableFuture<Answer> to(ComponentClient<B> client) {
                return client.list().thenApply(backups -> answer(backups, false));
            }
        });
    }

    private interface Question {
        <B extends ComponentBackup> CompletableFuture<Answer> to(ComponentClient<B> client);
    }

    private CompletableFuture<ClusterEvidence> ask(Question question) {
        CompletableFuture<ClusterEvidence> evidence =
                CamundaCluster.discover(endpoints, resources).thenCompose(cluster -> ask(cluster, question));
        return Futures.recover(evidence, error -> {
            Map<Component, Answer> answers = new EnumMap<>(Component.class);
            endpoints.all().keySet().forEach(component -> answers.put(component, unreadable(error)));
            return CompletableFuture.completedFuture(new ClusterEvidence(endpoints.protocol(), Set.of(), answers));
        });
    }

    private CompletableFuture<ClusterEvidence> ask(CamundaCluster cluster, Question question) {
        Map<Component, CompletableFuture<Answer>> asked = new EnumMap<>(Component.class);
        cluster.clients()
                .forEach(client -> asked.put(
                        client.component(),
                        Futures.recover(
                                question.to(client), error -> CompletableFuture.completedFuture(unreadable(error)))));
        CompletableFuture<Set<Integer>> partitions = cluster.exporting()
                .status()
                .thenApply(ExportingStatus::expectedPartitions)
                .exceptionally(error -> Set.of());
        return Futures.all(List.copyOf(asked.values())).thenCombine(partitions, (all, numbers) -> {
            Map<Component, Answer> answers = new EnumMap<>(Component.class);
            asked.forEach((component, answer) -> answers.put(component, answer.join()));
            return new ClusterEvidence(Optional.of(cluster.protocol()), numbers, answers);
        });
    }

    private static <B extends ComponentBackup> Answer found(BackupLookup<B> lookup) {
        return lookup.unclear()
                .map(refusal -> new Answer(Map.of(), Optional.of(String.valueOf(refusal.getMessage()))))
                .orElseGet(() -> answer(lookup.found().stream().toList(), true));
    }

    private static Answer answer(List<? extends ComponentBackup> backups, boolean complete) {
        Map<BackupId, ComponentStatement.Reported> told = new HashMap<>();
        backups.forEach(backup -> told.put(
                backup.backupId(),
                new ComponentStatement.Reported(backup.state(), backup.failureReason(), partitions(backup), complete)));
        return new Answer(told, Optional.empty());
    }

    private static List<PartitionEvidence> partitions(ComponentBackup backup) {
        return backup instanceof ZeebeBackup zeebe
                ? zeebe.partitions().stream().map(PartitionEvidence::of).toList()
                : List.of();
    }

    /** What is no failure of a remote call is a mistake of this library, and is not hidden in a report. */
    private static Answer unreadable(Throwable error) {
        if (error instanceof CamundaBackupException known) {
            return new Answer(Map.of(), Optional.of(String.valueOf(known.getMessage())));
        }
        throw new IllegalStateException("The check itself failed", error);
    }
}
