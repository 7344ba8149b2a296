package io.github.camundabackup.restore;

import io.github.camundabackup.internal.failure.Outages;
import io.github.camundabackup.internal.foreign.EventQueue;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.report.RestoreReport.Index;
import io.github.camundabackup.report.RestoreReport.Outcome;
import io.github.camundabackup.report.RestoreReport.State;
import io.github.camundabackup.report.RestoreStatus;
import io.github.camundabackup.report.RestoreStatus.Step;
import io.github.camundabackup.restore.plan.RestoreListener;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.runtime.TimeSource;
import io.github.camundabackup.snapshot.RestoreProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The record of a restore so far, for its report and its listeners. Thread-safe. */
final class RestoreProgressRecord implements Outages.Watcher {
    private static final Logger LOG = LoggerFactory.getLogger(RestoreProgressRecord.class);

    private final RestorePlan plan;
    private final EventQueue<RestoreListener> events;
    private final TimeSource time;
    private final Instant startedAt;
    private final Set<String> kept = new HashSet<>();
    private final Set<String> deleting = new HashSet<>();
    private final Set<String> begun = new HashSet<>();
    private final Map<String, Long> restored = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private RestoreStatus status;
    private Step reached = Step.CHECKING;
    private Step beforeDeleting = Step.CHECKING;
    private boolean deletionRefused;

    RestoreProgressRecord(RestorePlan plan, List<RestoreListener> listeners, ClientResources resources) {
        this.plan = plan;
        events = new EventQueue<>(() -> "Restore of backup " + plan.backupId(), listeners, resources);
        time = resources.time();
        startedAt = time.now();
        warnings.addAll(plan.warnings());
        status = new RestoreStatus(Step.CHECKING, 0, plan.snapshots().size(), 0, 0);
    }

    synchronized RestoreStatus status() {
        return status;
    }

    synchronized void enter(Step step) {
        LOG.info("Restore of backup {}: {}", plan.backupId(), step);
        reached = step;
        show(new RestoreStatus(step, status.snapshotsDone(), status.snapshotsTotal(), 0, 0));
    }

    /** Whatever was warned of already is left out. */
    synchronized void warn(Collection<String> more) {
        more.stream().filter(warning -> !warnings.contains(warning)).forEach(warnings::add);
    }

    /** Something is away, and is waited for. */
    @Override
    public synchronized void begins(Throwable failure) {
        String why = String.valueOf(failure.getMessage());
        LOG.warn("Restore of backup {} waits: {}", plan.backupId(), why);
        Instant at = time.now();
        events.add(listener -> listener.waiting(plan.backupId(), why, at));
    }

    @Override
    public void ends(Throwable failure, Duration lasted) {
        String waited =
                "The restore had to wait for " + Math.max(1, lasted.toSeconds()) + " s: " + failure.getMessage();
        LOG.warn("Restore of backup {}: {}", plan.backupId(), waited);
        warn(List.of(waited));
    }

    synchronized void keep(Collection<String> indices) {
        kept.addAll(indices);
    }

    synchronized void deleting(Collection<String> indices) {
        beforeDeleting = reached == Step.DELETING ? beforeDeleting : reached;
        deletionRefused = false;
        deleting.addAll(indices);
        if (status.step() == Step.DELETING) {
            reached = Step.DELETING;
        } else {
            enter(Step.DELETING);
        }
    }

    /** The engine has refused it, and they are all still there: everything is as it was before. */
    synchronized void nothingDeleted() {
        deleting.clear();
        deletionRefused = true;
        reached = beforeDeleting;
    }

    /** Whether the last deletion was refused, and has deleted nothing. */
    synchronized boolean isDeletionRefused() {
        return deletionRefused;
    }

    synchronized void begun(Collection<String> indices) {
        begun.addAll(indices);
    }

    synchronized void progress(RestoreProgress progress) {
        show(new RestoreStatus(
                status.step(),
                status.snapshotsDone(),
                status.snapshotsTotal(),
                progress.bytesDone(),
                progress.bytesTotal()));
    }

    synchronized void snapshotDone() {
        show(new RestoreStatus(
                status.step(),
                status.snapshotsDone() + 1,
                status.snapshotsTotal(),
                status.bytesDone(),
                status.bytesTotal()));
    }

    synchronized void counted(Map<String, Long> documents) {
        restored.putAll(documents);
    }

    /** The last step that has changed anything, or may have. */
    synchronized Step reached() {
        return reached;
    }

    /** Whether anything may have been changed anywhere. */
    synchronized boolean isChanged() {
        return reached != Step.CHECKING;
    }

    /** Whether that may be more than that components were stopped. */
    synchronized boolean isDataChanged() {
        return switch (reached) {
            case CHECKING, STOPPING -> false;
            case DELETING, RESTORING, VERIFYING, RESTORING_ZEEBE, STARTING, ENDED -> true;
        };
    }

    /** What the engine must be asked about, when a run ends early: indices whose fate was not seen. */
    synchronized Set<String> open() {
        Set<String> open = new HashSet<>(deleting);
        open.addAll(begun);
        open.removeAll(restored.keySet());
        return open;
    }

    /**
     * The end, which is told last.
     *
     * @param present which of {@link #open()} there are; null if the engine could not be asked
     * @param whole which of them are wholly restored
     * @return completes when the listeners know, or have taken too long; never fails
     */
    synchronized CompletableFuture<RestoreReport> end(
            Outcome outcome,
            @Nullable Set<String> present,
            Set<String> whole,
            List<String> remaining,
            @Nullable Throwable failure) {
        if (present == null) {
            warnings.add("The engine could not be asked what became of what was under way. Ask it before you go on.");
        }
        List<String> deleted = deleting.stream()
                .filter(index -> begun.contains(index) || (present != null && !present.contains(index)))
                .sorted()
                .toList();
        List<Index> indices = new ArrayList<>();
        plan.snapshots()
                .forEach(snapshot -> plan.names()
                        .of(snapshot.indices())
                        .forEach(index -> indices.add(new Index(
                                index,
                                snapshot.name().toString(),
                                state(index, present, whole),
                                restored.containsKey(index)
                                        ? OptionalLong.of(restored.get(index))
                                        : OptionalLong.empty()))));
        RestoreReport report = new RestoreReport(
                plan.backupId(),
                outcome,
                plan.snapshotStore(),
                startedAt,
                time.now(),
                deleted,
                indices,
                remaining,
                warnings,
                failure == null ? null : String.valueOf(failure.getMessage()));
        status = new RestoreStatus(Step.ENDED, status.snapshotsDone(), status.snapshotsTotal(), 0, 0);
        LOG.info("Restore of backup {}: {}", plan.backupId(), outcome);
        return events.last(listener -> listener.ended(report)).thenApply(told -> report);
    }

    private State state(String index, @Nullable Set<String> present, Set<String> whole) {
        if (kept.contains(index)) {
            return State.KEPT;
        }
        if (restored.containsKey(index) || (begun.contains(index) && whole.contains(index))) {
            return State.RESTORED;
        }
        if (!begun.contains(index)) {
            return State.NOT_RESTORED;
        }
        if (present == null) {
            return State.UNKNOWN;
        }
        return present.contains(index) ? State.INCOMPLETE : State.NOT_RESTORED;
    }

    private void show(RestoreStatus next) {
        status = next;
        events.progress(next.step(), listener -> listener.progress(plan.backupId(), next));
    }
}
