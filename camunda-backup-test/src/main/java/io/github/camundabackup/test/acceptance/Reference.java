package io.github.camundabackup.test.acceptance;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.component.CamundaCluster;
import io.github.camundabackup.component.ClusterEndpoints;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.Server;
import io.github.camundabackup.test.time.VirtualTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;

/**
 * The simulated cluster that a cluster is compared with. It lives in a time of its own, in which nothing takes long,
 * and has a backup.
 */
final class Reference implements AutoCloseable {
    private static final Map<Component, Server> SERVERS = Map.of(
            Component.OPTIMIZE, Server.OPTIMIZE,
            Component.OPERATE, Server.OPERATE,
            Component.TASKLIST, Server.TASKLIST);

    private final ClientResources resources;
    private final SimulatedCluster cluster;
    private final Site site;

    /**
     * Starts it, and takes a backup of it.
     *
     * @param components those that the cluster has
     * @param older the id of that backup
     */
    Reference(Subject subject, Set<Component> components, AcceptanceStores stores, VirtualTime time, BackupId older) {
        resources = ClientResources.builder().time(time).build();
        SimulatedCluster.Builder builder = SimulatedCluster.builder()
                .line(subject.line())
                .version(subject.version())
                .engine(subject.engine())
                .time(time);
        cluster = (components.contains(Component.OPTIMIZE) ? builder : builder.withoutOptimize()).build();
        Endpoint engine = Endpoint.of(cluster.searchEngineUri());
        ClusterEndpoints.Builder endpoints = ClusterEndpoints.builder().line(subject.line());
        components.forEach(component -> server(component)
                .map(cluster::uri)
                .map(Endpoint::of)
                .ifPresent(endpoint -> endpoints.component(component, endpoint)));
        ClusterEndpoints all = endpoints.build();
        CamundaBackupClient client =
                Site.client(all, engine, cluster.repository(), Subject.RECORD_PREFIX, stores, resources);
        site = new Site(
                all,
                engine,
                Subject.RECORD_PREFIX,
                client,
                CamundaCluster.discover(all, resources).join(),
                resources);
        try {
            client.backup(older).completion().join();
        } catch (CompletionException e) {
            close();
            throw new IllegalStateException(
                    "The simulated cluster could not be backed up, so that nothing can be compared. It lives in a time of its own: does"
                            + " AcceptanceStores.open hand the resources on to the store?",
                    e);
        }
    }

    private Optional<Server> server(Component component) {
        Server orchestration = cluster.servers().contains(Server.ORCHESTRATION) ? Server.ORCHESTRATION : Server.ZEEBE;
        return Optional.of(SERVERS.getOrDefault(component, orchestration)).filter(cluster.servers()::contains);
    }

    Site site() {
        return site;
    }

    @Override
    public void close() {
        site.close();
        cluster.close();
        resources.close();
    }
}
