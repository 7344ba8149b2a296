package io.github.camundabackup.test.internal.searchengine;

import io.github.camundabackup.test.simulation.model.BackupFate;
import io.github.camundabackup.test.simulation.model.EngineVersion;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import io.github.camundabackup.test.simulation.model.SnapshotDamage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Indices and repositories of the simulated engine. Thread-safe through its own lock. */
public final class EngineState {
    private static final String LOST_PRIMARY = "primary shard is not allocated";

    private final SimulatedClock clock;
    private final EngineVersion version;
    private final Object lock = new Object();
    private final Map<String, SimulatedIndex> indices = new TreeMap<>();
    private final Map<String, String> templates = new TreeMap<>();
    private final Set<String> policies = new TreeSet<>();
    private final Map<String, SimulatedRepository> repositories = new LinkedHashMap<>();
    // What lies in a location may be registered with more than one engine, each with a lock of its own.
    private final Map<String, List<SimulatedSnapshot>> locations;
    private volatile String id = UUID.randomUUID().toString();
    private String allowedLocation = "";
    private Duration recordsDuration = Duration.ZERO;
    private Duration restoreDuration = Duration.ZERO;
    private BackupFate recordsFate = BackupFate.SUCCEEDS;
    private String shardFailure = LOST_PRIMARY;
    private int shardFailures;
    private final Set<String> unrestorable = new HashSet<>();
    private final SimulatedNode node;
    private boolean unusable;
    private long uuids;

    public EngineState(SimulatedClock clock, EngineVersion version) {
        this(clock, version, new ConcurrentHashMap<>());
    }

    private EngineState(SimulatedClock clock, EngineVersion version, Map<String, List<SimulatedSnapshot>> locations) {
        this.clock = clock;
        this.version = version;
        this.locations = locations;
        node = new SimulatedNode(version.engine());
    }

    /** Another engine, without indices, that reaches the same locations of repositories. */
    public EngineState beside() {
        return new EngineState(clock, version, locations);
    }

    /** The id that distinguishes this engine from others. */
    String id() {
        return id;
    }

    SimulatedClock clock() {
        return clock;
    }

    SearchEngine engine() {
        return version.engine();
    }

    /** Which version of the engine it is. */
    public EngineVersion version() {
        return version;
    }

    /**
     * Whether it answers a listing of nothing as Elasticsearch does from 8.16 on: with an empty list, filtered or not.
     */
    boolean listsNothingAsAnEmptyList() {
        return switch (version) {
            case ELASTICSEARCH_8_16 -> true;
            case ELASTICSEARCH_8_13, OPENSEARCH_2, OPENSEARCH_3 -> false;
        };
    }

    Object lock() {
        return lock;
    }

    SimulatedNode node() {
        return node;
    }

    /** How large the node's disk is, and how much of it is free. */
    public void setDisk(long total, long free) {
        synchronized (lock) {
            node.setDisk(total, free);
        }
    }

    /** Only repositories below this directory can be registered; empty for all. */
    public void allowLocationsIn(String directory) {
        allowedLocation = directory;
    }

    /**
     * Everything in the engine is gone, as after the loss of its disks: it is another engine from now on. What lies in
     * the locations of repositories stays, but for snapshots that are not finished; the repositories are registered
     * again, as an operator does.
     */
    public void loseData() {
        synchronized (lock) {
            indices.clear();
            templates.clear();
            policies.clear();
            id = UUID.randomUUID().toString();
            repositories.values().forEach(repository -> repository.abandonUnfinished(clock.now()));
        }
    }

    /** How long a snapshot takes that a client asks for, and a restore. */
    public void durations(Duration snapshot, Duration restore) {
        synchronized (lock) {
            recordsDuration = snapshot;
            restoreDuration = restore;
        }
    }

    /** How snapshots go that a client asks for. */
    public void recordsFate(BackupFate fate) {
        synchronized (lock) {
            recordsFate = fate;
        }
    }

    /** The next snapshots that a client asks for end without a shard. */
    public void shardFails(String reason, int times) {
        synchronized (lock) {
            shardFailure = reason;
            shardFailures = times;
        }
    }

    /** When a snapshot began that has ended without some of its shards; empty if there is no such snapshot. */
    public Optional<Instant> beginOfPartial(String repository, String snapshot) {
        synchronized (lock) {
            long now = clock.now();
            return findRepository(repository)
                    .flatMap(there -> there.find(snapshot, now))
                    .filter(found -> found.isPartial(now))
                    .map(found -> clock.instant(found.start()));
        }
    }

