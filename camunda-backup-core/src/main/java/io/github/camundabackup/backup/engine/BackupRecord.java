package io.github.camundabackup.backup.engine;

import io.github.camundabackup.backup.BackupListener;
import io.github.camundabackup.backup.BackupPlan;
import io.github.camundabackup.exporting.ExportingStatus;
import io.github.camundabackup.exporting.PartitionStatus;
import io.github.camundabackup.exporting.PauseEvidence;
import io.github.camundabackup.internal.failure.Outages;
import io.github.camundabackup.internal.foreign.EventQueue;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.report.BackupManifest;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.IndexCoverage;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.report.RunOutcome;
import io.github.camundabackup.report.StepProgress;
import io.github.camundabackup.report.StepReport;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The record of a run so far; reports each event to the listeners as it happens. Thread-safe. */
final class BackupRecord implements Outages.Watcher {
    private static final Logger LOG = LoggerFactory.getLogger(BackupRecord.class);

    private volatile BackupId backupId;
    private final PhysicalTenant tenant;
    private final String snapshotStore;
    private final EventQueue<BackupListener> events;
    private final TimeSource time;
    private final Instant startedAt;
    private final Map<Component, StepReport> steps = new LinkedHashMap<>();
    private final Map<Component, StepProgress> progress = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private CamundaLines lines = CamundaLines.known();
    private @Nullable CamundaLine line;
    private @Nullable ExportingStatus paused;
    private @Nullable Instant pausedAt;
    private @Nullable PauseEvidence evidence;
    private @Nullable IndexCoverage coverage;
    private boolean started;

    BackupRecord(
            BackupId backupId,
            PhysicalTenant tenant,
            String snapshotStore,
            List<BackupListener> listeners,
            ClientResources resources,
            Instant startedAt) {
        this.backupId = backupId;
        this.tenant = tenant;
        this.snapshotStore = snapshotStore;
        events = new EventQueue<>(() -> "Backup " + this.backupId, listeners, resources);
        time = resources.time();
        this.startedAt = startedAt;
    }

    synchronized void planned(BackupPlan plan, CamundaLines known) {
        lines = known;
        line = plan.line();
        plan.components()
                .forEach(component ->
                        steps.put(component, StepReport.builder(component).build()));
    }

    /** The id is chosen: nothing was begun, and nothing reported, under the one of before. */
    void named(BackupId chosen) {
        backupId = chosen;
    }

    /** A component was asked, or was about to be, by a process that is dead. */
    synchronized void stepInherited(Component component) {
        update(component, step -> step.state(StepReport.State.STARTED));
    }

    synchronized void warn(List<String> more) {
        more.forEach(warning -> LOG.warn("Backup {}: {}", backupId, warning));
        warnings.addAll(more);
    }

    /** Whether all checks have passed, so that something may have been changed. */
    synchronized boolean isStarted() {
        return started;
    }

    synchronized void runStarted(BackupPlan plan) {
        started = true;
        LOG.info("Backup {}: {}", backupId, plan);
        tell((listener, at) -> listener.started(backupId, plan, at));
    }

    /** A component will be asked as soon as that is written down. */
    synchronized void stepIntended(Component component) {
        update(component, step -> step.state(StepReport.State.STARTED).startedAt(time.now()));
    }

    /** A component will not be asked after all. */
    synchronized void stepWithdrawn(Component component) {
        update(component, step -> step.state(StepReport.State.NOT_STARTED).startedAt(null));
    }

    synchronized void stepStarted(Component component) {
        update(component, step -> step.startedAt(time.now()));
        progress.put(component, StepProgress.NONE);
        LOG.info("Backup {}: {} started", backupId, component.displayName());
        tell((listener, at) -> listener.stepStarted(backupId, component, at));
    }

    /** A component that was asked by a process that is dead is waited for. */
    synchronized void stepTakenUp(Component component) {
        progress.put(component, StepProgress.NONE);
        LOG.info("Backup {}: {} was started before", backupId, component.displayName());
        tell((listener, at) -> listener.stepStarted(backupId, component, at));
    }

    /** Something is away, and is waited for. */
    @Override
    public synchronized void begins(Throwable failure) {
        String why = String.valueOf(failure.getMessage());
        LOG.warn("Backup {} waits: {}", backupId, why);
        tell((listener, at) -> listener.waiting(backupId, why, at));
    }

