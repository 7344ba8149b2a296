package io.github.camundabackup.test.internal.searchengine;

import io.github.camundabackup.test.simulation.model.SnapshotDamage;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot whose whole life was decided when it was asked for: it is there from its start, in progress until its end,
 * and gone from the time of its deletion. Guarded by the engine's lock.
 */
final class SimulatedSnapshot {
    private final String name;
    private final String uuid;
    private final Map<String, Map<String, Object>> indices;
    private final Map<String, Long> created;
    private final @Nullable Map<String, Object> metadata;
    private final boolean globalState;
    private final long start;
    private final long end;
    private final String finalState;
    private final String shardFailure;
    private final Set<SnapshotDamage> damages = EnumSet.noneOf(SnapshotDamage.class);
    private Map<String, IndexMetadata> described = Map.of();
    private long deletedAt = SimulatedClock.NEVER;

    /**
     * @param indices the documents of each index
     * @param created when each index was made
     */
    SimulatedSnapshot(
            String name,
            String uuid,
            Map<String, Map<String, Object>> indices,
            Map<String, Long> created,
            @Nullable Map<String, Object> metadata,
            boolean globalState,
            long start,
            long end,
            String finalState,
            String shardFailure) {
        this.name = name;
        this.uuid = uuid;
        this.indices = new LinkedHashMap<>(indices);
        this.created = Map.copyOf(created);
        this.metadata = metadata;
        this.globalState = globalState;
        this.start = start;
        this.end = end;
        this.finalState = finalState;
        this.shardFailure = shardFailure;
    }

    String name() {
        return name;
    }

    String uuid() {
        return uuid;
    }

    /** What it holds of each index beside the documents. */
    void describe(Map<String, IndexMetadata> metadataOfIndices) {
        described = Map.copyOf(metadataOfIndices);
    }

    IndexMetadata metadata(String index) {
        return described.getOrDefault(index, IndexMetadata.NONE);
    }

    /** The documents of each index. */
    Map<String, Map<String, Object>> indices() {
        return indices;
    }

    /** When the original of an index was made. */
    long created(String index) {
        return created.getOrDefault(index, start);
    }

    @Nullable
    Map<String, Object> metadata() {
        return metadata;
    }

    boolean hasGlobalState() {
        return globalState;
    }

    long start() {
        return start;
    }

    long end() {
        return end;
    }

    boolean isThere(long now) {
        return start <= now && now < deletedAt;
    }

    /** Whether it is still to come. */
    boolean isPlanned(long now) {
        return now < start;
    }

    boolean isInProgress(long now) {
        return isThere(now) && now < end;
    }

    /** Whether it is being deleted, which takes a while. */
    boolean isBeingDeleted(long now) {
        return isThere(now) && deletedAt != SimulatedClock.NEVER;
    }

    void delete(long at) {
        deletedAt = Math.min(deletedAt, at);
    }

    void damage(SnapshotDamage damage) {
        damages.add(damage);
    }

    boolean has(SnapshotDamage damage) {
        return damages.contains(damage);
    }

    /** The word of the get call; the status call says {@code STARTED} instead of {@code IN_PROGRESS}. */
    String state(long now) {
        return isInProgress(now) ? "IN_PROGRESS" : finalState;
    }

    /** Why shards failed, if any did. */
    String shardFailure() {
        return shardFailure;
    }

    /** Whether it ended without some of its shards. */
    boolean isPartial(long now) {
        return isThere(now) && !isInProgress(now) && finalState.equals("PARTIAL");
    }

    /** Indices whose shards failed. */
    List<String> failedIndices(long now) {
        boolean failed = !isInProgress(now) && (finalState.equals("FAILED") || finalState.equals("PARTIAL"));
        return failed ? indices.keySet().stream().limit(1).toList() : List.of();
    }
}
