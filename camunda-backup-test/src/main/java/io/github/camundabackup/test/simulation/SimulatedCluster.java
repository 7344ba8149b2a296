package io.github.camundabackup.test.simulation;

import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.runtime.TimeSource;
import io.github.camundabackup.test.internal.camunda.Brokers;
import io.github.camundabackup.test.internal.camunda.CamundaApplications;
import io.github.camundabackup.test.internal.camunda.ClusterIndices;
import io.github.camundabackup.test.internal.camunda.ClusterSettings;
import io.github.camundabackup.test.internal.camunda.EngineWatch;
import io.github.camundabackup.test.internal.camunda.ExportedLog;
import io.github.camundabackup.test.internal.camunda.InvariantMonitor;
import io.github.camundabackup.test.internal.camunda.PhysicalTenants;
import io.github.camundabackup.test.internal.camunda.WebSessions;
import io.github.camundabackup.test.internal.searchengine.EngineApplication;
import io.github.camundabackup.test.internal.searchengine.EngineState;
import io.github.camundabackup.test.internal.searchengine.ExternalEngine;
import io.github.camundabackup.test.internal.searchengine.ExternalSnapshots;
import io.github.camundabackup.test.internal.searchengine.SimulatedClock;
import io.github.camundabackup.test.internal.searchengine.SimulatedSnapshots;
import io.github.camundabackup.test.internal.searchengine.Snapshots;
import io.github.camundabackup.test.internal.web.Application;
import io.github.camundabackup.test.internal.web.FaultInjector;
import io.github.camundabackup.test.internal.web.FaultPlan;
import io.github.camundabackup.test.internal.web.Journal;
import io.github.camundabackup.test.internal.web.WebServer;
import io.github.camundabackup.test.internal.web.WebThreads;
import io.github.camundabackup.test.simulation.model.BackupFate;
import io.github.camundabackup.test.simulation.model.EngineVersion;
import io.github.camundabackup.test.simulation.model.ObjectStoreState;
import io.github.camundabackup.test.simulation.model.PauseWindow;
import io.github.camundabackup.test.simulation.model.RecordedRequest;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import io.github.camundabackup.test.simulation.model.Server;
import io.github.camundabackup.test.simulation.model.SimulatedBucket;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Camunda cluster as a backup sees it: the management endpoints of its components, and the snapshot API of its search
 * engine, on loopback. What the components say follows from how much time has passed, so nothing runs in the
 * background, and with a virtual time a backup of an hour takes milliseconds.
 *
 * <pre>{@code
 * try (SimulatedCluster cluster = SimulatedCluster.builder().version("8.6.0").build()) {
 *     // Take a backup of cluster.operateUri(), cluster.tasklistUri(), ... and then:
 *     cluster.invariants().assertHold();
 * }
 * }</pre>
 *
 * <p>It is held to what real servers answered: Camunda 8.6.0 on Elasticsearch 8.16.1 and on OpenSearch 2.19.6. What is
 * only documented (Optimize, and everything from 8.8) follows the documentation and Camunda's source.
 *
 * <p>A request with {@code wait_for_completion=true} is answered when the snapshot ends; with a virtual time that
 * stands still during requests, that is never.
 *
 * <p>Thread-safe.
 */
public final class SimulatedCluster implements AutoCloseable {
    private static final int DOCUMENTS_PER_INDEX = 3;

    private final ClusterSettings settings;
    private final SimulatedClock clock;
    private final InvariantMonitor watch;
    private final Journal journal = new Journal();
    private final CamundaApplications camunda;
    private final @Nullable EngineState engine;
    private final ClusterIndices clusterIndices;
    private final ExportedLog log;
    private final Consumer<Map<String, Map<String, Map<String, Object>>>> writer;
    private final Faults faults;
    private final SimulatedControl control;
    private final FaultPlan faultPlan = new FaultPlan();
    private final Map<Server, Site> sites = new EnumMap<>(Server.class);
    private final ExecutorService threads;
    private final boolean shared;
    private final PhysicalTenants tenants;
    private final @Nullable SimulatedCluster cluster;

