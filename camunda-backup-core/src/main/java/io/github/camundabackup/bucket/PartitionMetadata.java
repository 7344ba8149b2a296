package io.github.camundabackup.bucket;

import io.github.camundabackup.continuous.Checkpoint;
import io.github.camundabackup.continuous.CheckpointRange;
import io.github.camundabackup.continuous.CheckpointType;
import io.github.camundabackup.continuous.PartitionHistory;
import io.github.camundabackup.internal.json.Json;
import io.github.camundabackup.internal.json.JsonFormatException;
import io.github.camundabackup.internal.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What Zeebe 8.9 and later keeps in {@code metadata/} about one partition: its checkpoints, and between which of them
 * the log is whole. It is written after the manifests, so that these decide what can be restored.
 *
 * @param partitionId the partition's number, from 1
 * @param updatedAt when it was written, by the broker's clock
 * @param checkpoints in the order of the file; markers of continuous backups among them
 * @param ranges in the order of the file
 * @param problem why it cannot be read; then it has nothing else
 */
public record PartitionMetadata(
        int partitionId,
        Optional<Instant> updatedAt,
        List<Checkpoint> checkpoints,
        List<Range> ranges,
        Optional<String> problem) {
    static final String FOLDER = "metadata/";
    static final int LARGEST = 64 * 1024 * 1024;

    public PartitionMetadata {
        Objects.requireNonNull(updatedAt, "updatedAt");
        checkpoints = List.copyOf(checkpoints);
        ranges = List.copyOf(ranges);
        Objects.requireNonNull(problem, "problem");
    }

    /**
     * Between two checkpoints the log is whole.
     *
     * @param start the id of the first
     * @param end the id of the last
     */
    public record Range(long start, long end) {}

    /**
     * The history of the partition that this describes.
     *
     * @return empty if the file cannot be read, or a range in it begins or ends at a checkpoint that it does not list
     */
    public Optional<PartitionHistory> history() {
        Map<Long, Checkpoint> byId = new HashMap<>();
        checkpoints.forEach(checkpoint -> byId.put(checkpoint.id(), checkpoint));
        List<CheckpointRange> found = new ArrayList<>();
        for (Range range : ranges) {
            Checkpoint start = byId.get(range.start());
            Checkpoint end = byId.get(range.end());
            if (start == null || end == null) {
                return Optional.empty();
            }
            found.add(new CheckpointRange(start, end));
        }
        return problem.isPresent()
                ? Optional.empty()
                : Optional.of(new PartitionHistory(partitionId, checkpoints, found));
    }

    static String key(int partition) {
        return FOLDER + partition + "/metadata.json";
    }

    static PartitionMetadata unreadable(int partition, String problem) {
        return new PartitionMetadata(partition, Optional.empty(), List.of(), List.of(), Optional.of(problem));
    }

    /** Markers have -1. */
    private static OptionalLong positive(OptionalLong position) {
        return position.isPresent() && position.getAsLong() > 0 ? position : OptionalLong.empty();
    }

    /** Both forms: the earlier one has more in it, which nothing here needs. */
    static PartitionMetadata read(int partition, byte[] document) {
        try {
            JsonValue json = Json.read(document);
            if (!json.isObject() || !json.number("partitionId").equals(OptionalLong.of(partition))) {
                return unreadable(partition, key(partition) + " is not that of partition " + partition + ".");
            }
            return new PartitionMetadata(
                    partition,
                    json.time("lastUpdated"),
                    json.at("checkpoints").elements().stream()
                            .filter(checkpoint ->
                                    checkpoint.number("checkpointId").isPresent())
                            .map(checkpoint -> new Checkpoint(
                                    checkpoint.number("checkpointId").getAsLong(),
                                    CheckpointType.parse(
                                            checkpoint.text("checkpointType").orElse("MANUAL_BACKUP")),
                                    checkpoint.number("checkpointPosition"),
                                    positive(checkpoint.number("firstLogPosition")),
                                    checkpoint.time("checkpointTimestamp")))
                            .toList(),
                    json.at("ranges").elements().stream()
                            .filter(range -> range.number("start").isPresent()
                                    && range.number("end").isPresent())
                            .map(range -> new Range(
                                    range.number("start").getAsLong(),
                                    range.number("end").getAsLong()))
                            .toList(),
                    Optional.empty());
        } catch (JsonFormatException e) {
            return unreadable(partition, key(partition) + " cannot be read: " + e.getMessage() + ".");
        }
    }
}
