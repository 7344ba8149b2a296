package io.github.camundabackup.recovery.engine;

import io.github.camundabackup.backup.BackupPlan;
import io.github.camundabackup.backup.BackupSettings;
import io.github.camundabackup.backup.engine.Resumption;
import io.github.camundabackup.exporting.ExporterPhase;
import io.github.camundabackup.exporting.ExportingStatus;
import io.github.camundabackup.internal.participants.Outsourced;
import io.github.camundabackup.internal.participants.Participants;
import io.github.camundabackup.journal.JournaledRun;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.recovery.StepOutcome;
import io.github.camundabackup.recovery.StepOutcome.Found;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.report.StepReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Judges whether an interrupted backup can be continued to one as good as an uninterrupted one. Any doubt forbids it. A
 * pure judgement of what the caller has read.
 */
final class Continuation {
    private final JournaledRun run;

    Continuation(JournaledRun run) {
        this.run = run;
    }

    /** The judgement: the point to go on from, or the doubt. */
    record Verdict(Optional<Resumption> resumption, String doubt) {
        static Verdict doubt(String why) {
            return new Verdict(Optional.empty(), why);
        }
    }

    /** What forbids it already before any component is asked. */
    Optional<String> doubt(BackupSettings settings, String snapshotStore, Instant now) {
        if (run.state() != JournaledRun.State.RUNNING) {
            return Optional.of("Another process has begun to clean up after it.");
        }
        if (run.pause() != PauseReport.State.NOT_PAUSED && run.pause() != PauseReport.State.PAUSED) {
            return Optional.of("Its pause of exporting had ended.");
        }
        if (run.steps().containsValue(StepReport.State.FAILED)
                || run.steps().containsValue(StepReport.State.ABANDONED)) {
            return Optional.of("One of its steps had failed.");
        }
        if (!run.task().equals(Optional.of(new JournaledRun.Task(settings.recordsPattern(), snapshotStore)))) {
            return Optional.of("It was begun with other settings, or for another repository.");
        }
        Duration age = Duration.between(run.pausedAt().orElse(run.startedAt()), now);
        return age.isNegative() || age.compareTo(settings.pauseLimit()) >= 0
                ? Optional.of("It began too long ago, or the clocks differ: " + age.toSeconds() + " s.")
                : Optional.empty();
    }

    /**
     * @param participants of the cluster as it is now
     * @param plan for these
     * @param settled what the components say that had been asked
     * @param exporting what the brokers say
     */
    Verdict judge(Participants participants, BackupPlan plan, List<StepOutcome> settled, ExportingStatus exporting) {
        if (!plan.components().equals(List.copyOf(run.steps().keySet()))) {
            return Verdict.doubt("The cluster has other components now.");
        }
        Map<Component, Found> found =
                settled.stream().collect(Collectors.toMap(StepOutcome::component, StepOutcome::found));
        Set<Component> begun = new TreeSet<>();
        boolean allComplete = true;
        for (List<Component> group : plan.groups()) {
            boolean groupComplete = true;
            for (Component component : group) {
                Found part = found.getOrDefault(component, Found.ABSENT);
                boolean there = part == Found.COMPLETED || part == Found.IN_PROGRESS;
                boolean lost = part == Found.ABSENT && run.steps().get(component) == StepReport.State.COMPLETED;
                if (lost || !(there || part == Found.ABSENT)) {
                    return Verdict.doubt("What " + component.displayName() + " has of it is " + part + ".");
                }
                if (part == Found.ABSENT
                        && run.steps().get(component) == StepReport.State.STARTED
                        && participants.of(component).orElse(null) instanceof Outsourced) {
                    return Verdict.doubt("It is not known whether what takes the backup of " + component.displayName()
                            + " is still going to.");
                }
                if (there && !allComplete) {
                    return Verdict.doubt(component.displayName() + " was asked before others were complete.");
                }
                if (there) {
                    begun.add(component);
                }
                groupComplete &= part == Found.COMPLETED;
            }
            allComplete &= groupComplete;
        }
        boolean held = run.pause() == PauseReport.State.PAUSED
                && run.evidence()
                        .filter(evidence -> evidence.holdsIn(exporting))
                        .isPresent();
        if (!held && plan.inPause().stream().anyMatch(begun::contains)) {
            return Verdict.doubt("Exporting is not known to have been paused all the time: " + exporting + ".");
        }
        if (run.pause() == PauseReport.State.NOT_PAUSED
                ? exporting.isPaused() || exporting.isMixed()
                : exporting.hasLeaderIn(ExporterPhase.PAUSED)) {
            return Verdict.doubt("Exporting was paused by another process: " + exporting + ".");
        }
        return new Verdict(
                Optional.of(new Resumption(
                        run, participants, plan, begun, Optional.of(exporting).filter(now -> held))),
                "");
    }
}
