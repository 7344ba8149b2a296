package io.github.camundabackup.exporting;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.endpoint.Wire;
import io.github.camundabackup.error.RemoteCallException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.http.ActuatorApi;
import io.github.camundabackup.internal.http.HttpApi;
import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.runtime.ClientResources;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Pauses and resumes Zeebe's exporters. A pause is kept by the brokers on their disks: it survives restarts of the
 * brokers and of the client, and a forgotten one fills the disks. Thread-safe; usable alone.
 *
 * <p>Of a cluster with physical tenants (8.10 and later) it is the exporting of one of them, by default of the default
 * tenant; that of others goes on.
 *
 * <p>Only the soft pause is offered. The hard one would stop the web applications from seeing anything new, and asking
 * for it while a soft pause is on can leave a partition that does not start any more
 * (<a href="https://github.com/camunda/camunda/issues/55838">camunda/camunda#55838</a>).
 */
public final class ExportingClient {
    private final HttpApi gateway;
    private final ServedExporting api;
    private final List<HttpApi> brokers;
    private final Optional<PhysicalTenant> tenant;

    private ExportingClient(
            Endpoint gateway,
            Optional<Wire> wire,
            List<Endpoint> brokers,
            Optional<PhysicalTenant> tenant,
            ClientResources resources) {
        this.gateway = HttpApi.of(gateway, "Zeebe", resources);
        api = new ServedExporting(this.gateway, wire, tenant);
        this.tenant = tenant;
        this.brokers = brokers.stream()
                .map(broker -> HttpApi.of(broker, "Zeebe broker", resources))
                .toList();
    }

    /**
     * Makes a client that asks the gateway itself for phases, which works where the gateway runs inside a single
     * broker.
     *
     * @param gateway the management port of the gateway or of the orchestration cluster, or from 8.10 on the port of the
     *     REST API: which one it is, is found out
     * @param resources must stay open as long as the client is used
     */
    public static ExportingClient create(Endpoint gateway, ClientResources resources) {
        return create(gateway, List.of(gateway), resources);
    }

    /**
     * Makes a client that asks every broker for its phases.
     *
     * @param gateway the management port of the gateway or of the orchestration cluster, or from 8.10 on the port of the
     *     REST API: which one it is, is found out
     * @param brokers the management ports of all brokers; none if they cannot be reached, and then no phase is known
     * @param resources must stay open as long as the client is used
     */
    public static ExportingClient create(Endpoint gateway, List<Endpoint> brokers, ClientResources resources) {
        return create(gateway, Optional.empty(), brokers, Optional.of(PhysicalTenant.DEFAULT), resources);
    }

    /**
     * As the other one, where more is known.
     *
     * @param wire how the gateway is asked; empty if it is to be found out
     * @param tenant the physical tenant whose exporting it is; empty where there cannot be any, up to 8.7: the actuator
     *     is then not told any, which from 8.10 on would be about all tenants
     */
    public static ExportingClient create(
            Endpoint gateway,
            Optional<Wire> wire,
            List<Endpoint> brokers,
            Optional<PhysicalTenant> tenant,
            ClientResources resources) {
        return new ExportingClient(gateway, wire, List.copyOf(brokers), tenant, resources);
    }

    /** The gateway's base URI. */
    public URI uri() {
        return gateway.endpoint().uri();
    }

    /** Where a POST resumes exporting: for people who must do it by hand. */
    public URI resumeUri() {
        return api.resumeUri();
    }

    /**
     * Pauses softly: exporters go on, but their progress does not let Zeebe delete anything from its log (8.5.1 and
     * later). Pausing twice is harmless. If this fails, some partitions may be paused all the same: resume.
     *
     * <p>From 8.10 on, where it is a change of the cluster's configuration, it may take a minute, and is asked for again
     * for up to two minutes while another change is going on.
     */
    public CompletableFuture<Void> softPause() {
        return softPause(() -> true);
    }

    /**
     * As {@link #softPause()}, asked again only as long as it is wanted.
     *
     * @param wanted asked before each request but the first; must be quick, and must not throw
     */
    public CompletableFuture<Void> softPause(BooleanSupplier wanted) {
        return api.softPause(wanted);
    }

    /**
     * Resumes exporting on all partitions. Resuming twice is harmless. If this fails, some partitions may be paused
     * still.
     */
    public CompletableFuture<Void> resume() {
        return api.resume();
    }

    /**
     * Asks every broker for the phases of its partitions, and the gateway for what it knows of all of them. What cannot
     * be read does not fail this; it is in {@link ExportingStatus#unreadable()} and
     * {@link ExportingStatus#unreported()}.
     */
    public CompletableFuture<ExportingStatus> status() {
        Map<URI, RemoteCallException> unreadable = new HashMap<>();
        List<CompletableFuture<List<PartitionStatus>>> answers = brokers.stream()
                // The REST API's port has none of this.
                .filter(broker -> !api.isRest() || !broker.endpoint().equals(gateway.endpoint()))
                .map(broker -> partitions(broker, unreadable))
                .toList();
        return Futures.all(answers).thenCombine(overview(), (lists, overview) -> {
            synchronized (unreadable) {
                return new ExportingStatus(
                        lists.stream().flatMap(List::stream).toList(),
                        overview.partitions(),
                        overview.phase(),
                        overview.failure(),
                        unreadable);
            }
        });
    }

    private CompletableFuture<List<PartitionStatus>> partitions(
            HttpApi broker, Map<URI, RemoteCallException> unreadable) {
        return Futures.recover(partitions(broker), error -> {
            if (error instanceof RemoteCallException failure) {
                synchronized (unreadable) {
                    unreadable.put(broker.endpoint().uri(), failure);
                }
                return CompletableFuture.completedFuture(List.of());
            }
            return CompletableFuture.failedFuture(error);
        });
    }

    /** A gateway that does not tell is no reason not to ask the brokers. */
    private CompletableFuture<ExportingApi.Overview> overview() {
        return Futures.recover(
                api.overview(),
                error -> CompletableFuture.completedFuture(new ExportingApi.Overview(
                        Set.of(),
                        Optional.empty(),
                        Optional.of(error)
                                .filter(RemoteCallException.class::isInstance)
                                .map(RemoteCallException.class::cast))));
    }

    private CompletableFuture<List<PartitionStatus>> partitions(HttpApi broker) {
        return broker.sendRepeatable(ActuatorApi.about(
                        tenant, HttpCall.get("read the phases of the partitions", "actuator", "partitions")))
                .thenApply(answer -> {
                    if (!answer.isSuccess()) {
                        throw answer.rejected(
                                answer.status() == 404
                                        ? "Only brokers tell these; a gateway of its own does not."
                                        : "");
                    }
                    JsonValue body = answer.json();
                    if (!body.isObject()) {
                        throw answer.unexpected("it is no description of partitions");
                    }
                    List<PartitionStatus> partitions = new ArrayList<>();
                    collect(broker.endpoint().uri(), ofTenant(body), partitions);
                    return partitions;
                });
    }

    /** Where several physical tenants' partitions are told, whose numbers are the same, they are grouped by tenant. */
    private JsonValue ofTenant(JsonValue partitions) {
        JsonValue own = partitions.at(tenant.orElse(PhysicalTenant.DEFAULT).id());
        return own.isObject() && own.text("role").isEmpty() ? own : partitions;
    }

    private static void collect(URI broker, JsonValue body, List<PartitionStatus> partitions) {
        body.fields().forEach((name, partition) -> {
            if (partition.text("role").isPresent() && name.matches("\\d{1,6}")) {
                partitions.add(new PartitionStatus(
                        broker,
                        Integer.parseInt(name),
                        partition
                                .text("role")
                                .filter("LEADER"::equalsIgnoreCase)
                                .isPresent(),
                        partition
                                .text("exporterPhase")
                                .map(ExporterPhase::parse)
                                .orElse(ExporterPhase.UNKNOWN),
                        partition.number("exportedPosition"),
                        partition.text("streamProcessorPhase")));
            }
        });
    }

    /** The gateway's URI. */
    @Override
    public String toString() {
        return "exporting at " + uri();
    }
}
