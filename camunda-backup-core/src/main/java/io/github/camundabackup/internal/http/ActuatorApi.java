package io.github.camundabackup.internal.http;

import io.github.camundabackup.model.PhysicalTenant;
import java.util.Optional;

/** What requests to the actuator of an orchestration cluster have in common. */
public final class ActuatorApi {
    private ActuatorApi() {}

    /**
     * A request about one physical tenant. One that names none is about all tenants, from 8.10 on: a pause would stop
     * them all, and a backup be taken of each. Earlier versions pass over parameters that they do not know.
     *
     * @param tenant empty where there cannot be any
     * @see <a href="https://github.com/camunda/camunda/pull/60456">camunda#60456</a>
     */
    public static HttpCall about(Optional<PhysicalTenant> tenant, HttpCall call) {
        return tenant.map(named -> call.query("physicalTenant", named.id())).orElse(call);
    }
}
