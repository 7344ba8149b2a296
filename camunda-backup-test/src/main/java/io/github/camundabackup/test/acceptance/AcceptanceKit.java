package io.github.camundabackup.test.acceptance;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.component.ClusterEndpoints;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.runtime.ClientResources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks a cluster what this library asks, and compares each answer with that of the simulated cluster of the same line:
 * status, content type, the fields and kinds of the JSON, and the words that the library acts upon.
 *
 * <pre>{@code
 * AcceptanceReport report = AcceptanceKit.fromEnvironment(System.getenv(), stores).build().run();
 * }</pre>
 *
 * <p>Without {@link Builder#takeAndDelete()} it only reads. Immutable.
 */
public final class AcceptanceKit {
    private final Builder settings;

    private AcceptanceKit(Builder settings) {
        this.settings = settings;
    }

    /** Collects a kit. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads the variables that begin with {@code CAMUNDA_BACKUP_}; the guide lists them. Those that the kit does not
     * know are ignored.
     *
     * @param variables such as {@code System.getenv()}
     * @param stores makes the snapshot stores
     * @return a builder, to change or add what is not in the variables
     * @throws IllegalArgumentException if a variable is missing or cannot be used; the message is one line, names it,
     *     and holds no secret
     */
    public static Builder fromEnvironment(Map<String, String> variables, AcceptanceStores stores) {
        return new AcceptanceEnvironment(variables).read(builder().stores(stores));
    }

    /**
     * Asks all questions, one after the other, and writes the bundle if one is wanted. What goes wrong in the cluster
     * is in the report.
     *
     * @throws UncheckedIOException if the bundle cannot be written; it is found out before anything is asked whether it
     *     would replace something
     */
    public AcceptanceReport run() {
        Optional<Path> bundle = Optional.ofNullable(settings.bundle);
        try {
            if (bundle.isPresent()) {
                Bundle.requireFree(bundle.get());
            }
            AcceptanceReport report = ask();
            if (bundle.isPresent()) {
                report.writeTo(bundle.get());
            }
            return report;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Could not write the bundle. Name a directory that is empty or not there,"
                            + " or a .zip that is not there: " + e.getMessage(),
                    e);
        }
    }

    private AcceptanceReport ask() {
        ClientResources shared = settings.resources;
        if (shared != null) {
            return new AcceptanceRun(settings, shared).run();
        }
        try (ClientResources own = ClientResources.create()) {
            return new AcceptanceRun(settings, own).run();
        }
    }

    /** Collects an {@link AcceptanceKit}. Not thread-safe. */
    public static final class Builder {
        private @Nullable ClusterEndpoints endpoints;
        private @Nullable Endpoint engine;
        private @Nullable String repository;
        private @Nullable AcceptanceStores stores;
        private String recordPrefix = Subject.RECORD_PREFIX;
        private @Nullable String version;
        private @Nullable BackupId firstId;
        private boolean yes;
        private @Nullable Path bundle;
        private Consumer<String> progress = line -> {};
        private @Nullable ClientResources resources;

        private Builder() {}

        private Builder(Builder other) {
            endpoints = other.endpoints;
            engine = other.engine;
            repository = other.repository;
            stores = other.stores;
            recordPrefix = other.recordPrefix;
            version = other.version;
            firstId = other.firstId;
            yes = other.yes;
            bundle = other.bundle;
            progress = other.progress;
            resources = other.resources;
        }

        /** Where the components are. Required. */
        public Builder cluster(ClusterEndpoints endpoints) {
            this.endpoints = Objects.requireNonNull(endpoints, "endpoints");
            return this;
        }

        /**
         * The search engine, and the repository that the components are configured with. Required.
         *
         * @param endpoint with authentication and TLS
         * @param repository the snapshot repository's name
         */
        public Builder searchEngine(Endpoint endpoint, String repository) {
            engine = Objects.requireNonNull(endpoint, "endpoint");
            this.repository = Objects.requireNonNull(repository, "repository");
            return this;
        }

        /** What makes the snapshot stores. Required. */
        public Builder stores(AcceptanceStores stores) {
            this.stores = Objects.requireNonNull(stores, "stores");
            return this;
        }

        /**
         * The exporter's {@code index.prefix}. Default: {@code zeebe-record}.
         *
         * @throws IllegalArgumentException if indices cannot be called so
         */
        public Builder recordIndexPrefix(String prefix) {
            CamundaBackupClient.builder().recordIndexPrefix(prefix);
            recordPrefix = prefix;
            return this;
        }

        /**
         * The version of Camunda, such as {@code 8.9.1}. Default: what the cluster gives away; lines from 8.9 on look
         * alike.
         */
        public Builder version(String version) {
            this.version = Objects.requireNonNull(version, "version");
            return this;
        }

        /** The lowest of the four ids that the kit uses, one after the other. Default: the Unix time in seconds. */
        public Builder firstId(BackupId id) {
            firstId = Objects.requireNonNull(id, "id");
            return this;
        }

        /**
         * The explicit yes: the kit may take a backup of the whole cluster and backups of single components, try what
         * must be refused, and delete what it made. Default: it may not.
         */
        public Builder takeAndDelete() {
            yes = true;
            return this;
        }

        /** Where the bundle is written: see {@link AcceptanceReport#writeTo}. Default: nowhere. */
        public Builder bundle(Path target) {
            bundle = Objects.requireNonNull(target, "target");
            return this;
        }

        /**
         * Gets each result in lines for people, as soon as there is one, and an announcement before anything is
         * changed. Default: nobody.
         */
        public Builder progress(Consumer<String> lines) {
            progress = Objects.requireNonNull(lines, "lines");
            return this;
        }

        /** Threads and time; stays the caller's. Default: resources of its own. */
        public Builder resources(ClientResources resources) {
            this.resources = Objects.requireNonNull(resources, "resources");
            return this;
        }

        /**
         * @throws IllegalStateException if something that is required is missing
         */
        public AcceptanceKit build() {
            if (endpoints == null || engine == null || stores == null) {
                throw new IllegalStateException(
                        "The kit needs cluster(...), searchEngine(...) and stores(...), to know whom to ask.");
            }
            return new AcceptanceKit(new Builder(this));
        }

        ClusterEndpoints endpoints() {
            return Objects.requireNonNull(endpoints);
        }

        Endpoint engine() {
            return Objects.requireNonNull(engine);
        }

        String repository() {
            return Objects.requireNonNull(repository);
        }

        AcceptanceStores stores() {
            return Objects.requireNonNull(stores);
        }

        String recordPrefix() {
            return recordPrefix;
        }

        Optional<String> version() {
            return Optional.ofNullable(version);
        }

        Optional<BackupId> firstId() {
            return Optional.ofNullable(firstId);
        }

        boolean isYes() {
            return yes;
        }

        void tell(String lines) {
            progress.accept(lines);
        }
    }
}
