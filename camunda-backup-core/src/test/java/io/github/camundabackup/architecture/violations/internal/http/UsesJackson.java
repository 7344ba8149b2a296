package io.github.camundabackup.architecture.violations.internal.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resilience4j.retry.Retry;
import java.net.http.HttpClient;

/** Internal, so it may know the HTTP client and retries, but Jackson is a matter of {@code internal.json}. */
public final class UsesJackson {
    public String use(HttpClient client, Retry retry, ObjectMapper mapper) {
        return client + " " + retry + " " + mapper;
    }
}
