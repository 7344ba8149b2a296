package io.github.camundabackup.test.internal.searchengine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A registered repository. What lies in its location outlives the registration. Guarded by the engine's lock. */
final class SimulatedRepository {
    private final String name;
    private final String type;
    private final Map<String, Object> settings;
    private final List<SimulatedSnapshot> contents;

    SimulatedRepository(String name, String type, Map<String, Object> settings, List<SimulatedSnapshot> contents) {
        this.name = name;
        this.type = type;
        this.settings = settings;
        this.contents = contents;
    }

    String name() {
        return name;
    }

    String type() {
        return type;
    }

    Map<String, Object> settings() {
        return settings;
    }

    boolean isReadOnly() {
        return "true".equals(String.valueOf(settings.getOrDefault("readonly", false)));
    }

    void add(SimulatedSnapshot snapshot) {
        contents.add(snapshot);
    }

    /** Forgets what is still to come and matches. */
    void cancelPlanned(Collection<String> names, long now) {
        contents.removeIf(snapshot -> snapshot.isPlanned(now) && names.contains(snapshot.name()));
    }

    /**
     * Forgets what no engine will finish any more: only a finished snapshot can be found in a repository's location.
     */
    void abandonUnfinished(long now) {
        contents.removeIf(snapshot -> snapshot.isPlanned(now) || snapshot.isInProgress(now));
    }

    List<SimulatedSnapshot> snapshots(long now) {
        List<SimulatedSnapshot> there = new ArrayList<>();
        for (SimulatedSnapshot snapshot : contents) {
            if (snapshot.isThere(now)) {
                there.add(snapshot);
            }
        }
        return there;
    }

    Optional<SimulatedSnapshot> find(String snapshot, long now) {
        return snapshots(now).stream().filter(s -> s.name().equals(snapshot)).findFirst();
    }

    boolean isBusy(long now) {
        return contents.stream().anyMatch(snapshot -> snapshot.isInProgress(now));
    }
}