    private SimulatedCluster(Builder builder) {
        cluster = builder.cluster;
        shared = builder.host != null;
        threads = builder.host == null ? WebThreads.create() : builder.host.threads();
        TimeSource time = builder.time == null ? TimeSource.system(threads) : builder.time;
        settings = builder.settings();
        clock = cluster != null
                ? cluster.clock
                : builder.besides == null ? new SimulatedClock(time) : builder.besides.clock;
        watch = new InvariantMonitor(settings.line(), clock);
        String repository = settings.repository().orElse("");

        clusterIndices = new ClusterIndices(settings, clock.instant().toString().substring(0, 10));
        List<String> indices = builder.besides == null ? clusterIndices.all() : List.of();
        log = new ExportedLog(indices, settings, clock);
        Application engineApplication;
        Snapshots snapshots;
        if (builder.externalEngine == null) {
            EngineState state = builder.besides == null
                    ? cluster == null ? new EngineState(clock, builder.engineVersion) : cluster.engineState()
                    : builder.besides.engineState().beside();
            if (cluster == null) {
                state.durations(
                        settings.durations().getOrDefault(Component.ZEEBE_RECORDS, Duration.ZERO),
                        builder.restoreDuration);
                state.allowLocationsIn(builder.repositoryRoot);
            }
            if (builder.repositoryRegistered) {
                state.register(repository, "fs", Map.of("location", "/backups/" + repository));
            }
            indices.forEach(index -> {
                state.createIndex(index, log.initial(index, DOCUMENTS_PER_INDEX));
                ClusterIndices.createTemplate(state, index);
            });
            engine = state;
            writer = written -> written.forEach(
                    (index, documents) -> documents.forEach((id, document) -> state.write(index, id, document)));
            engineApplication = settings.hasWebSessions()
                    ? new WebSessions(
                            new EngineApplication(state),
                            state,
                            () -> sites.containsKey(Server.REST_API) && isReachable(Server.REST_API))
                    : new EngineApplication(state);
            snapshots = new SimulatedSnapshots(state, repository);
        } else {
            ExternalEngine external = new ExternalEngine(builder.externalEngine);
            indices.stream().filter(ExportedLog::holdsRecords).forEach(external::createRecordIndex);
            external.write(indices.stream()
                    .collect(Collectors.toMap(index -> index, index -> log.initial(index, DOCUMENTS_PER_INDEX))));
            engine = null;
            writer = external::write;
            engineApplication = external;
            snapshots = new ExternalSnapshots(external, clock, repository);
        }
        camunda = new CamundaApplications(
                settings,
                clock,
                snapshots,
                watch,
                log,
                id -> !clusterIndices.has(Component.ZEEBE_RECORDS) || hasRecords(snapshots, id));
        Brokers brokers = new Brokers(settings, camunda, log, writer);
        camunda.recoveryMode().of(brokers);
        control = new SimulatedControl(this, camunda, brokers);
        faults = new Faults(faultPlan, this);

        Map<Server, Application> applications = new EnumMap<>(Server.class);
        applications.putAll(camunda.applications());
        Map<Server, Application> ofCluster = new EnumMap<>(applications);
        ofCluster.keySet().retainAll(List.of(Server.ORCHESTRATION, Server.REST_API));
        if (cluster == null) {
            tenants = new PhysicalTenants(settings.line().hasPhysicalTenants());
            tenants.add(PhysicalTenant.DEFAULT.id(), ofCluster, builder.accessTokens);
            ofCluster.keySet().forEach(server -> applications.put(server, tenants.at(server)));
        } else {
            tenants = cluster.tenants;
            tenants.add(builder.tenant.id(), ofCluster, builder.accessTokens);
            ofCluster.keySet().forEach(server -> {
                applications.remove(server);
                sites.put(server, cluster.site(server));
            });
        }
        EngineState simulated = engine;
        applications.put(
                Server.SEARCH_ENGINE,
                new EngineWatch(
                        engineApplication,
                        camunda,
                        watch,
                        (name, snapshot) ->
                                simulated == null ? Optional.empty() : simulated.beginOfPartial(name, snapshot)));
        Map<Server, String> contextPaths = builder.contextPaths;
        String clusterPath = builder.host == null ? "" : builder.host.nextPath();
        applications.forEach((server, application) -> {
            String own = contextPaths.getOrDefault(server, "");
            String path = clusterPath.isEmpty() ? own : clusterPath + "/" + server.pathName() + own;
            FaultInjector gate = new FaultInjector(
                    server,
                    path,
                    application,
                    faultPlan,
                    journal,
                    clock::instant,
                    threads,
                    ofCluster.containsKey(server)
                            ? tenants::accepts
                            : (request, token) -> builder.accessTokens.test(token));
            WebServer port = builder.host == null ? WebServer.start(threads) : builder.host.server();
            port.handle(path + "/", gate);
            sites.put(server, new Site(gate, port, path));
        });
    }

