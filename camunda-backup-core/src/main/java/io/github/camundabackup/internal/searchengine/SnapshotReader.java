package io.github.camundabackup.internal.searchengine;

import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a snapshot as the engines describe it. */
final class SnapshotReader {
    private static final int MAX_FAILURES = 5;

    private SnapshotReader() {}

    /** Empty if this is no description of a snapshot. */
    static Optional<SnapshotInfo> read(JsonValue snapshot) {
        Optional<String> name = snapshot.text("snapshot");
        Optional<String> state = snapshot.text("state");
        if (name.isEmpty() || state.isEmpty()) {
            return Optional.empty();
        }
        JsonValue shards = snapshot.at("shards");
        List<JsonValue> failures = snapshot.elements("failures");
        SnapshotInfo.Builder info = SnapshotInfo.builder(name.get(), SnapshotState.parse(state.get()))
                .uuid(snapshot.text("uuid").orElse(""))
                .engineVersion(snapshot.text("version").orElse(""))
                .indices(names(snapshot.elements("indices")))
                .metadata(metadata(snapshot.at("metadata")))
                .shards(count(shards, "total"), count(shards, "failed"))
                .failures(failures(failures))
                // Some reasons may not be given: then there are others.
                .failuresPass(count(shards, "failed") == failures.size()
                        && ShardFailures.allPass(failures.stream()
                                .map(failure -> failure.text("reason").orElse(""))
                                .toList()));
        time(snapshot, "start_time_in_millis").ifPresent(info::startTime);
        time(snapshot, "end_time_in_millis").ifPresent(info::endTime);
        return Optional.of(info.build());
    }

    static int count(JsonValue object, String field) {
        return (int) object.number(field).orElse(0);
    }

    private static List<String> names(List<JsonValue> values) {
        return values.stream().map(JsonValue::text).flatMap(Optional::stream).toList();
    }

    private static Map<String, String> metadata(JsonValue metadata) {
        Map<String, String> read = new LinkedHashMap<>();
        metadata.fields().forEach((key, value) -> {
            if (!value.isAbsent()) {
                read.put(key, value.text().orElseGet(value::toString));
            }
        });
        return read;
    }

    private static List<String> failures(List<JsonValue> failures) {
        return failures.stream()
                .limit(MAX_FAILURES)
                .map(failure -> failure.text("index").orElse("?") + "["
                        + failure.text("shard_id").orElse("?") + "]: "
                        + failure.text("reason").orElse("no reason given"))
                .toList();
    }

    // An end that has not come is sent as the year 1970.
    private static Optional<Instant> time(JsonValue snapshot, String field) {
        long millis = snapshot.number(field).orElse(0);
        return millis > 0 ? Optional.of(Instant.ofEpochMilli(millis)) : Optional.empty();
    }
}
