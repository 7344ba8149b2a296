package io.github.camundabackup.test.acceptance;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.component.CamundaCluster;
import io.github.camundabackup.component.ClusterEndpoints;
import io.github.camundabackup.component.ComponentClient;
import io.github.camundabackup.component.RecordsClient;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.line.LineComponent;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.runtime.ClientResources;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A cluster that can be asked: the user's, or the simulated one that it is compared with. The same questions are put to
 * both.
 */
final class Site implements AutoCloseable {
    private final ClusterEndpoints endpoints;
    private final Endpoint engine;
    private final String recordPrefix;
    private final CamundaBackupClient client;
    private final CamundaCluster cluster;
    private final ClientResources resources;
    private final Wire wire;

    /**
     * @param engine the search engine
     * @param client is closed with this
     */
    Site(
            ClusterEndpoints endpoints,
            Endpoint engine,
            String recordPrefix,
            CamundaBackupClient client,
            CamundaCluster cluster,
            ClientResources resources) {
        this.endpoints = endpoints;
        this.engine = engine;
        this.recordPrefix = recordPrefix;
        this.client = client;
        this.cluster = cluster;
        this.resources = resources;
        wire = new Wire(resources);
    }

    /** A client of a cluster. */
    static CamundaBackupClient client(
            ClusterEndpoints endpoints,
            Endpoint engine,
            String repository,
            String recordPrefix,
            AcceptanceStores stores,
            ClientResources resources) {
        CamundaBackupClient.Builder client = CamundaBackupClient.builder()
                .resources(resources)
                .recordIndexPrefix(recordPrefix)
                .snapshotStore(stores.open(engine, repository, resources));
        endpoints.all().forEach(client::component);
        endpoints.brokers().forEach(client::broker);
        endpoints.line().ifPresent(client::line);
        return client.build();
    }

    CamundaLine line() {
        return cluster.line();
    }

    CamundaCluster cluster() {
        return cluster;
    }

    CamundaBackupClient client() {
        return client;
    }

    ClusterEndpoints endpoints() {
        return endpoints;
    }

    List<Endpoint> brokers() {
        return endpoints.brokers();
    }

    /** Whether the brokers were named, and not only a gateway. */
    boolean hasBrokers() {
        return !endpoints.brokers().equals(List.of(endpoints.zeebe()));
    }

    /** The components with an endpoint of backups. */
    List<LineComponent> components() {
        return line().components().stream()
                .filter(component -> component.path().isPresent()
                        && endpoints.of(component.component()).isPresent())
                .toList();
    }

    ComponentClient<?> component(Component component) {
        return cluster.clients().stream()
                .filter(of -> of.component().equals(component))
                .findFirst()
                .orElseThrow();
    }

    /** All that has backups: the components, and the records. */
    List<ComponentClient<?>> keepers() {
        return Stream.<ComponentClient<?>>concat(cluster.clients().stream(), Stream.of(records()))
                .toList();
    }

    RecordsClient records() {
        return RecordsClient.create(client.snapshotStore(), recordPrefix + "*", resources.time());
    }

    RawAnswer get(Component component, String target) throws IOException {
        return send(component, "GET", target, "");
    }

    RawAnswer send(Component component, String method, String target, String body) throws IOException {
        return wire.send(endpoints.of(component).orElseThrow(), method, "/actuator" + target, body);
    }

    RawAnswer partitions(Endpoint broker) throws IOException {
        return wire.send(broker, "GET", "/actuator/partitions", "");
    }

    /**
     * Asks the search engine.
     *
     * @param target {@code {repository}} and {@code {records}} stand for the names of these
     */
    RawAnswer engine(String method, String target, String body) throws IOException {
        String named = target.replace(
                        "{repository}", encode(client.snapshotStore().repository()))
                .replace("{records}", encode(recordPrefix) + "*");
        return wire.send(engine, method, named, body.replace("{records}", recordPrefix + "*"));
    }

    private static String encode(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Lets time pass. */
    void pause(Duration duration) {
        resources.time().delay(duration).join();
    }

    @Override
    public void close() {
        client.close();
    }
}
