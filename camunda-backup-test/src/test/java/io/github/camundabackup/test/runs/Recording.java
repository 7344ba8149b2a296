package io.github.camundabackup.test.runs;

import io.github.camundabackup.backup.BackupListener;
import io.github.camundabackup.backup.BackupPlan;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.report.StepProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Remembers what a listener is told, and does something at a chosen moment, once. */
public final class Recording implements BackupListener {
    private final List<String> events = new ArrayList<>();
    private final List<Instant> times = new ArrayList<>();
    private final Map<String, Runnable> actions = new ConcurrentHashMap<>();

    public void onStep(Component component, Runnable action) {
        actions.put("started " + component, action);
    }

    public void onProgress(Component component, int partsDone, Runnable action) {
        actions.put("progress " + component + " " + partsDone, action);
    }

    /** The first time that anything is known of a component's progress. */
    public void onProgress(Component component, Runnable action) {
        actions.put("progress " + component, action);
    }

    /** For events that have no method of their own here, by their name. */
    public void on(String event, Runnable action) {
        actions.put(event, action);
    }

    /** When each of the events was, in the same order. */
    synchronized List<Instant> times() {
        return List.copyOf(times);
    }

    public synchronized List<String> events() {
        return List.copyOf(events);
    }

    @Override
    public void started(BackupId backupId, BackupPlan plan, Instant at) {
        happened(at, "started");
    }

    @Override
    public void stepStarted(BackupId backupId, Component component, Instant at) {
        happened(at, "started " + component);
    }

    @Override
    public void stepProgress(BackupId backupId, Component component, StepProgress progress, Instant at) {
        happened(at, "progress " + component + " " + progress.partsDone());
        act("progress " + component);
    }

    @Override
    public void stepFinished(BackupId backupId, Component component, Instant at) {
        happened(at, "finished " + component);
    }

    @Override
    public void stepTakenAgain(BackupId backupId, Component component, String why, Instant at) {
        happened(at, "again " + component);
    }

    @Override
    public void waiting(BackupId backupId, String why, Instant at) {
        happened(at, "waiting");
    }

    @Override
    public void exportingPaused(BackupId backupId, Instant at) {
        happened(at, "paused");
    }

    @Override
    public void exportingResumed(BackupId backupId, boolean confirmedByBrokers, Instant at) {
        happened(at, "resumed");
    }

    @Override
    public void exportingNotResumed(BackupId backupId, PauseReport pause, Instant at) {
        happened(at, "not resumed");
    }

    @Override
    public void finished(BackupReport report) {
        happened(report.endedAt(), "finished");
    }

    @Override
    public void failed(BackupReport report) {
        happened(report.endedAt(), "failed");
    }

    private void happened(Instant at, String event) {
        synchronized (this) {
            events.add(event);
            times.add(at);
        }
        act(event);
    }

    private void act(String event) {
        @Nullable Runnable action = actions.remove(event);
        if (action != null) {
            action.run();
        }
    }
}