    /** Begins to describe a cluster. */
    public static Builder builder() {
        return new Builder();
    }

    /** Which endpoints there are. */
    public CamundaLine line() {
        return settings.line();
    }

    /** As it appears in the names of snapshots. */
    public String version() {
        return settings.version();
    }

    /** The search engine whose dialect is spoken. */
    public SearchEngine engine() {
        return settings.engine();
    }

    /** The snapshot repository's name; empty if the components have none configured. */
    public String repository() {
        return settings.repository().orElse("");
    }

    /** The servers that this cluster has. */
    public List<Server> servers() {
        return List.copyOf(sites.keySet());
    }

    /**
     * Where a server is, with the context path, without {@code /actuator}.
     *
     * @throws IllegalStateException if this cluster has no such server
     */
    public URI uri(Server server) {
        Site site = site(server);
        return URI.create(site.port.uri() + site.path);
    }

    /** As {@link #uri} of {@link Server#OPERATE}. */
    public URI operateUri() {
        return uri(Server.OPERATE);
    }

    /** As {@link #uri} of {@link Server#TASKLIST}. */
    public URI tasklistUri() {
        return uri(Server.TASKLIST);
    }

    /** As {@link #uri} of {@link Server#OPTIMIZE}. */
    public URI optimizeUri() {
        return uri(Server.OPTIMIZE);
    }

    /** As {@link #uri} of {@link Server#ZEEBE}. */
    public URI zeebeUri() {
        return uri(Server.ZEEBE);
    }

    /** As {@link #uri} of {@link Server#ORCHESTRATION}. */
    public URI orchestrationUri() {
        return uri(Server.ORCHESTRATION);
    }

    /** As {@link #uri} of {@link Server#REST_API}. */
    public URI restApiUri() {
        return uri(Server.REST_API);
    }

    /** As {@link #uri} of {@link Server#SEARCH_ENGINE}. */
    public URI searchEngineUri() {
        return uri(Server.SEARCH_ENGINE);
    }

    /** What goes wrong. */
    public Faults faults() {
        return faults;
    }

    /** All requests up to now, in the order of their arrival; also those that a fault kept from the server. */
    public List<RecordedRequest> requests() {
        return journal.requests();
    }

    /** The requests up to now that match. */
    public List<RecordedRequest> requests(RequestMatcher matcher) {
        return requests().stream().filter(matcher::matches).toList();
    }

    /**
     * One request for each {@link RecordedRequest#step()}, in the order of their first arrival: after a backup without
     * faults, the list of places where a fault can be tried.
     */
    public List<RecordedRequest> steps() {
        Map<String, RecordedRequest> steps = new LinkedHashMap<>();
        requests().forEach(request -> steps.putIfAbsent(request.step(), request));
        return List.copyOf(steps.values());
    }

