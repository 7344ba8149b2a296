package io.github.camundabackup.architecture.violations.component;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resilience4j.retry.Retry;
import java.net.http.HttpClient;

/** Uses what only the internal packages may, though it shows none of it. */
public final class UsesImplementation {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Retry retry = Retry.ofDefaults("test");
    private final ObjectMapper mapper = new ObjectMapper();

    @Override
    public String toString() {
        return client + " " + retry + " " + mapper;
    }
}
