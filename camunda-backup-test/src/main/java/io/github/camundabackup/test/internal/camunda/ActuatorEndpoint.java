package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.test.internal.web.WebAnswer;
import io.github.camundabackup.test.internal.web.WebRequest;
import java.util.List;
import java.util.Optional;

/** One endpoint under {@code /actuator}. Called by one thread at a time. */
interface ActuatorEndpoint {

    /** The name in the path. */
    String name();

    /** What the list of links calls the templates below the name, such as {@code backups-id} for {@code {id}}. */
    default Optional<String> variable() {
        return Optional.empty();
    }

    /**
     * @param rest the segments after the name
     * @return empty if there is no such path
     */
    Optional<WebAnswer> answer(WebRequest request, List<String> rest);
}
