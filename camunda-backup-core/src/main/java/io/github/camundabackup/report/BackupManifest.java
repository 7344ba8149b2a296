package io.github.camundabackup.report;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.PhysicalTenant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The manifest of a backup: what its run knew when it took the snapshot of the exported records, stored as that
 * snapshot's metadata, so that the backup can be checked later, on another machine, when the cluster is gone. Written
 * by {@link #toMetadata()} and read back by {@link #fromMetadata}. Immutable.
 */
public final class BackupManifest {
    private final BackupId backupId;
    private final String createdBy;
    private final String line;
    private final PhysicalTenant tenant;
    private final List<Part> components;
    private final OptionalInt partitions;
    private final @Nullable Instant pausedAt;
    private final OptionalInt recordIndices;
    private final SortedMap<Integer, Long> exportedPositions;
    private final SortedMap<Integer, Long> recordPositions;

    private BackupManifest(Builder builder) {
        backupId = builder.backupId;
        createdBy = builder.createdBy;
        line = builder.line;
        tenant = builder.tenant;
        components = List.copyOf(builder.components);
        partitions = builder.partitions;
        pausedAt = builder.pausedAt;
        recordIndices = builder.recordIndices;
        exportedPositions = Collections.unmodifiableSortedMap(new TreeMap<>(builder.exportedPositions));
        recordPositions = Collections.unmodifiableSortedMap(new TreeMap<>(builder.recordPositions));
    }

    /**
     * Collects a manifest.
     *
     * @param line the id of the cluster's line
     */
    public static Builder builder(BackupId backupId, String line) {
        return new Builder(backupId, line);
    }

    /**
     * Reads what {@link #toMetadata()} wrote; fields of later versions are passed over.
     *
     * @return empty if a run of this library did not write it
     * @throws IllegalArgumentException if one did, but it cannot be read
     */
    public static Optional<BackupManifest> fromMetadata(Map<String, String> metadata) {
        return ManifestMetadata.read(metadata);
    }

    /**
     * The manifest as metadata of a snapshot. If there are too many partitions for what engines allow, the positions of
     * records are left out, and then the exported positions too.
     */
    public Map<String, String> toMetadata() {
        return ManifestMetadata.write(this);
    }

    /** Whether {@link #toMetadata()} has all positions that are known. */
    public boolean fits() {
        return ManifestMetadata.isComplete(this);
    }

    public BackupId backupId() {
        return backupId;
    }

    /** Which version of this library wrote it, such as {@code camunda-backup/0.1.0}. */
    public String createdBy() {
        return createdBy;
    }

    /** The id of the cluster's line, such as {@code 8.8}; see {@code CamundaLine}. */
    public String line() {
        return line;
    }

    /** The physical tenant whose backup it is; the default one where there are no others. */
    public PhysicalTenant physicalTenant() {
        return tenant;
    }

    /** Everything that the plan holds, in its order. */
    public List<Part> components() {
        return components;
    }

    /** How many partitions the cluster had; empty if it did not report that. */
    public OptionalInt partitions() {
        return partitions;
    }

    /** When the pause of exporting was confirmed, by the clock of the machine that took the backup. */
    public Optional<Instant> pausedAt() {
        return Optional.ofNullable(pausedAt);
    }

    /** How many indices of exported records there were; empty if that could not be read. */
    public OptionalInt recordIndices() {
        return recordIndices;
    }

    /**
     * By partition, the position that all exporters had confirmed, as the leader reported it when the pause was
     * confirmed: before anything was read that the pause must cover. Empty where the leaders could not be asked.
     */
    public SortedMap<Integer, Long> exportedPositions() {
        return exportedPositions;
    }

    /**
     * By partition, the highest position among the exported records that the search engine held: after the pause was
     * confirmed, and before the snapshot of the records was taken. It can be below {@link #exportedPositions()}, as
     * exporters leave out types of records. Empty where it could not be read, or there were no records.
     */
    public SortedMap<Integer, Long> recordPositions() {
        return recordPositions;
    }

    @Override
    public String toString() {
        return toMetadata().toString();
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

        static Part parse(String word) {
            String[] fields = word.split(":", -1);
            return new Part(
                    Component.parse(fields[0]),
                    fields.length < 2 || fields[1].isEmpty() ? List.of() : List.of(fields[1].split(",", -1)),
                    fields.length < 3 || fields[2].isEmpty()
                            ? OptionalInt.empty()
                            : OptionalInt.of(Integer.parseInt(fields[2])));
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
        private final String line;
        private final List<Part> components = new ArrayList<>();
        private final Map<Integer, Long> exportedPositions = new TreeMap<>();
        private final Map<Integer, Long> recordPositions = new TreeMap<>();
        private PhysicalTenant tenant = PhysicalTenant.DEFAULT;
        private String createdBy = LibraryVersion.text();
        private OptionalInt partitions = OptionalInt.empty();
        private @Nullable Instant pausedAt;
        private OptionalInt recordIndices = OptionalInt.empty();

        private Builder(BackupId backupId, String line) {
            this.backupId = Objects.requireNonNull(backupId, "backupId");
            this.line = Objects.requireNonNull(line, "line");
        }

        /** Default: this version of this library. */
        public Builder createdBy(String library) {
            createdBy = Objects.requireNonNull(library, "library");
            return this;
        }

        /** Default: the default one. */
        public Builder physicalTenant(PhysicalTenant tenant) {
            this.tenant = Objects.requireNonNull(tenant, "tenant");
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

        /** Adds a partition. Default: none. */
        public Builder recordPosition(int partitionId, long position) {
            recordPositions.put(partitionId, position);
            return this;
        }

        public BackupManifest build() {
            return new BackupManifest(this);
        }
    }
}