    @Override
    public void ends(Throwable failure, Duration lasted) {
        warn(List.of("The run had to wait for " + Math.max(1, lasted.toSeconds()) + " s: " + failure.getMessage()));
    }

    /** A component has accepted its backup, and may have named the snapshots that it will make. */
    synchronized void stepAccepted(Component component, List<String> snapshots) {
        update(component, step -> step.snapshots(snapshots));
    }

    synchronized void stepAdopted(Component component) {
        update(component, step -> step.adopted(true));
        warn(List.of("The reply of " + component.displayName() + " was lost; its backup was found by asking for it."));
    }

    /** A part has failed for a reason that passes: it is deleted, and asked for again. */
    synchronized void stepTakenAgain(Component component, Throwable failure) {
        String why = String.valueOf(failure.getMessage());
        int before = step(component).takenAgain();
        update(component, step -> step.takenAgain(before + 1));
        progress.put(component, StepProgress.NONE);
        warn(List.of(why + " That passes by itself, so the snapshot is deleted and taken again."));
        tell((listener, at) -> listener.stepTakenAgain(backupId, component, why, at));
    }

    synchronized void stepProgress(Component component, StepProgress now) {
        if (!now.equals(progress.put(component, now))) {
            Instant at = time.now();
            events.progress(component, listener -> listener.stepProgress(backupId, component, now, at));
        }
    }

    synchronized void stepFinished(Component component, UnaryOperator<StepReport.Builder> details) {
        update(
                component,
                step -> details.apply(step.state(StepReport.State.COMPLETED).endedAt(time.now())));
        LOG.info("Backup {}: {} complete", backupId, component.displayName());
        tell((listener, at) -> listener.stepFinished(backupId, component, at));
    }

    synchronized void stepFailed(Component component, Throwable reason) {
        update(
                component,
                step -> step.state(StepReport.State.FAILED)
                        .endedAt(time.now())
                        .failure(String.valueOf(reason.getMessage())));
    }

    /**
     * The positions are those of this moment: everything up to them was in the search engine before anything of it was
     * read.
     */
    void exportingPaused(ExportingStatus status) {
        exportingPaused(status, time.now());
    }

    /** As the other one, for a pause that is older. */
    synchronized void exportingPaused(ExportingStatus status, Instant confirmedAt) {
        paused = status;
        pausedAt = confirmedAt;
        evidence = PauseEvidence.of(status, confirmedAt).orElse(null);
        LOG.info("Backup {}: exporting paused", backupId);
        tell((listener, at) -> listener.exportingPaused(backupId, at));
    }

    /** The partitions that the cluster had when the pause was confirmed; none if that is not known. */
    synchronized Set<Integer> expectedPartitions() {
        return paused == null ? Set.of() : paused.expectedPartitions();
    }

    synchronized Optional<PauseEvidence> evidence() {
        return Optional.ofNullable(evidence);
    }

    Instant startedAt() {
        return startedAt;
    }

    synchronized void exportingResumed(PauseReport pause) {
        LOG.info("Backup {}: {}", backupId, pause.instruction());
        tell(
                pause.state() == PauseReport.State.RESUMED
                        ? (listener, at) -> listener.exportingResumed(backupId, pause.confirmedByBrokers(), at)
                        : (listener, at) -> listener.exportingNotResumed(backupId, pause, at));
    }

    /** What is known so far of the backup; only once there is a plan. */
    synchronized BackupManifest.Builder manifest() {
        BackupManifest.Builder manifest =
                BackupManifest.builder(backupId, line().orElseThrow()).physicalTenant(tenant);
        steps.values().forEach(step -> manifest.component(part(step)));
        if (paused != null && pausedAt != null) {
            manifest.pausedAt(pausedAt);
            if (!paused.expectedPartitions().isEmpty()) {
                manifest.partitions(paused.expectedPartitions().size());
            }
            paused.leaders().stream()
                    .filter(leader -> leader.exportedPosition().orElse(-1) >= 0)
                    // If two brokers think that they lead, the lower position is the one that is true for both.
                    .sorted(Comparator.comparingLong((PartitionStatus leader) ->
                                    leader.exportedPosition().orElse(-1))
                            .reversed())
                    .forEach(leader -> manifest.exportedPosition(
                            leader.partitionId(), leader.exportedPosition().orElseThrow()));
        }
        return manifest;
    }