    /** What did not hold up to now. */
    public Invariants invariants() {
        String lines = requests().stream().map(RecordedRequest::toString).collect(Collectors.joining("\n"));
        return new Invariants(watch.violations(), lines);
    }

    /** Whether exporting is paused on at least one partition. */
    public boolean exportingPaused() {
        return watch.isAnyPaused();
    }

    /** When exporting was paused, the oldest first. */
    public List<PauseWindow> pauseWindows() {
        return watch.pauses();
    }

    /**
     * The standalone backup application begins a backup of the web applications (8.8 and later).
     *
     * @throws IllegalStateException if this cluster has none
     */
    public void takeStandaloneBackup(BackupId backupId) {
        synchronized (camunda.lock()) {
            camunda.backups(Component.WEB_APPLICATIONS)
                    .orElseThrow(() -> new IllegalStateException(
                            "A cluster of " + settings.line().displayName() + " has no web applications."))
                    .take(backupId.value());
        }
    }

    /**
     * Each partition processes so many commands, and a record of each is exported to the search engine, also while
     * exporting is paused softly. Without this, Zeebe goes on as time passes with records that exporters leave out. It
     * exports nothing if nothing imports records, and processes nothing in recovery mode.
     */
    public void load(int commands) {
        synchronized (camunda.lock()) {
            if (camunda.recoveryMode().isRecovering()) {
                return;
            }
            writer.accept(log.more(camunda.exporting(), commands));
        }
    }

    /**
     * Stops and starts the components, and restores Zeebe: for
     * {@link io.github.camundabackup.restore.plan.RestoreSettings}.
     */
    public SimulatedControl control() {
        return control;
    }

    /**
     * Everything is lost but what backups are made of: the components are stopped, the search engine is empty, without
     * indices and index templates, and Zeebe's brokers have no data. What lies in the snapshot repository and in
     * Zeebe's object store stays, and the repository is registered. Components that {@link #control()} starts then
     * begin anew, and make their index templates.
     *
     * @throws IllegalStateException with a real search engine
     */
    public void loseData() {
        EngineState state = engineState();
        control.loseData();
        state.loseData();
    }

    /** Closes all ports and cuts all connections. Closing twice does nothing. */
    @Override
    public void close() {
        sites.forEach((server, site) -> {
            if (cluster != null && cluster.sites.containsValue(site)) {
                return;
            }
            site.gate.close();
            if (shared) {
                site.port.forget(site.path + "/");
            } else {
                site.port.close();
            }
        });
        if (!shared) {
            threads.shutdownNow();
        }
    }

    void setFate(Component component, BackupFate fate) {
        boolean decidedByEngine =
                fate == BackupFate.FAILS || fate == BackupFate.PARTIAL || fate == BackupFate.INCOMPATIBLE;
        if (engine == null
                && !component.equals(Component.ZEEBE)
                && (decidedByEngine || component.equals(Component.ZEEBE_RECORDS))) {
            throw new IllegalArgumentException("A real search engine decides itself how its snapshots go; " + fate
                    + " of " + component + " cannot be simulated with one.");
        }
        synchronized (camunda.lock()) {
            if (component.equals(Component.ZEEBE)) {
                camunda.zeebe().setFate(fate);
            } else if (component.equals(Component.ZEEBE_RECORDS)) {
                engineState().recordsFate(fate);
            } else {
                camunda.backups(component)
                        .orElseThrow(() ->
                                new IllegalArgumentException("This cluster has no " + component.displayName() + "."))
                        .setFate(fate);
            }
        }
    }

    private void requirePartition(int partition) {
        if (partition < 1 || partition > settings.partitions()) {
            throw new IllegalArgumentException(
                    "There is no partition " + partition + " of " + settings.partitions() + ".");
        }
    }

