package io.github.camundabackup.recovery.engine;

import io.github.camundabackup.component.BackupLookup;
import io.github.camundabackup.component.ComponentBackup;
import io.github.camundabackup.component.Participant;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.participants.ParticipantSource;
import io.github.camundabackup.internal.participants.Participants;
import io.github.camundabackup.journal.JournaledRun;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.recovery.StepOutcome;
import io.github.camundabackup.recovery.StepOutcome.Found;
import io.github.camundabackup.report.StepReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Finds out what became of each step of an interrupted run, by asking the participants that the run had asked. Changes
 * nothing, and never fails.
 */
final class InterruptedStepProbe {
    private final ParticipantSource participants;

    InterruptedStepProbe(ParticipantSource participants) {
        this.participants = participants;
    }

    CompletableFuture<List<StepOutcome>> settle(JournaledRun run) {
        List<Map.Entry<Component, StepReport.State>> asked = run.steps().entrySet().stream()
                .filter(step -> step.getValue() != StepReport.State.NOT_STARTED)
                .toList();
        if (asked.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        CompletableFuture<Participants> discovered = participants.discover();
        return Futures.all(asked.stream()
                .map(step -> ask(run.backupId(), step.getKey(), discovered)
                        .exceptionally(error -> new Answer(
                                Found.UNKNOWN,
                                Optional.of(String.valueOf(Futures.unwrap(error).getMessage()))))
                        .thenApply(answer ->
                                new StepOutcome(step.getKey(), step.getValue(), answer.found(), answer.detail())))
                .toList());
    }

    private CompletableFuture<Answer> ask(
            BackupId backupId, Component component, CompletableFuture<Participants> discovered) {
        return participants
                .withoutCluster(component)
                .map(participant -> get(participant, backupId))
                .orElseGet(() -> discovered.thenCompose(found -> found.of(component)
                        .map(participant -> get(participant, backupId))
                        .orElseGet(() -> CompletableFuture.completedFuture(
                                new Answer(Found.UNKNOWN, Optional.of("It is not configured here."))))));
    }

    private static CompletableFuture<Answer> get(Participant participant, BackupId backupId) {
        return participant
                .get(backupId)
                .thenCompose(lookup -> lookup.unclear().isEmpty()
                        ? CompletableFuture.completedFuture(answer(lookup))
                        : participant
                                .list()
                                .handle((backups, error) -> error == null ? among(backups, backupId) : answer(lookup)));
    }

    /**
     * Operate and Tasklist 8.6.0 on Elasticsearch answer 400 and 500 for a backup that they do not have, and list those
     * that they have.
     */
    private static Answer among(List<ComponentBackup> backups, BackupId backupId) {
        return backups.stream()
                .filter(backup -> backup.backupId().equals(backupId))
                .findFirst()
                .map(backup -> answer(new BackupLookup.Found<>(backup)))
                .orElseGet(() -> new Answer(Found.ABSENT, Optional.empty()));
    }

    private static Answer answer(BackupLookup<ComponentBackup> lookup) {
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
            // Either between two parts or for ever; the answer does not say which.
            case INCOMPLETE, UNKNOWN -> Found.UNKNOWN;
        };
    }

    private record Answer(Found found, Optional<String> detail) {}
}
