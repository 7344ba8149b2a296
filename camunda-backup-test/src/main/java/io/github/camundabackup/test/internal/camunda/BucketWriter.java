package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.test.internal.camunda.ZeebeBackup.Partition;
import io.github.camundabackup.test.internal.searchengine.SimulatedClock;
import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.simulation.model.SimulatedBucket;
import io.github.camundabackup.test.simulation.model.SimulatedBucket.Layout;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the backups of a simulated Zeebe into a bucket, with the keys and manifests of its line. Guarded by the
 * cluster's lock.
 */
final class BucketWriter {
    private static final int APART_ON_S3 = 9;
    private static final int NODE = 0;

    private final SimulatedBucket bucket;
    private final ClusterSettings settings;
    private final SimulatedClock clock;
    private final TreeMap<Long, TreeSet<String>> written = new TreeMap<>();
    /** The partitions as they were written last, with their states. */
    private final Map<Long, Map<Partition, String>> latest = new TreeMap<>();

    BucketWriter(SimulatedBucket bucket, ClusterSettings settings, SimulatedClock clock) {
        this.bucket = bucket;
        this.settings = settings;
        this.clock = clock;
    }

    /** Writes what there is of a backup now. */
    void write(ZeebeBackup backup) {
        long now = clock.now();
        Map<Partition, String> states = new LinkedHashMap<>();
        backup.partitions().forEach(partition -> states.put(partition, partition.state(now)));
        if (states.equals(latest.put(backup.id(), states))) {
            return;
        }
        for (Partition partition : backup.partitions()) {
            String state = partition.state(now);
            if (!state.equals("DOES_NOT_EXIST")) {
                List<String> files = state.equals("COMPLETED") ? files(partition) : List.of();
                files.forEach(file -> put(
                        backup.id(),
                        key("contents/", partition, backup.id(), file),
                        (file + " of partition " + partition.number()).getBytes(StandardCharsets.UTF_8)));
                put(
                        backup.id(),
                        key("manifests/", partition, backup.id(), "manifest.json"),
                        Json.write(manifest(backup.id(), partition, state, files)));
            }
        }
    }

    void delete(long id) {
        latest.remove(id);
        TreeSet<String> keys = written.remove(id);
        if (keys != null) {
            // The manifests first: what is left of them when the rest fails is not a backup any more.
            keys.descendingSet().forEach(bucket::delete);
        }
    }

    private void put(long id, String key, byte[] content) {
        written.computeIfAbsent(id, none -> new TreeSet<>()).add(key);
        bucket.put(key, content);
    }

    private boolean isOldS3() {
        return bucket.layout() == Layout.S3 && !settings.isAtLeast(APART_ON_S3);
    }

    private String key(String tree, Partition partition, long id, String file) {
        return (isOldS3() ? "" : tree) + partition.number() + "/" + id + "/" + NODE + "/" + file;
    }

    private static List<String> files(Partition partition) {
        String log = "segments/raft-partition-partition-" + partition.number() + "-1.log";
        return partition.snapshotId().isPresent()
                ? List.of("snapshot/000017.sst", "snapshot/CURRENT", "snapshot/zeebe.metadata", log)
                : List.of(log);
    }

    private Map<String, @Nullable Object> manifest(long id, Partition partition, String state, List<String> files) {
        boolean s3 = bucket.layout() == Layout.S3;
        Map<String, @Nullable Object> descriptor = Json.map(
                "checkpointPosition", partition.position(),
                "numberOfPartitions", settings.partitions(),
                "brokerVersion", settings.version());
        partition.snapshotId().ifPresent(snapshot -> descriptor.put("snapshotId", snapshot));
        if (settings.isAtLeast(APART_ON_S3)) {
            descriptor.put("firstLogPosition", 1);
            descriptor.put(
                    "checkpointTimestamp", clock.instant(partition.begin()).toString());
            descriptor.put("checkpointType", "MANUAL_BACKUP");
        }
        Map<String, @Nullable Object> manifest = Json.map(
                "id",
                Json.map("nodeId", NODE, "partitionId", partition.number(), "checkpointId", id),
                "descriptor",
                descriptor,
                "statusCode",
                s3 ? state.toLowerCase(Locale.ROOT) : state);
        for (String kind : List.of("snapshot", "segments")) {
            Stream<String> names = files.stream()
                    .filter(file -> file.startsWith(kind + "/"))
                    .map(file -> file.substring(kind.length() + 1));
            if (s3) {
                manifest.put(
                        kind.equals("segments") ? "segmentFiles" : "snapshotFiles",
                        Json.map("files", names.collect(Collectors.toMap(Function.identity(), name -> Map.of()))));
            } else {
                List<Object> entries = new ArrayList<>();
                names.forEach(name -> entries.add(Json.map("name", name)));
                manifest.put(kind, Json.map("files", entries));
            }
        }
        manifest.put("createdAt", time(partition.begin()));
        manifest.put("modifiedAt", time(state.equals("IN_PROGRESS") ? partition.begin() : partition.end()));
        partition.failureReason(clock.now()).ifPresent(reason -> manifest.put("failureReason", reason));
        return manifest;
    }

    private Object time(long nanos) {
        Instant time = clock.instant(nanos);
        return isOldS3()
                ? BigDecimal.valueOf(time.getEpochSecond()).add(BigDecimal.valueOf(time.getNano(), 9))
                : time.toString();
    }
}