    void failPartition(int partition) {
        requirePartition(partition);
        synchronized (camunda.lock()) {
            camunda.zeebe().failPartition(partition);
        }
    }

    void forgetPartition(int partition) {
        requirePartition(partition);
        synchronized (camunda.lock()) {
            camunda.zeebe().forgetPartition(partition);
        }
    }

    void replacePartition(BackupId backupId, int partition, BackupId older) {
        synchronized (camunda.lock()) {
            camunda.zeebe().replacePartition(backupId.value(), partition, older.value());
        }
    }

    void setObjectStore(ObjectStoreState state) {
        synchronized (camunda.lock()) {
            camunda.zeebe().setStore(state);
        }
    }

    void stallRestore(int partition) {
        requirePartition(partition);
        synchronized (camunda.lock()) {
            camunda.recoveryMode().stall(partition);
        }
    }

    void forgetBrokers(int answers) {
        synchronized (camunda.lock()) {
            camunda.recoveryMode().forgetBrokers(answers);
        }
    }

    void endRestore(String status) {
        synchronized (camunda.lock()) {
            camunda.recoveryMode().end(status);
        }
    }

    void refuseExporting(boolean pause, int times) {
        synchronized (camunda.lock()) {
            camunda.exporting().refuse(pause, times);
        }
    }

    EngineState engineState() {
        EngineState state = engine;
        if (state == null) {
            throw new IllegalStateException("The search engine of this cluster is a real one, which cannot do that.");
        }
        return state;
    }

    void setReachable(Server server, boolean reachable) {
        Site site = site(server);
        if (shared) {
            site.gate.setUnreachable(!reachable);
        } else if (reachable) {
            site.port.up();
        } else {
            site.port.down();
        }
    }

    /** Whether a server accepts connections. */
    boolean isReachable(Server server) {
        return site(server).port.isUp();
    }

    /** Whether the ports are others' too, so that no server can refuse connections. */
    boolean isShared() {
        return shared;
    }

    /** A component makes what it needs in the simulated engine; a real one has it. */
    void createMissingIndices(Component component) {
        EngineState state = engine;
        if (state != null) {
            clusterIndices.createMissing(component, state);
        }
    }

    void restart(Server server) {
        site(server);
        synchronized (camunda.lock()) {
            switch (server) {
                case OPTIMIZE -> restart(Component.OPTIMIZE);
                case OPERATE -> restart(Component.OPERATE);
                case TASKLIST -> restart(Component.TASKLIST);
                case ZEEBE -> camunda.zeebe().restart();
                case ORCHESTRATION, REST_API -> {
                    restart(Component.WEB_APPLICATIONS);
                    camunda.zeebe().restart();
                }
                case SEARCH_ENGINE ->
                    throw new IllegalArgumentException("A restart of the search engine is not simulated.");
            }
        }
    }

    private void restart(Component component) {
        camunda.backups(component).ifPresent(backups -> backups.restart());
    }

    private static boolean hasRecords(Snapshots snapshots, long id) {
        String name = "camunda_zeebe_records_backup_" + id;
        return snapshots.find(name).stream()
                .anyMatch(part -> part.name().equals(name) && part.state().equals("SUCCESS"));
    }

    private Site site(Server server) {
        Site site = sites.get(server);
        if (site == null) {
            throw new IllegalStateException("A cluster of "
                    + settings.line().displayName() + (settings.hasOptimize() ? "" : " without Optimize")
                    + " has no " + server + "; it has " + sites.keySet() + ".");
        }
        return site;
    }

    @Override
    public String toString() {
        return "simulated Camunda " + settings.version() + " on " + settings.engine() + " "
                + sites.keySet().stream()
                        .map(server -> server + "=" + uri(server))
                        .toList();
    }

    /**
     * @param gate records and disturbs
     * @param port where it is
     * @param path what its paths begin with
     */
    private record Site(FaultInjector gate, WebServer port, String path) {}

