package io.github.camundabackup.snapshot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A snapshot to be made. It never holds the engine's global state or feature states. Immutable. */
public final class SnapshotRequest {
    private final String name;
    private final List<String> indices;
    private final Map<String, String> metadata;
    private final boolean allowEmpty;

    private SnapshotRequest(Builder builder) {
        name = builder.name;
        indices = List.copyOf(builder.indices);
        metadata = Map.copyOf(builder.metadata);
        allowEmpty = builder.allowEmpty;
        if (indices.isEmpty()) {
            throw new IllegalArgumentException("The snapshot " + name
                    + " needs at least one index pattern. Without one, an engine would take everything.");
        }
    }

    /** Collects a request for a snapshot of the given name. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    public String name() {
        return name;
    }

    /** Index names or patterns with {@code *}; at least one. */
    public List<String> indices() {
        return indices;
    }

    /** What is stored with the snapshot; engines allow about 1 kB in all. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** Whether a snapshot without any index is fine. */
    public boolean allowsEmpty() {
        return allowEmpty;
    }

    @Override
    public String toString() {
        return name + " of " + indices;
    }

    /** Collects a {@link SnapshotRequest}. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private final List<String> indices = new ArrayList<>();
        private final Map<String, String> metadata = new LinkedHashMap<>();
        private boolean allowEmpty;

        private Builder(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }

        /** Adds an index name, or a pattern with {@code *}. */
        public Builder index(String pattern) {
            if (pattern.isBlank() || pattern.contains(",")) {
                throw new IllegalArgumentException("\"" + pattern + "\" is not one index pattern.");
            }
            indices.add(pattern);
            return this;
        }

        /** Adds something to be stored with the snapshot. Default: nothing. */
        public Builder metadata(String key, String value) {
            metadata.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
            return this;
        }

        /** Allows that the patterns match nothing. Default: that is an error, as it may well be a misspelt prefix. */
        public Builder allowEmpty() {
            allowEmpty = true;
            return this;
        }

        /**
         * @throws IllegalArgumentException if there is no index pattern
         */
        public SnapshotRequest build() {
            return new SnapshotRequest(this);
        }
    }
}