    /** Whether the nodes fail to write to every repository. */
    public void setUnusable(boolean unusable) {
        synchronized (lock) {
            this.unusable = unusable;
        }
    }

    /** An index that is never restored. */
    public void setUnrestorable(String index) {
        synchronized (lock) {
            unrestorable.add(index);
        }
    }

    /** Loses files of a snapshot. */
    public void damage(String repository, String snapshot, SnapshotDamage damage) {
        synchronized (lock) {
            repository(repository)
                    .find(snapshot, clock.now())
                    .orElseThrow(() -> new IllegalArgumentException("There is no snapshot " + snapshot + "."))
                    .damage(damage);
        }
    }

    /** Begins to delete a snapshot, which takes that long. */
    public void delete(String repository, String snapshot, Duration takes) {
        synchronized (lock) {
            repository(repository)
                    .find(snapshot, clock.now())
                    .orElseThrow(() -> new IllegalArgumentException("There is no snapshot " + snapshot + "."))
                    .delete(SimulatedClock.plus(clock.now(), takes));
        }
    }

    boolean isUnusable() {
        return unusable;
    }

    Map<String, SimulatedIndex> indices() {
        return indices;
    }

    SimulatedIndex createIndex(String name) {
        SimulatedIndex index = new SimulatedIndex(name, uuid(), Map.of(), clock.now());
        index.setMetadata(IndexMetadata.NONE.with(newSettings()));
        indices.put(name, index);
        return index;
    }

    /** What every index is set to that is made by Elasticsearch. */
    private Map<String, @Nullable String> newSettings() {
        return engine() == SearchEngine.ELASTICSEARCH
                ? Map.of("index.routing.allocation.include._tier_preference", "data_content")
                : Map.of();
    }

    /** As the engines do it when a document comes for an index that is not there. */
    SimulatedIndex existingOrNew(String name) {
        SimulatedIndex present = indices.get(name);
        return present == null ? createIndex(name) : present;
    }

    /** Index templates: their names, and the pattern of each. */
    Map<String, String> templates() {
        return templates;
    }

    /** The names of the policies by which old indices are deleted: ILM's or ISM's. */
    Set<String> policies() {
        return policies;
    }

    /** Makes an index template, as applications do when they start. */
    public void createTemplate(String name, String pattern) {
        synchronized (lock) {
            templates.put(name, pattern);
        }
    }

    /** Makes an index with some documents by their ids, unless it exists. */
    public void createIndex(String name, Map<String, ?> documents) {
        synchronized (lock) {
            if (!indices.containsKey(name)) {
                SimulatedIndex index = createIndex(name);
                documents.forEach(index::put);
            }
        }
    }

    /** Adds a document, as an application does; makes the index if there is none. */
    public void write(String name, String id, Map<String, ?> document) {
        synchronized (lock) {
            existingOrNew(name).put(id, document);
        }
    }

    /** Whether there are indices whose names begin so. */
    public boolean hasIndices(String prefix) {
        synchronized (lock) {
            return indices.keySet().stream().anyMatch(name -> name.startsWith(prefix));
        }
    }

    Map<String, SimulatedRepository> repositories() {
        return repositories;
    }

    /** Registers a repository, as an operator does before the first backup. */
    public void register(String name, String type, Map<String, Object> settings) {
        synchronized (lock) {
            String location = String.valueOf(settings.getOrDefault("location", name));
            if (type.equals("fs") && !location.startsWith(allowedLocation)) {
                EngineException refused = EngineException.of(
                        500,
                        "repository_exception",
                        "[" + name + "] location [" + location
                                + "] doesn't match any of the locations specified by path.repo");
                throw EngineException.causedBy(
                        500, "repository_exception", "[" + name + "] failed to create repository", refused);
            }
            SimulatedRepository present = repositories.get(name);
            if (present != null) {
                refuseIfBusy(present);
            }
            List<SimulatedSnapshot> contents = locations.computeIfAbsent(location, l -> new CopyOnWriteArrayList<>());
            repositories.put(name, new SimulatedRepository(name, type, settings, contents));
        }
    }

    void unregister(String name) {
        refuseIfBusy(repository(name));
        repositories.remove(name);
    }

    SimulatedRepository repository(String name) {
        SimulatedRepository repository = repositories.get(name);
        if (repository == null) {
            throw EngineException.repositoryMissing(name);
        }
        return repository;
    }

