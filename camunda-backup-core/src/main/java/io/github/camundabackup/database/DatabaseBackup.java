package io.github.camundabackup.database;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A finished dump of a database: what its manifest says. Immutable. */
public final class DatabaseBackup {
    private final DumpId id;
    private final String product;
    private final String productVersion;
    private final String tablePrefix;
    private final Optional<String> schemaVersion;
    private final String tool;
    private final String toolVersion;
    private final DumpPositions positions;
    private final Instant startedAt;
    private final Instant endedAt;
    private final List<DumpFile> files;
    private final Optional<String> label;

    private DatabaseBackup(Builder builder) {
        id = builder.id;
        product = builder.product;
        productVersion = builder.productVersion;
        tablePrefix = builder.tablePrefix;
        schemaVersion = builder.schemaVersion;
        tool = builder.tool;
        toolVersion = builder.toolVersion;
        positions = Objects.requireNonNull(builder.positions, "positions");
        startedAt = Objects.requireNonNull(builder.startedAt, "startedAt");
        endedAt = Objects.requireNonNull(builder.endedAt, "endedAt");
        files = builder.files;
        label = builder.label;
    }

    /** Collects what is known of a dump. For implementations of stores. */
    public static Builder builder(DumpId id) {
        return new Builder(id);
    }

    public DumpId id() {
        return id;
    }

    /** The product, as the database named itself. */
    public String product() {
        return product;
    }

    /** The version of the database that was dumped, as it named it. */
    public String productVersion() {
        return productVersion;
    }

    /** The prefix of Camunda's tables; may be empty. */
    public String tablePrefix() {
        return tablePrefix;
    }

    /** The version of Camunda whose schema it has; empty if the schema does not say, as that of 8.9. */
    public Optional<String> schemaVersion() {
        return schemaVersion;
    }

    /** The program that made it. */
    public String tool() {
        return tool;
    }

    /** The version of that program; empty if it is not known. */
    public String toolVersion() {
        return toolVersion;
    }

    /** How far Zeebe had exported to what is in it. */
    public DumpPositions positions() {
        return positions;
    }

    /** When it was begun. */
    public Instant startedAt() {
        return startedAt;
    }

    /** When it was complete. */
    public Instant endedAt() {
        return endedAt;
    }

    /** Its files; none if what the tool made is elsewhere. */
    public List<DumpFile> files() {
        return files;
    }

    /** What the user's own command calls it; empty if it was made by none. */
    public Optional<String> label() {
        return label;
    }

    /** How large its files are together. */
    public long bytes() {
        return files.stream().mapToLong(DumpFile::size).sum();
    }

    @Override
    public String toString() {
        return "dump " + id + " of " + product + " " + productVersion + ", " + endedAt;
    }

    /** Collects a {@link DatabaseBackup}. Not thread-safe. */
    public static final class Builder {
        private final DumpId id;
        private String product = "";
        private String productVersion = "";
        private String tablePrefix = "";
        private Optional<String> schemaVersion = Optional.empty();
        private String tool = "";
        private String toolVersion = "";
        private @Nullable DumpPositions positions;
        private @Nullable Instant startedAt;
        private @Nullable Instant endedAt;
        private List<DumpFile> files = List.of();
        private Optional<String> label = Optional.empty();

        private Builder(DumpId id) {
            this.id = Objects.requireNonNull(id, "id");
        }

        public Builder product(String product, String version) {
            this.product = Objects.requireNonNull(product, "product");
            productVersion = Objects.requireNonNull(version, "version");
            return this;
        }

        public Builder tablePrefix(String prefix) {
            tablePrefix = Objects.requireNonNull(prefix, "prefix");
            return this;
        }

        public Builder schemaVersion(Optional<String> version) {
            schemaVersion = Objects.requireNonNull(version, "version");
            return this;
        }

        public Builder tool(String tool, String version) {
            this.tool = Objects.requireNonNull(tool, "tool");
            toolVersion = Objects.requireNonNull(version, "version");
            return this;
        }

        public Builder positions(DumpPositions positions) {
            this.positions = Objects.requireNonNull(positions, "positions");
            return this;
        }

        public Builder time(Instant startedAt, Instant endedAt) {
            this.startedAt = Objects.requireNonNull(startedAt, "startedAt");
            this.endedAt = Objects.requireNonNull(endedAt, "endedAt");
            return this;
        }

        public Builder files(List<DumpFile> files) {
            this.files = List.copyOf(files);
            return this;
        }

        public Builder label(Optional<String> label) {
            this.label = Objects.requireNonNull(label, "label");
            return this;
        }

        /**
         * @throws NullPointerException if positions or times are missing
         */
        public DatabaseBackup build() {
            return new DatabaseBackup(this);
        }
    }
}