    /** Lines whose endpoints look the same are distinguished by the versions that components name. */
    private Optional<String> line() {
        return Optional.ofNullable(line)
                .map(planned -> steps.values().stream()
                        .flatMap(step -> step.versions().stream())
                        .flatMap(version -> lines.ofVersion(version).stream())
                        .filter(named -> named.order().equals(planned.order()))
                        .findFirst()
                        .orElse(planned)
                        .id());
    }

    private static BackupManifest.Part part(StepReport step) {
        boolean complete = step.state() == StepReport.State.COMPLETED;
        return new BackupManifest.Part(
                step.component(),
                complete ? step.versions() : List.of(),
                complete && !step.snapshots().isEmpty()
                        ? OptionalInt.of(step.snapshots().size())
                        : OptionalInt.empty());
    }

    /**
     * The end, which is told last.
     *
     * @return completes when the listeners know, or have taken too long; never fails
     */
    synchronized CompletableFuture<BackupReport> end(
            BackupReport.Outcome outcome, PauseReport pause, @Nullable Throwable failure) {
        BackupReport report = close(outcome, pause, failure);
        return events.last(
                        outcome == BackupReport.Outcome.COMPLETED
                                ? listener -> listener.finished(report)
                                : listener -> listener.failed(report))
                .thenApply(told -> report);
    }

    private void tell(BiConsumer<BackupListener, Instant> event) {
        Instant at = time.now();
        events.add(listener -> event.accept(listener, at));
    }

    /** What is written down of the end, before it is one. */
    synchronized RunOutcome ending(BackupReport.Outcome outcome, PauseReport pause, @Nullable Throwable failure) {
        return RunOutcome.of(report(outcome, pause, failure));
    }

    /** Whether any component has been asked for its part. */
    synchronized boolean hasAsked() {
        return steps.values().stream().anyMatch(step -> step.state() != StepReport.State.NOT_STARTED);
    }

    private BackupReport close(BackupReport.Outcome outcome, PauseReport pause, @Nullable Throwable failure) {
        // A component that was asked, and whose end was not seen, may still be working.
        List<Component> open = steps.values().stream()
                .filter(step -> step.state() == StepReport.State.STARTED)
                .map(StepReport::component)
                .toList();
        open.forEach(component -> update(
                component,
                step -> step.state(StepReport.State.ABANDONED)
                        .failure("The run ended before this backup did. It may still be running there.")));
        BackupReport report = report(outcome, pause, failure);
        if (outcome == BackupReport.Outcome.COMPLETED) {
            LOG.info("Backup {} is complete after {}", backupId, report.duration());
        } else {
            LOG.error(
                    "Backup {} ended as {}: {}",
                    backupId,
                    outcome,
                    report.failure().orElse(""));
        }
        return report;
    }

    private BackupReport report(BackupReport.Outcome outcome, PauseReport pause, @Nullable Throwable failure) {
        return new BackupReport(
                backupId,
                tenant,
                outcome,
                line().orElse(null),
                snapshotStore,
                startedAt,
                time.now(),
                List.copyOf(steps.values()),
                pause,
                warnings,
                failure == null ? null : String.valueOf(failure.getMessage()),
                coverage);
    }

    /** The snapshots that the components have made; those of a user's own component only if they are named alike. */
    synchronized List<SnapshotName> snapshots() {
        return steps.values().stream()
                .flatMap(step -> step.snapshots().stream())
                .flatMap(name -> SnapshotName.parse(name).stream())
                .toList();
    }

    /** What the snapshots hold was compared with what there is. */
    synchronized void compared(IndexComparison.Result result) {
        warn(result.warnings());
        coverage = result.coverage().orElse(null);
    }

    /** The state of each step. */
    synchronized Map<Component, StepReport.State> states() {
        Map<Component, StepReport.State> states = new LinkedHashMap<>();
        steps.forEach((component, step) -> states.put(component, step.state()));
        return states;
    }

    synchronized Map<Component, StepProgress> progress() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(progress));
    }

    private void update(Component component, UnaryOperator<StepReport.Builder> change) {
        steps.put(component, change.apply(step(component).toBuilder()).build());
    }

    private StepReport step(Component component) {
        return Objects.requireNonNull(steps.get(component), "not planned: " + component);
    }
}
