package io.github.camundabackup.component;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.internal.http.ActuatorApi;
import io.github.camundabackup.internal.http.HttpAnswer;
import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.line.LineComponent;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.runtime.ClientResources;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The backups under {@code /actuator}, on a management port. */
final class ActuatorBackupApi<B extends ComponentBackup> extends HttpBackupApi<B> {
    private final String path;
    private final Optional<PhysicalTenant> tenant;

    /**
     * @param component has a path
     */
    ActuatorBackupApi(
            PhysicalTenant tenant,
            Endpoint endpoint,
            LineComponent component,
            ClientResources resources,
            Function<JsonValue, Optional<B>> reader) {
        super(endpoint, component, resources, reader);
        path = component.path().orElseThrow();
        this.tenant = Optional.of(tenant).filter(named -> component.namesPhysicalTenant());
    }

    @Override
    HttpCall call(String method, String action, String... below) {
        return ActuatorApi.about(
                tenant,
                HttpCall.of(
                        method,
                        action,
                        Stream.concat(Stream.of("actuator", path), Stream.of(below))
                                .toArray(String[]::new)));
    }

    @Override
    RequestRejectedException rejected(Action action, HttpAnswer answer) {
        return answer.rejected(
                answer.saysThatNothingIsServedHere()
                        ? "Nothing is served at this path. Check the context path, that this is the management port,"
                                + " and that the version of Camunda fits: Operate, Tasklist and Zeebe serve"
                                + " /actuator/backups up to 8.7, the orchestration cluster /actuator/backupHistory and"
                                + " /actuator/backupRuntime from 8.8."
                        : "");
    }
}
