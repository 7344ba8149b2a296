package io.github.camundabackup.exporting;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.error.RemoteCallException;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.http.HttpAnswer;
import io.github.camundabackup.internal.http.HttpApi;
import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.runtime.ClientResources;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Pauses and resumes Zeebe's exporters. A pause is kept by the brokers on their disks: it survives restarts of the
 * brokers and of the client, and a forgotten one fills the disks. Thread-safe; usable alone.
 *
 * <p>Only the soft pause is offered. The hard one would stop the web applications from seeing anything new, and asking
 * for it while a soft pause is on can leave a partition that does not start any more
 * (<a href="https://github.com/camunda/camunda/issues/55838">camunda/camunda#55838</a>).
 */
public final class ExportingClient {
    private final HttpApi gateway;
    private final List<HttpApi> brokers;

    private ExportingClient(Endpoint gateway, List<Endpoint> brokers, ClientResources resources) {
        this.gateway = HttpApi.of(gateway, "Zeebe", resources);
        this.brokers = brokers.stream()
                .map(broker -> HttpApi.of(broker, "Zeebe broker", resources))
                .toList();
    }

    /**
     * Makes a client that asks the gateway itself for phases, which works where the gateway runs inside a single
     * broker.
     *
     * @param gateway the management port of the gateway or of the orchestration cluster
     * @param resources must stay open as long as the client is used
     */
    public static ExportingClient create(Endpoint gateway, ClientResources resources) {
        return create(gateway, List.of(gateway), resources);
    }

    /**
     * Makes a client that asks every broker for its phases.
     *
     * @param gateway the management port of the gateway or of the orchestration cluster
     * @param brokers the management ports of all brokers; none if they cannot be reached, and then no phase is known
     * @param resources must stay open as long as the client is used
     */
    public static ExportingClient create(Endpoint gateway, List<Endpoint> brokers, ClientResources resources) {
        return new ExportingClient(gateway, List.copyOf(brokers), resources);
    }

    /** The gateway's base URI. */
    public URI uri() {
        return gateway.endpoint().uri();
    }

    /**
     * Pauses softly: exporters go on, but their progress does not let Zeebe delete anything from its log (8.5.1 and
     * later). Pausing twice is harmless. If this fails, some partitions may be paused all the same: resume.
     */
    public CompletableFuture<Void> softPause() {
        return control(HttpCall.post("pause exporting softly", "actuator", "exporting", "pause")
                .query("soft", "true"));
    }

    /**
     * Resumes exporting on all partitions. Resuming twice is harmless. If this fails, some partitions may be paused
     * still.
     */
    public CompletableFuture<Void> resume() {
        return control(HttpCall.post("resume exporting", "actuator", "exporting", "resume"));
    }

    /**
     * Asks every broker for the phases of its partitions. A broker that cannot be read does not fail this; it is in
     * {@link ExportingStatus#unreadable()}.
     */
    public CompletableFuture<ExportingStatus> status() {
        Map<URI, RemoteCallException> unreadable = new HashMap<>();
        List<CompletableFuture<List<PartitionStatus>>> answers = brokers.stream()
                .map(broker -> Futures.recover(partitions(broker), error -> {
                    if (error instanceof RemoteCallException failure) {
                        synchronized (unreadable) {
                            unreadable.put(broker.endpoint().uri(), failure);
                        }
                        return CompletableFuture.completedFuture(List.of());
                    }
                    return CompletableFuture.failedFuture(error);
                }))
                .toList();
        return Futures.all(answers).thenCombine(expectedPartitions(), (lists, expected) -> {
            synchronized (unreadable) {
                return new ExportingStatus(lists.stream().flatMap(List::stream).toList(), expected, unreadable);
            }
        });
    }

    /** The partitions that the cluster has, as the gateway knows them; none if it does not report them. */
    private CompletableFuture<Set<Integer>> expectedPartitions() {
        return gateway.sendRepeatable(HttpCall.get("read the cluster's partitions", "actuator", "cluster"))
                .handle((answer, error) -> error != null || !answer.isSuccess()
                        ? Set.of()
                        : answer.jsonIfAny().stream()
                                .flatMap(cluster -> cluster.elements("brokers").stream())
                                .flatMap(broker -> broker.elements("partitions").stream())
                                .flatMapToLong(partition -> partition.number("id").stream())
                                .mapToObj(id -> (int) id)
                                .collect(Collectors.toUnmodifiableSet()));
    }

    private CompletableFuture<Void> control(HttpCall call) {
        // The JSON is for a version that answers 415 without; all others ignore it. Both requests may be repeated
        // without harm.
        return gateway.sendRepeatable(call.json(Map.of())).thenApply(answer -> {
            confirm(answer);
            return null;
        });
    }

    /**
     * The endpoint answers 200 whatever happens; the result is a status inside the body.
     *
     * @see <a href="https://github.com/camunda/camunda-docs/issues/8435">camunda/camunda-docs#8435</a>
     */
    private static void confirm(HttpAnswer answer) {
        if (answer.status() == 204) {
            return;
        }
        if (!answer.isSuccess()) {
            throw answer.rejected(
                    answer.saysThatNothingIsServedHere()
                            ? "Nothing is served at this path. Check the context path, and that this is the management port of"
                                    + " Zeebe's gateway or of the orchestration cluster."
                            : "");
        }
        JsonValue body = answer.json();
        OptionalLong status = body.number("status");
        if (status.isEmpty()) {
            throw answer.unexpected("the body has no status, so that it is no confirmation");
        }
        if (status.getAsLong() != 204) {
            JsonValue details = body.at("body");
            throw new RequestRejectedException(
                    answer.call(),
                    (int) status.getAsLong(),
                    details.text()
                            .or(() -> details.text("message"))
                            .map(HttpAnswer::shorten)
                            .orElse(null),
                    "This endpoint answers HTTP 200 even when it fails. All brokers must be there for it to work; some partitions may"
                            + " have changed, others not.");
        }
    }

    private static CompletableFuture<List<PartitionStatus>> partitions(HttpApi broker) {
        return broker.sendRepeatable(HttpCall.get("read the phases of the partitions", "actuator", "partitions"))
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
                    collect(broker.endpoint().uri(), body, partitions);
                    return partitions;
                });
    }

    /** From 8.10 on, partitions are grouped by physical tenant. */
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
            } else if (partition.isObject()) {
                collect(broker, partition, partitions);
            }
        });
    }

    /** The gateway's URI. */
    @Override
    public String toString() {
        return "exporting at " + uri();
    }
}
