package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.test.internal.web.WebAnswer;
import io.github.camundabackup.test.internal.web.WebRequest;
import java.util.List;
import java.util.Optional;

/** One resource of the REST API. Called by one thread at a time. */
interface RestResource {

    /** The segments below {@code /v2}. */
    List<String> path();

    /**
     * @param rest the segments after the path
     * @return empty if there is no such path
     */
    Optional<WebAnswer> answer(WebRequest request, List<String> rest);
}
