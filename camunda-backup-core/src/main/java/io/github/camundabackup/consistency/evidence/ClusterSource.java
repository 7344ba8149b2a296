package io.github.camundabackup.consistency.evidence;

import io.github.camundabackup.component.BackupLookup;
import io.github.camundabackup.component.ComponentBackup;
import io.github.camundabackup.component.Participant;
import io.github.camundabackup.consistency.evidence.ClusterEvidence.Answer;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.exporting.ExportingStatus;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.participants.ParticipantSource;
import io.github.camundabackup.internal.participants.Participants;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.PhysicalTenant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Asks the participants of a running cluster for their backups. A participant that does not answer is recorded in the
 * evidence, and fails nothing.
 */
public final class ClusterSource {
    private final ParticipantSource source;

    /**
     * @param source without the exported records, whose part the repository shows
     */
    public ClusterSource(ParticipantSource source) {
        this.source = source;
    }

    /** The physical tenant whose backups are asked for. */
    public PhysicalTenant physicalTenant() {
        return source.endpoints().physicalTenant();
    }

    /** Asks each participant for one backup, with all details. */
    public CompletableFuture<ClusterEvidence> about(BackupId backupId) {
        return ask(participant -> participant.get(backupId).thenApply(ClusterSource::found));
    }

    /**
     * Asks each participant for a list of its backups, which is one request each; of Zeebe's positions a list says
     * nothing.
     */
    public CompletableFuture<ClusterEvidence> aboutAll() {
        return ask(participant -> participant.list().thenApply(backups -> answer(backups, false)));
    }

    private CompletableFuture<ClusterEvidence> ask(Function<Participant, CompletableFuture<Answer>> question) {
        return Futures.recover(
                source.discover().thenCompose(found -> ask(found, question)), error -> askAlone(error, question));
    }

    private static CompletableFuture<ClusterEvidence> ask(
            Participants participants, Function<Participant, CompletableFuture<Answer>> question) {
        CompletableFuture<Set<Integer>> partitions = participants
                .cluster()
                .exporting()
                .status()
                .thenApply(ExportingStatus::expectedPartitions)
                .exceptionally(error -> Set.of());
        return answers(participants.all(), question)
                .thenCombine(
                        partitions,
                        (answers, numbers) -> new ClusterEvidence(Optional.of(participants.line()), numbers, answers));
    }

    /** The cluster did not answer; what is not a part of it may. */
    private CompletableFuture<ClusterEvidence> askAlone(
            Throwable error, Function<Participant, CompletableFuture<Answer>> question) {
        List<Participant> others = source.configured().stream()
                .flatMap(component -> source.withoutCluster(component).stream())
                .toList();
        return answers(others, question).thenApply(known -> {
            Map<Component, Answer> answers = new TreeMap<>(known);
            source.configured().forEach(component -> answers.putIfAbsent(component, unreadable(error)));
            return new ClusterEvidence(source.endpoints().line(), Set.of(), answers);
        });
    }

    private static CompletableFuture<Map<Component, Answer>> answers(
            List<Participant> participants, Function<Participant, CompletableFuture<Answer>> question) {
        List<CompletableFuture<Answer>> asked = participants.stream()
                .map(participant -> Futures.recover(
                        question.apply(participant), error -> CompletableFuture.completedFuture(unreadable(error))))
                .toList();
        return Futures.all(asked).thenApply(all -> {
            Map<Component, Answer> answers = new TreeMap<>();
            for (int i = 0; i < all.size(); i++) {
                answers.put(participants.get(i).component(), all.get(i));
            }
            return answers;
        });
    }

    private static Answer found(BackupLookup<ComponentBackup> lookup) {
        return lookup.unclear()
                .map(refusal -> new Answer(Map.of(), Optional.of(String.valueOf(refusal.getMessage()))))
                .orElseGet(() -> answer(lookup.found().stream().toList(), true));
    }

    private static Answer answer(List<ComponentBackup> backups, boolean complete) {
        Map<BackupId, ComponentStatement.Reported> reported = new HashMap<>();
        backups.forEach(backup -> reported.put(
                backup.backupId(),
                new ComponentStatement.Reported(
                        backup.state(),
                        backup.failureReason(),
                        backup.versions(),
                        backup.partitions().stream().map(PartitionEvidence::of).toList(),
                        complete)));
        return new Answer(reported, Optional.empty());
    }

    /** What is no failure of a remote call is a mistake of this library, and is not hidden in a report. */
    private static Answer unreadable(Throwable error) {
        if (error instanceof CamundaBackupException known) {
            return new Answer(Map.of(), Optional.of(String.valueOf(known.getMessage())));
        }
        throw new IllegalStateException("The check itself failed", error);
    }
}
