package io.github.camundabackup.component;

import io.github.camundabackup.continuous.Checkpoint;
import io.github.camundabackup.continuous.CheckpointRange;
import io.github.camundabackup.continuous.CheckpointState;
import io.github.camundabackup.continuous.CheckpointType;
import io.github.camundabackup.internal.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Reads what {@code state} answers, in both shapes: versions before the release of 8.9 gave times as milliseconds, and
 * ranges as two ids.
 */
final class CheckpointReader {
    private CheckpointReader() {}

    /** Empty if it is no such answer. */
    static Optional<CheckpointState> read(JsonValue json) {
        if (!json.at("checkpointStates").isArray()
                || !json.at("backupStates").isArray()
                || !json.at("ranges").isArray()) {
            return Optional.empty();
        }
        Map<Integer, List<CheckpointRange>> ranges = new TreeMap<>();
        for (JsonValue range : json.elements("ranges")) {
            OptionalLong partition = range.number("partitionId");
            Optional<Checkpoint> start = checkpoint(range.at("start"));
            Optional<Checkpoint> end = checkpoint(range.at("end"));
            if (partition.isPresent() && start.isPresent() && end.isPresent()) {
                ranges.computeIfAbsent((int) partition.getAsLong(), first -> new ArrayList<>())
                        .add(new CheckpointRange(start.get(), end.get()));
            }
        }
        return Optional.of(
                new CheckpointState(newest(json.at("checkpointStates")), newest(json.at("backupStates")), ranges));
    }

    private static Map<Integer, Checkpoint> newest(JsonValue states) {
        Map<Integer, Checkpoint> newest = new TreeMap<>();
        for (JsonValue state : states.elements()) {
            OptionalLong partition = state.number("partitionId");
            Optional<Checkpoint> checkpoint = checkpoint(state);
            if (partition.isPresent() && checkpoint.isPresent()) {
                newest.merge(
                        (int) partition.getAsLong(),
                        checkpoint.get(),
                        (one, other) -> one.id() > other.id() ? one : other);
            }
        }
        return newest;
    }

    /** The object, or only its id. A partition without any checkpoint yet gives an id of 0 or below. */
    private static Optional<Checkpoint> checkpoint(JsonValue json) {
        OptionalLong id = json.isObject() ? json.number("checkpointId") : json.number();
        return id.isEmpty() || id.getAsLong() <= 0
                ? Optional.empty()
                : Optional.of(new Checkpoint(
                        id.getAsLong(),
                        CheckpointType.parse(json.text("checkpointType").orElse("")),
                        position(json.number("checkpointPosition")),
                        position(json.number("firstLogPosition")),
                        time(json)));
    }

    private static OptionalLong position(OptionalLong position) {
        return position.isPresent() && position.getAsLong() > 0 ? position : OptionalLong.empty();
    }

    private static Optional<Instant> time(JsonValue json) {
        OptionalLong milliseconds = json.number("checkpointTimestamp");
        return milliseconds.isPresent()
                ? Optional.of(Instant.ofEpochMilli(milliseconds.getAsLong()))
                : json.time("checkpointTimestamp");
    }
}