    /** Describes a {@link SimulatedCluster}. Not thread-safe. */
    public static final class Builder {
        private CamundaLine line = CamundaLine.UP_TO_8_7;
        private @Nullable String version;
        private EngineVersion engineVersion = EngineVersion.usual(SearchEngine.ELASTICSEARCH);
        private int partitions = 2;
        private int webApplicationParts = 6;
        private String repository = "camunda_backup";
        private boolean repositoryConfigured = true;
        private boolean repositoryRegistered = true;
        private String repositoryRoot = "";
        private boolean standaloneBackups;
        private boolean optimize = true;
        private String optimizeIndexPrefix = "optimize-";
        private boolean backupStore = true;
        private boolean generatedIds;
        private boolean quirks = true;
        private final Map<Component, Duration> durations = new TreeMap<>();
        private Duration settling = Duration.ofMillis(20);
        private Duration longPause = Duration.ofSeconds(30);
        private Duration restoreDuration = Duration.ZERO;
        private final Map<Server, String> contextPaths = new EnumMap<>(Server.class);
        private @Nullable TimeSource time;
        private @Nullable SimulationHost host;
        private @Nullable URI externalEngine;
        private @Nullable SimulatedCluster besides;
        private @Nullable SimulatedCluster cluster;
        private PhysicalTenant tenant = PhysicalTenant.DEFAULT;
        private String indexPrefix = "";
        private @Nullable SimulatedBucket bucket;
        private boolean webSessions;
        private boolean webSessionsInBackups;
        private Predicate<String> accessTokens = token -> true;

        private Builder() {
            duration(Duration.ofMillis(120));
        }

        /** Which endpoints there are. Default: {@link CamundaLine#UP_TO_8_7}. */
        public Builder line(CamundaLine line) {
            this.line = Objects.requireNonNull(line, "line");
            return this;
        }

        /**
         * The version, as in {@code 8.6.0}. From 8.9, Zeebe answers more. Default: 8.6.0 for the line up to 8.7, and
         * the first version of any other line.
         */
        public Builder version(String version) {
            this.version = Objects.requireNonNull(version, "version");
            return this;
        }

        /** The search engine's dialect, and whose quirks the components have. Default: Elasticsearch. */
        public Builder engine(SearchEngine engine) {
            return engineVersion(EngineVersion.usual(engine));
        }

        /** As {@link #engine}, in a version whose answers differ. */
        public Builder engineVersion(EngineVersion version) {
            engineVersion = Objects.requireNonNull(version, "version");
            return this;
        }

        /**
         * How many partitions Zeebe has. Default: 2.
         *
         * @throws IllegalArgumentException if there is none
         */
        public Builder partitions(int partitions) {
            if (partitions < 1) {
                throw new IllegalArgumentException("A cluster has at least one partition, not " + partitions);
            }
            this.partitions = partitions;
            return this;
        }

        /**
         * How many snapshots a backup of the web applications has from 8.8. Default: 6.
         *
         * @throws IllegalArgumentException if the number is not 5, 6 or 7
         */
        public Builder webApplicationParts(int parts) {
            if (parts < 5 || parts > 7) {
                throw new IllegalArgumentException("The web applications have 5 to 7 parts, not " + parts);
            }
            webApplicationParts = parts;
            return this;
        }

        /**
         * What the names of the indices of the web applications and of the exported records begin with, before
         * {@code operate-} or {@code zeebe-record}. Default: nothing.
         */
        public Builder indexPrefix(String prefix) {
            indexPrefix = Objects.requireNonNull(prefix, "prefix");
            return this;
        }

        /** What the names of Optimize's indices begin with. Default: {@code optimize-}. */
        public Builder optimizeIndexPrefix(String prefix) {
            optimizeIndexPrefix = Objects.requireNonNull(prefix, "prefix");
            return this;
        }

        /** The name of the snapshot repository. Default: {@code camunda_backup}. */
        public Builder repository(String name) {
            repository = Objects.requireNonNull(name, "name");
            return this;
        }

