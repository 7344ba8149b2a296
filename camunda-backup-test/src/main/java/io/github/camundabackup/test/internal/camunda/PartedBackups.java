package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.test.internal.searchengine.SimulatedClock;
import io.github.camundabackup.test.internal.searchengine.Snapshots;
import io.github.camundabackup.test.internal.searchengine.Snapshots.Part;
import io.github.camundabackup.test.internal.searchengine.Snapshots.PlannedPart;
import io.github.camundabackup.test.simulation.model.BackupFate;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Backups in several snapshots: those of Operate, Tasklist, the web applications and Optimize. Guarded by the cluster's
 * lock.
 */
public final class PartedBackups {
    // The rest of a part's time is the gap in which Camunda answers INCOMPLETE. It does not grow with the data.
    private static final int GAP_FRACTION = 5;
    private static final Duration LONGEST_GAP = Duration.ofMillis(500);
    private static final Duration INCOMPLETE_CHECK_TIMEOUT = Duration.ofMinutes(5);

    private final Component component;
    private final ClusterSettings settings;
    private final Snapshots snapshots;
    private final SimulatedClock clock;
    private final InvariantMonitor watch;
    private final Map<Long, Long> acceptedAt = new HashMap<>();
    private BackupFate fate = BackupFate.SUCCEEDS;

    public PartedBackups(
            Component component,
            ClusterSettings settings,
            Snapshots snapshots,
            SimulatedClock clock,
            InvariantMonitor watch) {
        this.component = component;
        this.settings = settings;
        this.snapshots = snapshots;
        this.clock = clock;
        this.watch = watch;
    }

    Component component() {
        return component;
    }

    ClusterSettings settings() {
        return settings;
    }

    SimulatedClock clock() {
        return clock;
    }

    /** How backups go that are accepted from now on. */
    public void setFate(BackupFate fate) {
        this.fate = fate;
    }

    /** The component stops and starts: parts that have not begun are forgotten, and nothing resumes them. */
    public void restart() {
        snapshots.forgetQueue(namePrefix());
    }

    boolean repositoryExists() {
        return snapshots.repositoryExists();
    }

    /** Whether parts of any backup are still to be taken. */
    boolean isRunning() {
        return snapshots.isTaking(namePrefix());
    }

    boolean isTaking(long id) {
        return snapshots.isTaking(prefix(id));
    }

    /** Whether a backup was accepted so recently that the component does not show it yet. */
    boolean isSettling(long id) {
        Long accepted = acceptedAt.get(id);
        return accepted != null
                && clock.now() - accepted < settings.quirk(settings.settling()).toNanos();
    }

    void requested(long id) {
        watch.backupRequested(component, id);
    }

    /** Returns the names of the parts that will be taken. */
    public List<String> take(long id) {
        watch.backupAccepted(component, id);
        acceptedAt.put(id, clock.now());
        List<List<String>> indices = IndexCatalog.parts(component, settings);
        String version = settings.version().toLowerCase(Locale.ROOT);
        List<PlannedPart> parts = new ArrayList<>();
        for (int i = 1; i <= indices.size(); i++) {
            Map<String, Object> metadata = new LinkedHashMap<>();
            metadata.put("backupId", id);
            metadata.put("version", version);
            metadata.put("partNo", i);
            metadata.put("partCount", indices.size());
            parts.add(new PlannedPart(
                    prefix(id) + version + "_part_" + i + "_of_" + indices.size(), indices.get(i - 1), metadata));
        }
        boolean atOnce = component.equals(Component.OPTIMIZE) && settings.engine() == SearchEngine.OPENSEARCH;
        Duration slot = settings.duration(component).dividedBy(parts.size());
        snapshots.take(new Snapshots.Series(
                prefix(id), parts, slot, settings.quirk(gap(slot)), atOnce, fate, settings.longPause()));
        return parts.stream().map(PlannedPart::name).toList();
    }

    private static Duration gap(Duration slot) {
        Duration share = slot.dividedBy(GAP_FRACTION);
        return share.compareTo(LONGEST_GAP) < 0 ? share : LONGEST_GAP;
    }

    /** The parts that are there, the oldest first. */
    List<Part> parts(long id) {
        return snapshots.find(prefix(id));
    }

    /** All backups, the newest first. */
    Map<Long, List<Part>> all() {
        List<Part> parts = new ArrayList<>(snapshots.find(namePrefix()));
        Collections.reverse(parts);
        return parts.stream()
                .filter(part -> SnapshotName.parse(part.name()).isPresent())
                .collect(Collectors.groupingBy(
                        part -> SnapshotName.parse(part.name())
                                .map(name -> name.backupId().value())
                                .orElseThrow(),
                        LinkedHashMap::new,
                        Collectors.toList()));
    }

    void delete(long id) {
        watch.deleted("backup " + id + " of " + component.displayName());
        snapshots.delete(prefix(id), settings.quirk(settings.settling()));
    }

    /** Camunda's word for the state of these parts, evaluated in Camunda's order. */
    String state(List<Part> parts) {
        int expected = parts.stream().mapToInt(Part::partCount).max().orElse(0);
        if (parts.size() == expected && all(parts, "SUCCESS")) {
            return "COMPLETED";
        }
        if (any(parts, "FAILED") || any(parts, "PARTIAL")) {
            return "FAILED";
        }
        if (any(parts, "INCOMPATIBLE")) {
            return "INCOMPATIBLE";
        }
        if (any(parts, "IN_PROGRESS") || any(parts, "STARTED")) {
            return "IN_PROGRESS";
        }
        if (parts.size() < expected) {
            return waitsBeforeItSaysIncomplete(parts) ? "IN_PROGRESS" : "INCOMPLETE";
        }
        return "FAILED";
    }

    /** From 8.8, a missing part is believed to be on its way for some minutes. Optimize never believed that. */
    private boolean waitsBeforeItSaysIncomplete(List<Part> parts) {
        if (!component.equals(Component.WEB_APPLICATIONS)) {
            return !settings.hasQuirks() && isRunning();
        }
        return parts.stream()
                .map(Part::end)
                .max(Comparator.naturalOrder())
                .map(last -> last.plus(INCOMPLETE_CHECK_TIMEOUT).isAfter(clock.instant()))
                .orElse(false);
    }

    Optional<String> failureReason(List<Part> parts) {
        List<String> failed = parts.stream()
                .filter(part -> part.state().equals("FAILED") || part.state().equals("PARTIAL"))
                .map(Part::name)
                .toList();
        return failed.isEmpty()
                ? Optional.empty()
                : Optional.of("There were failures with the following snapshots: " + failed);
    }

    /** Whether the backup is complete; for the invariants. */
    boolean isComplete(long id) {
        return state(parts(id)).equals("COMPLETED");
    }

    private static boolean any(List<Part> parts, String state) {
        return parts.stream().anyMatch(part -> part.state().equals(state));
    }

    private static boolean all(List<Part> parts, String state) {
        return !parts.isEmpty() && parts.stream().allMatch(part -> part.state().equals(state));
    }

    private String prefix(long id) {
        return namePrefix() + id + "_";
    }

    private String namePrefix() {
        // The name of a component's snapshots before the id, which is made of a backup's number.
        String ofFirst = SnapshotName.prefix(component, BackupId.of(1));
        return ofFirst.substring(0, ofFirst.length() - "1_".length());
    }
}
