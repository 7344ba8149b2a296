package io.github.camundabackup.component;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.internal.http.HttpAnswer;
import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.internal.http.RestApi;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.line.LineComponent;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.runtime.ClientResources;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The backups under {@code /v2/backups}, in the orchestration cluster's REST API, from 8.10 on.
 *
 * @see <a href="https://docs.camunda.io/docs/apis-tools/orchestration-cluster-api-rest/orchestration-cluster-api-rest-overview/">
 *     Camunda's documentation</a>
 */
final class RestBackupApi<B extends ComponentBackup> extends HttpBackupApi<B> {
    private final String path;
    private final PhysicalTenant tenant;

    /**
     * @param component has a path in the REST API
     */
    RestBackupApi(
            PhysicalTenant tenant,
            Endpoint endpoint,
            LineComponent component,
            ClientResources resources,
            Function<JsonValue, Optional<B>> reader) {
        super(endpoint, component, resources, reader);
        path = component.restPath().orElseThrow();
        this.tenant = tenant;
    }

    @Override
    HttpCall call(String method, String action, String... below) {
        return HttpCall.of(
                method,
                action,
                RestApi.path(
                        tenant,
                        Stream.concat(Stream.of("backups", path), Stream.of(below))
                                .toArray(String[]::new)));
    }

    /**
     * A history backup is also refused with 403 where the cluster has no repository or no search engine, and one of
     * Camunda's own decisions has it be 400 or 404: only the words tell, and they decide nothing but the advice.
     */
    @Override
    RequestRejectedException rejected(Action action, HttpAnswer answer) {
        String words = answer.serverMessage().orElse("").toLowerCase(Locale.ROOT);
        boolean ofConfiguration = answer.status() == 400 || answer.status() == 403 || answer.status() == 404;
        if (ofConfiguration && words.contains("repository")) {
            return answer.rejectedAsSaid(
                    "The cluster has no such snapshot repository. Register it in the search engine, under the name"
                            + " that the cluster is configured with (camunda.data.secondary-storage,"
                            + " backup.repository-name).");
        }
        if (ofConfiguration && words.contains("secondary storage")) {
            return answer.rejectedAsSaid(
                    "With a relational database as secondary storage, or with none, there are no backups of the web"
                            + " applications.");
        }
        return RestApi.rejected(answer, "", "BACKUP:" + permission(action));
    }

    private static String permission(Action action) {
        return switch (action) {
            case TAKE -> "CREATE";
            case READ -> "READ";
            case DELETE -> "DELETE";
        };
    }
}