    Optional<SimulatedRepository> findRepository(String name) {
        return Optional.ofNullable(repositories.get(name));
    }

    /** Begins a snapshot that a client asked for. */
    SimulatedSnapshot snapshot(
            SimulatedRepository repository,
            String name,
            List<String> names,
            @Nullable Map<String, Object> metadata,
            boolean globalState) {
        long now = clock.now();
        if (names.isEmpty()) {
            // There is nothing that could take time, or fail.
            return add(repository, name, names, metadata, globalState, now, now, finalState(BackupFate.SUCCEEDS));
        }
        long end = recordsFate == BackupFate.STUCK ? SimulatedClock.NEVER : now + recordsDuration.toNanos();
        if (shardFailures > 0) {
            shardFailures--;
            return add(repository, name, names, metadata, globalState, now, end, "PARTIAL", shardFailure);
        }
        return add(repository, name, names, metadata, globalState, now, end, finalState(recordsFate));
    }

    SimulatedSnapshot add(
            SimulatedRepository repository,
            String name,
            List<String> names,
            @Nullable Map<String, Object> metadata,
            boolean globalState,
            long start,
            long end,
            String finalState) {
        return add(repository, name, names, metadata, globalState, start, end, finalState, LOST_PRIMARY);
    }

    private SimulatedSnapshot add(
            SimulatedRepository repository,
            String name,
            List<String> names,
            @Nullable Map<String, Object> metadata,
            boolean globalState,
            long start,
            long end,
            String finalState,
            String failure) {
        Map<String, Map<String, Object>> contents = new LinkedHashMap<>();
        Map<String, IndexMetadata> described = new LinkedHashMap<>();
        Map<String, Long> created = new LinkedHashMap<>();
        for (String index : names) {
            SimulatedIndex present = indices.get(index);
            if (present != null) {
                contents.put(index, present.documents());
                created.put(index, present.created());
                described.put(index, present.metadata());
            }
        }
        SimulatedSnapshot snapshot = new SimulatedSnapshot(
                name, uuid(), contents, created, metadata, globalState, start, end, finalState, failure);
        snapshot.describe(described);
        repository.add(snapshot);
        return snapshot;
    }

    static String finalState(BackupFate fate) {
        return switch (fate) {
            case FAILS -> "FAILED";
            case PARTIAL -> "PARTIAL";
            case INCOMPATIBLE -> "INCOMPATIBLE";
            case SUCCEEDS, STUCK, STAYS_INCOMPLETE, PAUSES_INCOMPLETE -> "SUCCESS";
        };
    }

    /**
     * Puts an index back under the given name. Returns when that is done.
     *
     * @param created when its original was made
     */
    long restore(String name, Map<String, Object> documents, long created, IndexMetadata metadata, String source) {
        long now = clock.now();
        boolean refused = !node.refusals(metadata, documents.size() * SimulatedIndex.BYTES_PER_DOCUMENT)
                .isEmpty();
        long recoveredAt =
                refused || unrestorable.contains(name) ? SimulatedClock.NEVER : now + restoreDuration.toNanos();
        SimulatedIndex index = new SimulatedIndex(name, uuid(), documents, created, source, now, recoveredAt);
        index.setMetadata(metadata);
        index.setRefusedByNode(refused);
        indices.put(name, index);
        return recoveredAt;
    }

    /** The snapshots of all repositories that are in progress and hold this index. */
    boolean isBeingSnapshotted(String index) {
        long now = clock.now();
        return repositories.values().stream()
                .flatMap(repository -> repository.snapshots(now).stream())
                .anyMatch(s -> s.isInProgress(now) && s.indices().containsKey(index));
    }

    private void refuseIfBusy(SimulatedRepository repository) {
        if (!repository.isBusy(clock.now())) {
            return;
        }
        throw switch (engine()) {
            case ELASTICSEARCH ->
                EngineException.of(
                        409,
                        "repository_conflict_exception",
                        "[" + repository.name()
                                + "] trying to modify or unregister repository that is currently used (snapshot is in progress)");
            case OPENSEARCH ->
                EngineException.of(
                        500,
                        "illegal_state_exception",
                        "trying to modify or unregister repository that is currently used");
        };
    }

    /** Ids that look like the engines' own, and are the same in every run. */
    private String uuid() {
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(++uuids * 0x9E3779B97F4A7C15L)
                .putLong(uuids * 0xC2B2AE3D27D4EB4FL)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
