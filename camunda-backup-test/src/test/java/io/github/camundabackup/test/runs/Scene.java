package io.github.camundabackup.test.runs;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.backup.BackupHandle;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.test.engine.EngineProcess;
import io.github.camundabackup.test.engine.Stores;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import io.github.camundabackup.test.simulation.model.Server;
import io.github.camundabackup.test.time.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A simulated cluster and a client of it, which live in the same virtual time. */
public final class Scene implements AutoCloseable {
    // Real time. A machine under load must not make a server look silent.
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Just long enough to be seen in progress once: each further question makes whole matrices slower. */
    static final Duration TWO_QUESTIONS = Duration.ofMillis(40);

    /** The first request of a backup that reads the exported records: exporting is paused by then. */
    static final RequestMatcher READING_RECORDS = RequestMatcher.post("/*/_refresh");

    private final Stage stage;
    private final Runnable clear;
    private final SimulatedCluster cluster;
    private final CamundaBackupClient client;

    private Scene(Stage stage, Runnable clear, SimulatedCluster cluster, CamundaBackupClient client) {
        this.stage = stage;
        this.clear = clear;
        this.cluster = cluster;
        this.client = client;
    }

    /** Time and connections, for one scene after another: making them takes longer than a backup. */
    record Stage(VirtualTime time, ClientResources resources) implements AutoCloseable {
        static Stage create() {
            VirtualTime time = VirtualTime.create();
            return new Stage(time, ClientResources.builder().time(time).build());
        }

        @Override
        public void close() {
            resources.close();
        }
    }

    /** The one or the other order of a backup, in virtual time. */
    public static Scene of(CamundaLine line, SearchEngine engine, Stores stores) {
        return of(line, engine, stores, cluster -> cluster, client -> client);
    }

    /** As {@link #of(CamundaLine, SearchEngine, Stores)}, with changes. */
    public static Scene of(
            CamundaLine line,
            SearchEngine engine,
            Stores stores,
            UnaryOperator<SimulatedCluster.Builder> clusterChanges,
            UnaryOperator<CamundaBackupClient.Builder> clientChanges) {
        Stage stage = Stage.create();
        return on(stage, stage::close, line, engine, stores, clusterChanges, clientChanges);
    }

    /**
     * As {@link #of(CamundaLine, SearchEngine, Stores, UnaryOperator, UnaryOperator)}, with changes that need to know
     * where the cluster is.
     */
    static Scene withEndpoints(
            CamundaLine line,
            SearchEngine engine,
            Stores stores,
            UnaryOperator<SimulatedCluster.Builder> clusterChanges,
            BiFunction<CamundaBackupClient.Builder, SimulatedCluster, CamundaBackupClient.Builder> clientChanges) {
        Stage stage = Stage.create();
        return on(stage, stage::close, line, engine, stores, clusterChanges, clientChanges);
    }

    /**
     * As {@link #of(CamundaLine, SearchEngine, Stores, UnaryOperator, UnaryOperator)}, on a stage that nobody else uses
     * now.
     */
    static Scene on(
            Stage stage,
            Runnable clear,
            CamundaLine line,
            SearchEngine engine,
            Stores stores,
            UnaryOperator<SimulatedCluster.Builder> clusterChanges,
            UnaryOperator<CamundaBackupClient.Builder> clientChanges) {
        return on(stage, clear, line, engine, stores, clusterChanges, (client, cluster) -> clientChanges.apply(client));
    }

    private static Scene on(
            Stage stage,
            Runnable clear,
            CamundaLine line,
            SearchEngine engine,
            Stores stores,
            UnaryOperator<SimulatedCluster.Builder> clusterChanges,
            BiFunction<CamundaBackupClient.Builder, SimulatedCluster, CamundaBackupClient.Builder> clientChanges) {
        SimulatedCluster cluster = clusterChanges
                .apply(SimulatedCluster.builder()
                        .line(line)
                        .engine(engine)
                        .partitions(3)
                        .duration(Duration.ofSeconds(2))
                        .time(stage.time()))
                .build();
        CamundaBackupClient client = clientChanges
                .apply(client(cluster, stores, stage.resources()), cluster)
                .build();
        return new Scene(stage, clear, cluster, client);
    }

    /** A client of a simulated cluster. */
    public static CamundaBackupClient.Builder client(
            SimulatedCluster cluster, Stores stores, ClientResources resources) {
        return client(cluster, stores, resources, PATIENCE);
    }

    /** A client whose requests give up after the given time, which is real. */
    static CamundaBackupClient.Builder client(
            SimulatedCluster cluster, Stores stores, ClientResources resources, Duration patience) {
        Function<Server, Endpoint> endpoint = server ->
                Endpoint.builder(cluster.uri(server)).requestTimeout(patience).build();
        CamundaBackupClient.Builder client = CamundaBackupClient.builder()
                .resources(resources)
                .snapshotStore(stores.create(endpoint.apply(Server.SEARCH_ENGINE), cluster.repository(), resources));
        if (cluster.servers().contains(Server.OPTIMIZE)) {
            client.optimize(endpoint.apply(Server.OPTIMIZE));
        }
        return cluster.servers().contains(Server.ZEEBE)
                ? client.zeebe(endpoint.apply(Server.ZEEBE))
                        .operate(endpoint.apply(Server.OPERATE))
                        .tasklist(endpoint.apply(Server.TASKLIST))
                : client.orchestrationCluster(endpoint.apply(Server.ORCHESTRATION));
    }

    public VirtualTime time() {
        return stage.time();
    }

    public SimulatedCluster cluster() {
        return cluster;
    }

    public ClientResources resources() {
        return stage.resources();
    }

    public CamundaBackupClient client() {
        return client;
    }

    /** A backup that must be complete. */
    public BackupReport backUp() {
        return client.backup().completion().join();
    }

    /** A backup that must not be complete. */
    public BackupFailedException failToBackUp() {
        return failure(client.backup());
    }

    /** Nothing of Camunda can be reached any more; the search engine goes on. */
    static void stop(SimulatedCluster cluster) {
        cluster.servers().stream()
                .filter(server -> server != Server.SEARCH_ENGINE)
                .forEach(cluster.faults()::unreachable);
    }

    /** A simulated Camunda whose search engine is a real one, with a repository that is registered there. */
    static SimulatedCluster.Builder cluster(
            EngineProcess process, SearchEngine engine, CamundaLine line, String repository) {
        return SimulatedCluster.builder()
                .line(line)
                .engine(engine)
                .repository(repository)
                .externalEngine(process.uri());
    }

    /** Whether a request that is no GET changes nothing all the same. */
    static boolean isHarmless(String path) {
        return path.endsWith("/_verify") || path.endsWith("/Only-A-Question");
    }

    /** How a backup ended that must not be complete. */
    public static BackupFailedException failure(BackupHandle handle) {
        try {
            BackupReport report = handle.completion().join();
            throw new AssertionError("This backup should have failed:\n" + report);
        } catch (CompletionException e) {
            if (e.getCause() instanceof BackupFailedException failed) {
                return failed;
            }
            throw new AssertionError("Not the failure of a backup", e);
        }
    }

    @Override
    public void close() {
        client.close();
        cluster.close();
        clear.run();
    }
}
