package io.github.camundabackup.internal.http;

import io.github.camundabackup.error.AccessDeniedException;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.model.PhysicalTenant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The paths and the refusals of the orchestration cluster's REST API, from 8.10 on. */
public final class RestApi {
    private static final String NOTHING_IS_SERVED =
            "Nothing is served at this path. Check the port, the context path, and that the cluster is of Camunda 8.10"
                    + " or later; before, only the management port, by default 9600, has what backups need.";

    private RestApi() {}

    /**
     * A path of the API.
     *
     * @param tenant whose resources they are
     */
    public static String[] path(PhysicalTenant tenant, String... path) {
        return Stream.concat(
                        tenant.isDefault() ? Stream.of() : Stream.of("physical-tenants", tenant.id()),
                        Stream.concat(Stream.of("v2"), Stream.of(path)))
                .toArray(String[]::new);
    }

    /**
     * Asks what is there: in every version that has a REST API, and open to all who may sign in.
     *
     * @return fails as the call does, also if what answers is no REST API of Camunda's
     */
    public static CompletableFuture<Topology> topology(HttpApi http, String action, PhysicalTenant tenant) {
        return http.sendRepeatable(HttpCall.get(action, path(tenant, "topology")))
                .thenApply(answer -> {
                    if (!answer.isSuccess()) {
                        throw answer.rejected(
                                answer.status() == 404 && !tenant.isDefault()
                                        ? noSuch(tenant)
                                        : answer.saysThatNothingIsServedHere() ? NOTHING_IS_SERVED : "");
                    }
                    JsonValue body = answer.json();
                    Optional<String> version = body.text("gatewayVersion");
                    long partitions = body.number("partitionsCount").orElse(0);
                    if (version.isEmpty() || partitions < 1) {
                        throw answer.unexpected("it is no topology of a cluster");
                    }
                    return new Topology(version.get(), (int) partitions, body);
                });
    }

    private static String noSuch(PhysicalTenant tenant) {
        return "Either the cluster has no physical tenant " + tenant
                + " (camunda.physical-tenants of its configuration), or this is not the port and context path of the"
                + " REST API of Camunda 8.10 or later.";
    }

    /**
     * A cluster as its REST API describes it.
     *
     * @param version of the gateway, such as {@code 8.10.0}
     * @param partitions how many there are
     * @param body the whole answer
     */
    public record Topology(String version, int partitions, JsonValue body) {}

    /**
     * An answer as a refusal. A 403 without a reason of its own names the permission that is missing.
     *
     * @param permission of the cluster's authorizations, such as {@code BACKUP:CREATE}
     */
    public static RequestRejectedException rejected(HttpAnswer answer, String advice, String permission) {
        if (answer.status() == 403) {
            return new AccessDeniedException(
                    answer.call(),
                    403,
                    answer.serverMessage().orElse(null),
                    "The configured credentials need the permission " + permission
                            + " of the orchestration cluster (its authorizations name the resource before the colon).");
        }
        return answer.rejected(answer.saysThatNothingIsServedHere() ? NOTHING_IS_SERVED : advice);
    }
}
