package io.github.camundabackup.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A restore of indices from one snapshot, without global state and feature states. Immutable. */
public final class RestoreRequest {
    private final String snapshot;
    private final List<String> indices;
    private final @Nullable Rename rename;
    private final boolean aliases;
    private final IndexSettings settings;

    private RestoreRequest(
            String snapshot, List<String> indices, @Nullable Rename rename, boolean aliases, IndexSettings settings) {
        this.snapshot = snapshot;
        this.indices = List.copyOf(indices);
        this.rename = rename;
        this.aliases = aliases;
        this.settings = settings;
    }

    /** Collects a request to restore from the given snapshot. */
    public static Builder builder(String snapshot) {
        return new Builder(snapshot);
    }

    public String snapshot() {
        return snapshot;
    }

    /** Which indices; empty for all that are in the snapshot. */
    public List<String> indices() {
        return indices;
    }

    /** The same request for other indices; none for all that are in the snapshot. */
    public RestoreRequest withIndices(List<String> others) {
        return new RestoreRequest(snapshot, others, rename, aliases, settings);
    }

    /** Under which other names; empty for the same. */
    public Optional<Rename> rename() {
        return Optional.ofNullable(rename);
    }

    /** Whether the indices' aliases are restored. */
    public boolean restoresAliases() {
        return aliases;
    }

    /** In which settings the restored indices differ from those in the snapshot. */
    public IndexSettings settings() {
        return settings;
    }

    /**
     * Other names for restored indices.
     *
     * @param pattern a regular expression, as the engine understands it, such as {@code (.+)}
     * @param replacement with references to groups, such as {@code scratch-$1}
     */
    public record Rename(String pattern, String replacement) {
        public Rename {
            Objects.requireNonNull(pattern, "pattern");
            Objects.requireNonNull(replacement, "replacement");
        }
    }

    /** Collects a {@link RestoreRequest}. Not thread-safe. */
    public static final class Builder {
        private final String snapshot;
        private final List<String> indices = new ArrayList<>();
        private @Nullable Rename rename;
        private boolean aliases = true;
        private IndexSettings settings = IndexSettings.UNCHANGED;

        private Builder(String snapshot) {
            this.snapshot = Objects.requireNonNull(snapshot, "snapshot");
        }

        /** Adds an index by its complete name. Default: all that are in the snapshot. */
        public Builder index(String name) {
            if (name.isBlank() || name.contains(",")) {
                throw new IllegalArgumentException("\"" + name + "\" is not one index name.");
            }
            indices.add(name);
            return this;
        }

        /** Restores under other names, and then without aliases. Default: under the same. */
        public Builder rename(String pattern, String replacement) {
            rename = new Rename(pattern, replacement);
            aliases = false;
            return this;
        }

        /** In which settings restored indices differ. Default: in none. */
        public Builder settings(IndexSettings changes) {
            settings = Objects.requireNonNull(changes, "changes");
            return this;
        }

        public RestoreRequest build() {
            return new RestoreRequest(snapshot, indices, rename, aliases, settings);
        }
    }
}