        /** The components have a repository configured that is not registered in the search engine. */
        public Builder withoutRegisteredRepository() {
            repositoryRegistered = false;
            return this;
        }

        /** The components have no repository configured. */
        public Builder withoutConfiguredRepository() {
            repositoryConfigured = false;
            repositoryRegistered = false;
            return this;
        }

        /**
         * The web applications (8.8 and later) have no repository configured: Camunda's standalone backup application takes
         * their backups, which is {@link SimulatedCluster#takeStandaloneBackup}.
         */
        public Builder standaloneBackups() {
            standaloneBackups = true;
            return this;
        }

        /** File system repositories must lie in this directory, as with {@code path.repo}. Default: anywhere. */
        public Builder repositoryRoot(String directory) {
            repositoryRoot = Objects.requireNonNull(directory, "directory");
            return this;
        }

        /** There is no Optimize; from 8.8, there are then no exported records either. */
        public Builder withoutOptimize() {
            optimize = false;
            return this;
        }

        /** Zeebe has no object store for backups. */
        public Builder withoutBackupStore() {
            backupStore = false;
            return this;
        }

        /**
         * Where Zeebe writes its backups to, with the keys and manifests of its version: what is left when the cluster
         * is gone. Default: nowhere; the cluster remembers them only.
         */
        public Builder zeebeBackups(SimulatedBucket bucket) {
            this.bucket = Objects.requireNonNull(bucket, "bucket");
            return this;
        }

        /**
         * The web applications have an index of sessions, which the cluster makes again as soon as it is deleted, as long
         * as it runs. Default: there is none.
         *
         * @param inBackups whether backups hold it, as before 8.10.0-rc1
         */
        public Builder webSessions(boolean inBackups) {
            webSessions = true;
            webSessionsInBackups = inBackups;
            return this;
        }

        /** Zeebe makes its own backup ids, as with continuous backups from 8.9, and refuses any other. */
        public Builder generatedBackupIds() {
            generatedIds = true;
            return this;
        }

        /**
         * The components do what their documentation says at once: accepted backups are known, nothing is incomplete
         * between two parts, deletions are done, and what is unknown is 404.
         */
        public Builder withoutQuirks() {
            quirks = false;
            return this;
        }

        /** How long the backup of each component takes, and every snapshot of records. Default: 120 ms. */
        public Builder duration(Duration each) {
            for (Component component : Component.known()) {
                duration(component, each);
            }
            return this;
        }

        /** How long the backup of one component takes; its parts take equal shares. */
        public Builder duration(Component component, Duration duration) {
            durations.put(component, notNegative(duration));
            return this;
        }

        /**
         * How long a component does not know of a backup that it has just accepted, nor of a deletion. Default: 20 ms.
         */
        public Builder settling(Duration duration) {
            settling = notNegative(duration);
            return this;
        }

        /** The pause of {@link BackupFate#PAUSES_INCOMPLETE}. Default: 30 s. */
        public Builder longPause(Duration duration) {
            longPause = notNegative(duration);
            return this;
        }

        /** How long the restore of a snapshot takes. Default: no time. */
        public Builder restoreDuration(Duration duration) {
            restoreDuration = notNegative(duration);
            return this;
        }

        /**
         * What the paths of a server begin with, such as {@code /operate}. Default: nothing.
         *
         * @throws IllegalArgumentException if it does not begin with a slash, or ends with one
         */
        public Builder contextPath(Server server, String path) {
            if (!path.startsWith("/") || path.endsWith("/")) {
                throw new IllegalArgumentException(
                        "A context path begins with a slash and does not end with one, unlike \"" + path + "\"");
            }
            contextPaths.put(Objects.requireNonNull(server, "server"), path);
            return this;
        }

        /** The time that the cluster lives in. Default: the system's. */
        public Builder time(TimeSource time) {
            this.time = Objects.requireNonNull(time, "time");
            return this;
        }

