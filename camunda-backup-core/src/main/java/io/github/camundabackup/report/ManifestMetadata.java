package io.github.camundabackup.report;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.report.BackupManifest.Part;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A manifest as the metadata of a snapshot. Names and meanings are documented, and do not change. */
final class ManifestMetadata {
    /**
     * Engines allow less than 1024 bytes of metadata as they serialize it
     * (<a href="https://www.elastic.co/guide/en/elasticsearch/reference/8.19/create-snapshot-api.html">
     * Elasticsearch</a>), and add a few bytes to every text.
     */
    private static final int MAX_BYTES = 960;

    private static final int BYTES_PER_ENTRY = 8;
    private static final String BACKUP_ID = "backupId";
    private static final String CREATED_BY = "createdBy";
    private static final String LINE = "line";
    private static final String PHYSICAL_TENANT = "physicalTenant";
    private static final String COMPONENTS = "components";
    private static final String PARTITIONS = "partitions";
    private static final String PAUSED_AT = "pausedAt";
    private static final String RECORD_INDICES = "recordIndices";
    private static final String EXPORTED_POSITIONS = "exportedPositions";
    private static final String RECORD_POSITIONS = "recordPositions";

    private ManifestMetadata() {}

    static Optional<BackupManifest> read(Map<String, String> metadata) {
        String createdBy = metadata.get(CREATED_BY);
        String id = metadata.get(BACKUP_ID);
        if (createdBy == null || id == null || !metadata.containsKey(LINE)) {
            return Optional.empty();
        }
        try {
            BackupManifest.Builder builder = BackupManifest.builder(BackupId.parse(id), text(metadata, LINE));
            builder.createdBy(createdBy);
            Optional.ofNullable(metadata.get(PHYSICAL_TENANT))
                    .map(PhysicalTenant::of)
                    .ifPresent(builder::physicalTenant);
            Stream.of(text(metadata, COMPONENTS).split(" ", -1))
                    .filter(word -> !word.isBlank())
                    .map(Part::parse)
                    .forEach(builder::component);
            Optional.ofNullable(metadata.get(PARTITIONS)).map(Integer::valueOf).ifPresent(builder::partitions);
            Optional.ofNullable(metadata.get(PAUSED_AT)).map(Instant::parse).ifPresent(builder::pausedAt);
            Optional.ofNullable(metadata.get(RECORD_INDICES))
                    .map(Integer::valueOf)
                    .ifPresent(builder::recordIndices);
            Map<Integer, Long> exported = ManifestPositions.read(text(metadata, EXPORTED_POSITIONS), Map.of());
            exported.forEach(builder::exportedPosition);
            ManifestPositions.read(text(metadata, RECORD_POSITIONS), exported).forEach(builder::recordPosition);
            return Optional.of(builder.build());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException(
                    "This is no manifest of a backup that this version can read: " + metadata, e);
        }
    }

    static Map<String, String> write(BackupManifest manifest) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(BACKUP_ID, manifest.backupId().toString());
        metadata.put(CREATED_BY, manifest.createdBy());
        metadata.put(LINE, manifest.line());
        if (!manifest.physicalTenant().isDefault()) {
            metadata.put(PHYSICAL_TENANT, manifest.physicalTenant().id());
        }
        metadata.put(
                COMPONENTS, manifest.components().stream().map(Part::toString).collect(Collectors.joining(" ")));
        manifest.partitions().ifPresent(count -> metadata.put(PARTITIONS, Integer.toString(count)));
        manifest.pausedAt().ifPresent(at -> metadata.put(PAUSED_AT, at.toString()));
        manifest.recordIndices().ifPresent(count -> metadata.put(RECORD_INDICES, Integer.toString(count)));
        putIfItFits(metadata, EXPORTED_POSITIONS, ManifestPositions.write(manifest.exportedPositions(), Map.of()));
        Map<Integer, Long> base = metadata.containsKey(EXPORTED_POSITIONS) ? manifest.exportedPositions() : Map.of();
        putIfItFits(metadata, RECORD_POSITIONS, ManifestPositions.write(manifest.recordPositions(), base));
        return Collections.unmodifiableMap(metadata);
    }

    static boolean isComplete(BackupManifest manifest) {
        Map<String, String> metadata = write(manifest);
        return metadata.containsKey(EXPORTED_POSITIONS)
                        != manifest.exportedPositions().isEmpty()
                && metadata.containsKey(RECORD_POSITIONS)
                        != manifest.recordPositions().isEmpty();
    }

    private static void putIfItFits(Map<String, String> metadata, String key, String text) {
        if (!text.isEmpty() && size(metadata) + size(Map.of(key, text)) <= MAX_BYTES) {
            metadata.put(key, text);
        }
    }

    /** As many of the words as there is room for. */
    static void putWhatFits(Map<String, String> metadata, String key, List<String> words) {
        for (int count = words.size(); count > 0 && !metadata.containsKey(key); count--) {
            putIfItFits(metadata, key, String.join(" ", words.subList(0, count)));
        }
    }

    private static int size(Map<String, String> metadata) {
        return metadata.entrySet().stream()
                .mapToInt(entry -> BYTES_PER_ENTRY
                        + entry.getKey().getBytes(StandardCharsets.UTF_8).length
                        + entry.getValue().getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    private static String text(Map<String, String> metadata, String key) {
        return metadata.getOrDefault(key, "");
    }
}
