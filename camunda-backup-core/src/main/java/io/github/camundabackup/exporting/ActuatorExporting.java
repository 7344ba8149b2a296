package io.github.camundabackup.exporting;

import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.internal.http.ActuatorApi;
import io.github.camundabackup.internal.http.HttpAnswer;
import io.github.camundabackup.internal.http.HttpApi;
import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.model.PhysicalTenant;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Exporting at a management port: {@code /actuator/exporting}. */
final class ActuatorExporting implements ExportingApi {
    private final HttpApi gateway;
    private final Optional<PhysicalTenant> tenant;

    /**
     * @param tenant whose exporting it is; empty where there cannot be tenants
     */
    ActuatorExporting(HttpApi gateway, Optional<PhysicalTenant> tenant) {
        this.gateway = gateway;
        this.tenant = tenant;
    }

    @Override
    public URI resumeUri() {
        return URI.create(gateway.endpoint().uri() + "/actuator/exporting/resume"
                + tenant.map(named -> "?physicalTenant=" + named).orElse(""));
    }

    @Override
    public CompletableFuture<Void> softPause(BooleanSupplier wanted) {
        return control(HttpCall.post("pause exporting softly", "actuator", "exporting", "pause")
                .query("soft", "true"));
    }

    @Override
    public CompletableFuture<Void> resume() {
        return control(HttpCall.post("resume exporting", "actuator", "exporting", "resume"));
    }

    @Override
    public CompletableFuture<Overview> overview() {
        return gateway.sendRepeatable(
                        ActuatorApi.about(tenant, HttpCall.get("read the cluster's partitions", "actuator", "cluster")))
                .thenApply(answer -> {
                    if (!answer.isSuccess()) {
                        throw answer.rejected("");
                    }
                    JsonValue cluster = answer.json();
                    // Where an application answers every path with its page, or with anything else, this is not it.
                    if (!cluster.isObject() || cluster.elements("brokers").isEmpty()) {
                        throw answer.unexpected("it is no description of a cluster");
                    }
                    return new Overview(
                            cluster.elements("brokers").stream()
                                    .flatMap(broker -> broker.elements("partitions").stream())
                                    .flatMapToLong(partition -> partition.number("id").stream())
                                    .mapToObj(id -> (int) id)
                                    .collect(Collectors.toUnmodifiableSet()),
                            Optional.empty());
                });
    }

    private CompletableFuture<Void> control(HttpCall call) {
        // The JSON is for a version that answers 415 without; all others ignore it.
        return gateway.sendRepeatable(ActuatorApi.about(tenant, call).json(Map.of()))
                .thenApply(answer -> {
                    confirm(answer);
                    return null;
                });
    }

    /**
     * Up to 8.9 the endpoint answers 200 whatever happens; the result is a status inside the body. 8.10 answers with a
     * real status, if its source is to be believed, and its documentation still shows the other.
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
                            ? "Nothing is served at this path. Check the context path, and that this is the management"
                                    + " port of Zeebe's gateway or of the orchestration cluster."
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
                    "This endpoint answers HTTP 200 even when it fails. All brokers must be there for it to work; some"
                            + " partitions may have changed, others not.");
        }
    }
}