        /**
         * All servers want an access token ({@code Authorization: Bearer …}): a request without one, or with one that
         * is not accepted, is answered with 401 and has no effect. Default: nothing is wanted.
         *
         * @param accepted whether a token is accepted now; gets an empty text where there is none. Called on the
         *     servers' threads
         */
        public Builder accessTokens(Predicate<String> accepted) {
            accessTokens = Objects.requireNonNull(accepted, "accepted");
            return this;
        }

        /** A port and threads to share with other clusters. Default: its own, and one port for each server. */
        public Builder host(SimulationHost host) {
            this.host = Objects.requireNonNull(host, "host");
            return this;
        }

        /**
         * A real Elasticsearch or OpenSearch to take snapshots with. The cluster makes its indices there, and hands on
         * what is asked of {@link SimulatedCluster#searchEngineUri()}. The repository must be registered there. Its
         * snapshots take as long as they take.
         */
        public Builder externalEngine(URI uri) {
            externalEngine = Objects.requireNonNull(uri, "uri");
            return this;
        }

        /**
         * Has an empty search engine of the same kind, on which the other cluster's repository is registered: a scratch
         * engine, to restore its backups into. It lives in the other's time. Default: an engine of its own, with its
         * own indices and repository.
         *
         * @throws IllegalStateException if the other's engine is not simulated
         */
        public Builder scratchEngineOf(SimulatedCluster other) {
            EngineState state = other.engineState();
            besides = other;
            return engineVersion(state.version()).repository(other.repository());
        }

        /**
         * Is a physical tenant of another cluster, from 8.10 on: with partitions, backups, a pause, indices and a
         * snapshot repository of its own, and an Optimize of its own, in the other's time and search engine, and at the
         * other's management port and REST API. These record the requests and have the faults of all tenants; the
         * default tenant is the other cluster itself. By default, the names of its indices begin with its id and a
         * dash, and its repository is {@code camunda_} with its id.
         *
         * @param other close it after its tenants
         * @param id as in the requests, such as {@code eu}
         * @throws IllegalStateException if the other's line knows no physical tenants
         */
        public Builder physicalTenantOf(SimulatedCluster other, String id) {
            if (!other.line().hasPhysicalTenants()) {
                throw new IllegalStateException("There are physical tenants from 8.10 on, and not in "
                        + other.line().displayName() + ".");
            }
            cluster = other;
            tenant = PhysicalTenant.of(id);
            line = other.settings.line();
            version = other.settings.version();
            engineVersion = other.engine == null ? EngineVersion.usual(other.engine()) : other.engine.version();
            return indexPrefix(id + "-").optimizeIndexPrefix(id + "-optimize-").repository("camunda_" + id);
        }

        /** Starts the cluster. */
        public SimulatedCluster build() {
            return new SimulatedCluster(this);
        }

        private ClusterSettings settings() {
            // Of the first line it is the version whose answers were recorded; of the others the first one.
            String defaultVersion = line.equals(CamundaLine.UP_TO_8_7)
                    ? "8.6.0"
                    : line.releases().get(0) + ".0";
            return new ClusterSettings(
                    line,
                    version == null ? defaultVersion : version,
                    engineVersion.engine(),
                    partitions,
                    webApplicationParts,
                    repositoryConfigured ? Optional.of(repository) : Optional.empty(),
                    standaloneBackups,
                    optimize,
                    indexPrefix,
                    optimizeIndexPrefix,
                    backupStore,
                    generatedIds,
                    quirks,
                    new TreeMap<>(durations),
                    settling,
                    longPause,
                    webSessions,
                    webSessionsInBackups,
                    Optional.ofNullable(bucket));
        }

        private static Duration notNegative(Duration duration) {
            if (duration.isNegative()) {
                throw new IllegalArgumentException("A duration cannot be negative, but was " + duration);
            }
            return duration;
        }
    }
}
