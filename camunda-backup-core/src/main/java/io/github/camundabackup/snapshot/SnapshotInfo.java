package io.github.camundabackup.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A snapshot as the engine describes it. Immutable. */
public final class SnapshotInfo {
    private final String name;
    private final SnapshotState state;
    private final String uuid;
    private final String engineVersion;
    private final @Nullable Instant startTime;
    private final @Nullable Instant endTime;
    private final List<String> indices;
    private final Map<String, String> metadata;
    private final int shardsTotal;
    private final int shardsFailed;
    private final List<String> failures;
    private final boolean failuresPass;

    private SnapshotInfo(Builder builder) {
        name = builder.name;
        state = builder.state;
        uuid = builder.uuid;
        engineVersion = builder.engineVersion;
        startTime = builder.startTime;
        endTime = builder.endTime;
        indices = builder.indices;
        metadata = builder.metadata;
        shardsTotal = builder.shardsTotal;
        shardsFailed = builder.shardsFailed;
        failures = builder.failures;
        failuresPass = builder.failuresPass;
    }

    /** Collects a description; for implementations of {@link SnapshotStore}. */
    public static Builder builder(String name, SnapshotState state) {
        return new Builder(name, state);
    }

    public String name() {
        return name;
    }

    public SnapshotState state() {
        return state;
    }

    /**
     * Distinguishes this snapshot from another one that once had the same name; empty if the engine has no such thing.
     */
    public String uuid() {
        return uuid;
    }

    /** The version of the engine that made it, in the engine's words; empty if unknown. */
    public String engineVersion() {
        return engineVersion;
    }

    /** When it was started, by the engine's clock. */
    public Optional<Instant> startTime() {
        return Optional.ofNullable(startTime);
    }

    /** When it ended, by the engine's clock; empty while it runs. */
    public Optional<Instant> endTime() {
        return Optional.ofNullable(endTime);
    }

    /** The names of the indices in it. Left out by {@link SnapshotStore#list}. */
    public List<String> indices() {
        return indices;
    }

    /** What was stored with it. Numbers and booleans are given as text, objects as JSON. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** How many shards it holds or should hold. */
    public int shardsTotal() {
        return shardsTotal;
    }

    /** How many of these failed. */
    public int shardsFailed() {
        return shardsFailed;
    }

    /** The engine's reasons for failed shards, at most a handful. */
    public List<String> failures() {
        return failures;
    }

    /**
     * Whether all failed shards did so for reasons that pass by themselves, such as a shard that was being moved to
     * another node: so that the same snapshot, taken again, would probably succeed. False if that is not known.
     */
    public boolean failuresPass() {
        return failuresPass;
    }

    @Override
    public String toString() {
        return name + " (" + state + ")";
    }

    /** Collects a {@link SnapshotInfo}. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private final SnapshotState state;
        private String uuid = "";
        private String engineVersion = "";
        private @Nullable Instant startTime;
        private @Nullable Instant endTime;
        private List<String> indices = List.of();
        private Map<String, String> metadata = Map.of();
        private int shardsTotal;
        private int shardsFailed;
        private List<String> failures = List.of();
        private boolean failuresPass;

        private Builder(String name, SnapshotState state) {
            this.name = Objects.requireNonNull(name, "name");
            this.state = Objects.requireNonNull(state, "state");
        }

        /** Default: empty. */
        public Builder uuid(String uuid) {
            this.uuid = Objects.requireNonNull(uuid, "uuid");
            return this;
        }

        /** Default: empty. */
        public Builder engineVersion(String version) {
            engineVersion = Objects.requireNonNull(version, "version");
            return this;
        }

        /** Default: unknown. */
        public Builder startTime(Instant time) {
            startTime = Objects.requireNonNull(time, "time");
            return this;
        }

        /** Default: unknown, as for one that is not at its end. */
        public Builder endTime(Instant time) {
            endTime = Objects.requireNonNull(time, "time");
            return this;
        }

        /** Default: none. */
        public Builder indices(List<String> names) {
            indices = List.copyOf(names);
            return this;
        }

        /** Default: none. */
        public Builder metadata(Map<String, String> metadata) {
            this.metadata = Map.copyOf(metadata);
            return this;
        }

        /** Default: 0 and 0. */
        public Builder shards(int total, int failed) {
            shardsTotal = total;
            shardsFailed = failed;
            return this;
        }

        /** Default: none. */
        public Builder failures(List<String> reasons) {
            failures = List.copyOf(reasons);
            return this;
        }

        /**
         * Whether all failed shards did so for reasons that pass by themselves. A backup then deletes the snapshot of
         * the exported records that it has made, and takes it again. Default: false.
         */
        public Builder failuresPass(boolean pass) {
            failuresPass = pass;
            return this;
        }

        public SnapshotInfo build() {
            return new SnapshotInfo(this);
        }
    }
}
