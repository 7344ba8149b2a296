package io.github.camundabackup.component;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.endpoint.Wire;
import io.github.camundabackup.exporting.ExportingClient;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.line.LineComponent;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.runtime.ClientResources;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The typed clients of one cluster, whose line is known. Thread-safe. */
public final class CamundaCluster {
    private final ClusterEndpoints endpoints;
    private final CamundaLine line;
    private final Map<Component, Wire> wires;
    private final ClientResources resources;

    /**
     * @param wires of the components that are not asked at the actuator
     */
    CamundaCluster(
            ClusterEndpoints endpoints, CamundaLine line, Map<Component, Wire> wires, ClientResources resources) {
        this.endpoints = endpoints;
        this.line = line;
        this.wires = Map.copyOf(wires);
        this.resources = resources;
    }

    /**
     * Asks every configured endpoint what it serves, finds the line, and checks that the two fit. Changes nothing.
     *
     * @param endpoints where the components are
     * @param resources must stay open as long as the cluster's clients are used
     * @return fails with {@link io.github.camundabackup.error.ConfigurationMismatchException}, which lists everything
     *     that does not fit, endpoints that could not be reached among it
     */
    public static CompletableFuture<CamundaCluster> discover(ClusterEndpoints endpoints, ClientResources resources) {
        return new Discovery(endpoints, resources).cluster();
    }

    /** The cluster's line; where later ones look the same, the oldest of them. */
    public CamundaLine line() {
        return line;
    }

    /** The physical tenant whose backups they are; the default one, unless another is configured. */
    public PhysicalTenant physicalTenant() {
        return endpoints.physicalTenant();
    }

    /** How a component is asked for backups. */
    public Wire wire(Component component) {
        return wires.getOrDefault(component, Wire.ACTUATOR);
    }

    /** The lines that the cluster may be of: those of this library, and the one that was stated. */
    public CamundaLines lines() {
        return endpoints.lines();
    }

    /** Zeebe's backups. */
    public ZeebeClient zeebe() {
        return ZeebeClient.create(endpoints.gateway(), wire(Component.ZEEBE), physicalTenant(), line, resources);
    }

    /** Zeebe's exporters. */
    public ExportingClient exporting() {
        boolean named = line.component(Component.ZEEBE)
                .filter(LineComponent::namesPhysicalTenant)
                .isPresent();
        return ExportingClient.create(
                endpoints.gateway(),
                Optional.of(wire(Component.ZEEBE)),
                endpoints.brokers(),
                Optional.of(physicalTenant()).filter(tenant -> named),
                resources);
    }

    /** Optimize, if it is configured. */
    public Optional<OptimizeClient> optimize() {
        return endpoint(Component.OPTIMIZE).map(endpoint -> OptimizeClient.create(endpoint, resources));
    }

    /** Operate, if it is configured; up to 8.7. */
    public Optional<OperateClient> operate() {
        return endpoint(Component.OPERATE).map(endpoint -> OperateClient.create(endpoint, resources));
    }

    /** Tasklist, if it is configured; up to 8.7. */
    public Optional<TasklistClient> tasklist() {
        return endpoint(Component.TASKLIST).map(endpoint -> TasklistClient.create(endpoint, resources));
    }

    /** The web applications, if they are configured; from 8.8. */
    public Optional<WebApplicationsClient> webApplications() {
        return endpoint(Component.WEB_APPLICATIONS)
                .map(endpoint -> WebApplicationsClient.create(
                        endpoint, wire(Component.WEB_APPLICATIONS), physicalTenant(), resources));
    }

    /** All configured components whose backups are snapshots that they make themselves. */
    public List<SnapshotBackupClient> snapshotClients() {
        return endpoints.all().keySet().stream()
                .filter(Component::hasSnapshots)
                .flatMap(configured -> line
                        .component(configured)
                        .filter(component -> component.path().isPresent())
                        .map(component -> SnapshotBackupClient.create(
                                endpoint(configured).orElseThrow(),
                                wire(configured),
                                physicalTenant(),
                                component,
                                resources))
                        .stream())
                .toList();
    }

    /** All configured components that have backups, Zeebe last. */
    public List<ComponentClient<?>> clients() {
        return Stream.<ComponentClient<?>>concat(snapshotClients().stream(), Stream.of(zeebe()))
                .toList();
    }

    private Optional<Endpoint> endpoint(Component component) {
        return wire(component) == Wire.REST
                ? endpoints.restApi().or(() -> endpoints.of(component))
                : endpoints.of(component);
    }

    @Override
    public String toString() {
        return line.displayName() + (wire(Component.ZEEBE) == Wire.REST ? " by its REST API: " : ": ") + endpoints;
    }
}
