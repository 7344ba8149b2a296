package io.github.camundabackup.bucket;

import io.github.camundabackup.bucket.PartitionCopy.Checkpoint;
import io.github.camundabackup.internal.json.Json;
import io.github.camundabackup.internal.json.JsonFormatException;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.model.BackupState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The manifest of a copy, as all stores and versions write it: S3 in lower case, with an object for the files and, up
 * to 8.8, with seconds for times; all others in upper case, with a list.
 */
record Manifest(
        OptionalLong partition,
        OptionalLong checkpointId,
        String node,
        BackupState state,
        Optional<Checkpoint> checkpoint,
        Optional<String> failure,
        Optional<Instant> createdAt,
        Optional<Instant> modifiedAt,
        List<String> files) {
    static final int LARGEST = 16 * 1024 * 1024;
    private static final String MANUAL = "MANUAL_BACKUP";

    /**
     * @throws JsonFormatException if it is none
     */
    static Manifest read(byte[] document) throws JsonFormatException {
        JsonValue json = Json.read(document);
        JsonValue id = json.at("id");
        Optional<String> status = json.text("statusCode");
        if (!id.isObject() || status.isEmpty()) {
            throw new JsonFormatException("no manifest: it has no id or no statusCode");
        }
        String node = id.text("nodeId").orElse("");
        JsonValue descriptor = json.at("descriptor");
        return new Manifest(
                id.number("partitionId"),
                id.number("checkpointId"),
                id.text("zone").map(zone -> zone + "_" + node).orElse(node),
                BackupState.parse(status.get()),
                descriptor.isObject() ? Optional.of(checkpoint(descriptor)) : Optional.empty(),
                json.text("failureReason"),
                time(json, "createdAt"),
                time(json, "modifiedAt"),
                Stream.concat(
                                files(json, "snapshot").stream().map(name -> "snapshot/" + name),
                                files(json, "segments", "segment").stream().map(name -> "segments/" + name))
                        .toList());
    }

    private static Checkpoint checkpoint(JsonValue descriptor) {
        OptionalLong partitions = descriptor.number("numberOfPartitions");
        return new Checkpoint(
                descriptor.number("checkpointPosition"),
                partitions.isPresent() ? OptionalInt.of((int) partitions.getAsLong()) : OptionalInt.empty(),
                descriptor.text("brokerVersion"),
                descriptor.text("snapshotId"),
                descriptor.number("firstLogPosition"),
                time(descriptor, "checkpointTimestamp"),
                descriptor.text("checkpointType").orElse(MANUAL));
    }

    private static List<String> files(JsonValue json, String... kinds) {
        List<String> names = new ArrayList<>();
        for (String kind : kinds) {
            for (JsonValue files : List.of(
                    json.at(kind).at("files"), json.at(kind + "Files").at("files"), json.at(kind + "FileNames"))) {
                names.addAll(files.fields().keySet());
                files.elements()
                        .forEach(element ->
                                element.text("name").or(element::text).ifPresent(names::add));
            }
        }
        return names;
    }

    private static Optional<Instant> time(JsonValue json, String field) {
        return json.time(field).or(() -> json.text(field).flatMap(Manifest::seconds));
    }

    private static Optional<Instant> seconds(String text) {
        try {
            BigDecimal seconds = new BigDecimal(text);
            return Optional.of(Instant.ofEpochSecond(
                    seconds.longValue(),
                    seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue()));
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }
}
