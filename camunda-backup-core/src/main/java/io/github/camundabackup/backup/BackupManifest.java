package io.github.camundabackup.backup;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.Protocol;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a run knew of its backup when it took the snapshot of the exported records, and stored as that snapshot's metadata: so that
 * the backup can be checked later, on another machine, when the cluster is gone. Written by {@link #toMetadata()} and read back by
 * {@link #fromMetadata}. Immutable.
 */
public final class BackupManifest {
    /**
     * Engines allow less than 1024 bytes of metadata as they serialize it
     * (<a href="https://www.elastic.co/guide/en/elasticsearch/reference/8.19/create-snapshot-api.html">Elasticsearch</a>), and add a few
     * bytes to every text.
     */
    private static final int MAX_BYTES = 960;

    private static final int BYTES_PER_ENTRY = 8;
    private static final String BACKUP_ID = "backupId";
    private static final String CREATED_BY = "createdBy";
    private static final String PROTOCOL = "protocol";
    private static final String COMPONENTS = "components";
    private static final String PARTITIONS = "partitions";
    private static final String PAUSED_AT = "pausedAt";
    private static final String RECORD_INDICES = "recordIndices";
    private static final String EXPORTED_POSITIONS = "exportedPositions";

    private final BackupId backupId;
    private final String createdBy;
    private final Protocol protocol;
    private final List<Part> components;
    private final OptionalInt partitions;
    private final @Nullable Instant pausedAt;
    private final OptionalInt recordIndices;
    private final SortedMap<Integer, Long> exportedPositions;

    private BackupManifest(Builder builder) {
        backupId = builder.backupId;
        createdBy = builder.createdBy;
        protocol = builder.protocol;
        components = List.copyOf(builder.components);
        partitions = builder.partitions;
        pausedAt = builder.pausedAt;
        recordIndices = builder.recordIndices;
        exportedPositions = Collections.unmodifiableSortedMap(new TreeMap<>(builder.exportedPositions));
    }

    /** Collects a manifest. */
    public static Builder builder(BackupId backupId, Protocol protocol) {
        return new Builder(backupId, protocol);
    }

    /**
     * Reads what {@link #toMetadata()} wrote; fields of later versions are passed over.
     *
     * @return empty if a run of this library did not write it
     * @throws IllegalArgumentException if one did, but it cannot be read
     */
    public static Optional<BackupManifest> fromMetadata(Map<String, String> metadata) {
        String createdBy = metadata.get(CREATED_BY);
        String id = metadata.get(BACKUP_ID);
        if (createdBy == null || id == null || !metadata.containsKey(PROTOCOL)) {
            return Optional.empty();
        }
        try {
            Builder builder = builder(BackupId.parse(id), Protocol.valueOf(text(metadata, PROTOCOL)));
            builder.createdBy(createdBy);
            words(metadata, COMPONENTS).map(Part::parse).forEach(builder::component);
            Optional.ofNullable(metadata.get(PARTITIONS)).map(Integer::valueOf).ifPresent(builder::partitions);
            Optional.ofNullable(metadata.get(PAUSED_AT)).map(Instant::parse).ifPresent(builder::pausedAt);
            Optional.ofNullable(metadata.get(RECORD_INDICES))
                    .map(Integer::valueOf)
                    .ifPresent(builder::recordIndices);
            words(metadata, EXPORTED_POSITIONS)
                    .map(word -> word.split(":", -1))
                    .forEach(fields -> builder.exportedPosition(
                            Integer.parseInt(fields[0]), number(fields, 1).orElseThrow()));
            return Optional.of(builder.build());
        } catch (IllegalArgumentException | DateTimeException | NoSuchElementException e) {
            throw new IllegalArgumentException(
                    "This is no manifest of a backup that this version can read: " + metadata, e);
        }
    }

    /** The manifest as metadata of a snapshot. Positions are left out if there are too many partitions for what engines allow. */
    public Map<String, String> toMetadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(BACKUP_ID, backupId.toString());
        metadata.put(CREATED_BY, createdBy);
        metadata.put(PROTOCOL, protocol.name());
        metadata.put(COMPONENTS, components.stream().map(Part::toString).collect(Collectors.joining(" ")));
        partitions.ifPresent(count -> metadata.put(PARTITIONS, Integer.toString(count)));
        pausedAt().ifPresent(at -> metadata.put(PAUSED_AT, at.toString()));
        recordIndices.ifPresent(count -> metadata.put(RECORD_INDICES, Integer.toString(count)));
        String all = exportedPositions.entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue())
                .collect(Collectors.joining(" "));
        if (!all.isEmpty() && size(metadata) + size(Map.of(EXPORTED_POSITIONS, all)) <= MAX_BYTES) {
            metadata.put(EXPORTED_POSITIONS, all);
        }
        return Collections.unmodifiableMap(metadata);
    }

    public BackupId backupId() {
        return backupId;
    }

    /** Which version of this library wrote it, such as {@code camunda-backup/0.1.0}. */
    public String createdBy() {
        return createdBy;
    }

    public Protocol protocol() {
        return protocol;
    }

    /** Everything that the plan holds, in its order. */
    public List<Part> components() {
        return components;
    }

    /** How many partitions the cluster had; empty if it did not tell. */
    public OptionalInt partitions() {
        return partitions;
    }

    /** When the pause of exporting was confirmed, by the clock of the machine that took the backup. */
    public Optional<Instant> pausedAt() {
        return Optional.ofNullable(pausedAt);
    }

    /** How many indices of exported records there were; empty if that could not be told. */
    public OptionalInt recordIndices() {
        return recordIndices;
    }

    /**
     * By partition, the position that all exporters had confirmed, as the leader told when the pause was confirmed: before anything was
     * read that the pause must cover. Empty where the leaders could not be asked.
     */
    public SortedMap<Integer, Long> exportedPositions() {
        return exportedPositions;
    }

    @Override
    public String toString() {
        return toMetadata().toString();
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

    private static Stream<String> words(Map<String, String> metadata, String key) {
        return Stream.of(text(metadata, key).split(" ", -1)).filter(word -> !word.isBlank());
    }

    private static OptionalLong number(String[] fields, int index) {
        return index < fields.length && !fields[index].isEmpty()
                ? OptionalLong.of(Long.parseLong(fields[index]))
                : OptionalLong.empty();
    }

    /**
     * A component of the backup.
     *
     * @param component which
     * @param versions its versions, normally one; none if they were not known yet
     * @param parts how many snapshots it made; empty if they were not made yet
     */
    public record Part(Component component, List<String> versions, OptionalInt parts) {
        public Part {
            Objects.requireNonNull(component, "component");
            versions = List.copyOf(versions);
        }

        private static Part parse(String word) {
            String[] fields = word.split(":", -1);
            OptionalLong parts = number(fields, 2);
            return new Part(
                    Component.valueOf(fields[0]),
                    fields.length < 2 || fields[1].isEmpty() ? List.of() : List.of(fields[1].split(",", -1)),
                    parts.isPresent() ? OptionalInt.of((int) parts.getAsLong()) : OptionalInt.empty());
        }

        /** As in the metadata: {@code OPERATE:8.6.0:6}. */
        @Override
        public String toString() {
            return versions.isEmpty() && parts.isEmpty()
                    ? component.name()
                    : component + ":" + String.join(",", versions) + (parts.isPresent() ? ":" + parts.getAsInt() : "");
        }
    }

    /** Collects a {@link BackupManifest}. Not thread-safe. */
    public static final class Builder {
        private final BackupId backupId;
        private final Protocol protocol;
        private final List<Part> components = new ArrayList<>();
        private final Map<Integer, Long> exportedPositions = new TreeMap<>();
        private String createdBy = LibraryVersion.text();
        private OptionalInt partitions = OptionalInt.empty();
        private @Nullable Instant pausedAt;
        private OptionalInt recordIndices = OptionalInt.empty();

        private Builder(BackupId backupId, Protocol protocol) {
            this.backupId = Objects.requireNonNull(backupId, "backupId");
            this.protocol = Objects.requireNonNull(protocol, "protocol");
        }

        /** Default: this version of this library. */
        public Builder createdBy(String library) {
            createdBy = Objects.requireNonNull(library, "library");
            return this;
        }

        /** Adds a component. */
        public Builder component(Part component) {
            components.add(Objects.requireNonNull(component, "component"));
            return this;
        }

        /** Default: unknown. */
        public Builder partitions(int count) {
            partitions = OptionalInt.of(count);
            return this;
        }

        /** Default: unknown. */
        public Builder pausedAt(Instant at) {
            pausedAt = Objects.requireNonNull(at, "at");
            return this;
        }

        /** Default: unknown. */
        public Builder recordIndices(int count) {
            recordIndices = OptionalInt.of(count);
            return this;
        }

        /** Adds a partition. Default: none. */
        public Builder exportedPosition(int partitionId, long position) {
            exportedPositions.put(partitionId, position);
            return this;
        }

        public BackupManifest build() {
            return new BackupManifest(this);
        }
    }
}
