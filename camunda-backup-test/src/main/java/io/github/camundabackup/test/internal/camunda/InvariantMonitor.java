package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.test.internal.searchengine.SimulatedClock;
import io.github.camundabackup.test.simulation.model.Invariant;
import io.github.camundabackup.test.simulation.model.PauseWindow;
import io.github.camundabackup.test.simulation.model.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Watches what happens in the cluster, and records every violation of an invariant. Thread-safe. */
public final class InvariantMonitor {
    private final CamundaLine line;
    private final SimulatedClock clock;
    private final List<Violation> violations = new ArrayList<>();
    private final List<PauseWindow> pauses = new ArrayList<>();
    private final Map<Component, Long> highest = new TreeMap<>();
    private boolean anyPaused;
    private boolean allPaused;

    public InvariantMonitor(CamundaLine line, SimulatedClock clock) {
        this.line = line;
        this.clock = clock;
    }

    /** Exporting was paused or resumed on some or all partitions. */
    synchronized void exporting(boolean any, boolean all) {
        Instant now = clock.instant();
        if (any && !anyPaused) {
            pauses.add(new PauseWindow(now, Optional.empty()));
        } else if (!any && anyPaused) {
            int last = pauses.size() - 1;
            pauses.set(last, new PauseWindow(pauses.get(last).start(), Optional.of(now)));
        }
        anyPaused = any;
        allPaused = all;
    }

    public synchronized boolean isAnyPaused() {
        return anyPaused;
    }

    public synchronized List<PauseWindow> pauses() {
        return List.copyOf(pauses);
    }

    /** A component was asked for a backup, whatever it answers. */
    synchronized void backupRequested(Component component, long id) {
        long before = highest.getOrDefault(component, 0L);
        if (id < before) {
            violate(
                    Invariant.IDS_INCREASE,
                    component.displayName() + " was asked for backup " + id + " after backup " + before + ".");
        }
        highest.put(component, Math.max(id, before));
    }

    synchronized void backupAccepted(Component component, long id) {
        boolean inPause = line.order().inPause().stream().anyMatch(group -> group.contains(component));
        if (inPause && component.equals(Component.WEB_APPLICATIONS) && !allPaused) {
            violate(
                    Invariant.EXPORTING_IS_PAUSED_BEFORE_WEB_APPLICATIONS,
                    "Backup " + id + " of the web applications began while " + exportingState() + ".");
        }
    }

    /**
     * What is wrong with a snapshot of the records that begins now; not yet remembered, as it may be refused.
     *
     * @param incomplete the components whose backups of this id are not complete
     */
    public synchronized List<Violation> recordsWouldBegin(long id, List<Component> incomplete) {
        List<Violation> wrong = new ArrayList<>();
        if (!allPaused) {
            wrong.add(new Violation(
                    Invariant.EXPORTING_IS_PAUSED_FOR_RECORDS_AND_ZEEBE,
                    "The snapshot of the records of backup " + id + " began while " + exportingState() + "."));
        }
        for (Component component : incomplete) {
            if (isOlderThanRecords(component)) {
                wrong.add(new Violation(
                        Invariant.WEB_APPLICATIONS_ARE_OLDER_THAN_RECORDS,
                        "The snapshot of the records of backup " + id + " began before " + component.displayName()
                                + " was complete."));
            }
        }
        return wrong;
    }

    private boolean isOlderThanRecords(Component component) {
        return line.isImporter(component)
                && line.order().beforePause().stream().anyMatch(group -> group.contains(component));
    }

    public synchronized void remember(List<Violation> happened) {
        violations.addAll(happened);
    }

    /**
     * Zeebe makes its checkpoint.
     *
     * @param recordsComplete whether there is a complete snapshot of the records of this id
     */
    synchronized void checkpoint(long id, boolean recordsComplete) {
        if (!allPaused) {
            violate(
                    Invariant.EXPORTING_IS_PAUSED_FOR_RECORDS_AND_ZEEBE,
                    "Zeebe's checkpoint " + id + " was made while " + exportingState() + ".");
        }
        if (!recordsComplete) {
            violate(
                    Invariant.RECORDS_ARE_OLDER_THAN_CHECKPOINT,
                    "Zeebe's checkpoint " + id + " was made before there was a complete snapshot of the records.");
        }
    }

    /** Whether exporting is paused on all partitions, and was at that time already, in the same pause. */
    synchronized boolean isInThisPause(Instant time) {
        return allPaused && !time.isBefore(pauses.get(pauses.size() - 1).start());
    }

    public synchronized void deleted(String what) {
        violate(Invariant.NOTHING_IS_DELETED, "It was asked to delete " + what + ".");
    }

    public synchronized List<Violation> violations() {
        List<Violation> all = new ArrayList<>(violations);
        if (anyPaused) {
            all.add(new Violation(
                    Invariant.EXPORTING_IS_RESUMED,
                    "Exporting is still paused, since "
                            + pauses.get(pauses.size() - 1).start() + "."));
        }
        return List.copyOf(all);
    }

    private String exportingState() {
        return anyPaused ? "exporting was paused on some partitions only" : "exporting was not paused";
    }

    private void violate(Invariant invariant, String description) {
        violations.add(new Violation(invariant, description));
    }
}
