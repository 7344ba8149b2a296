package io.github.camundabackup.internal.http;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.runtime.ClientResources;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;

/**
 * One HTTP client, and so one selector thread and one connection pool, for all endpoints that are connected to in the
 * same way.
 */
final class HttpClients {
    private final Map<Settings, HttpClient> clients = new ConcurrentHashMap<>();
    private final ClientResources resources;

    HttpClients(ClientResources resources) {
        this.resources = resources;
    }

    HttpClient forEndpoint(Endpoint endpoint) {
        return clients.computeIfAbsent(new Settings(endpoint.tls().context(), endpoint.connectTimeout()), this::create);
    }

    private HttpClient create(Settings settings) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                // An upgrade to HTTP/2 in clear text confuses proxies and gains nothing here.
                .version(HttpClient.Version.HTTP_1_1)
                // A redirect could carry credentials to another host.
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .executor(resources.executor());
        settings.tls().ifPresent(builder::sslContext);
        return builder.build();
    }

    private record Settings(Optional<SSLContext> tls, Duration connectTimeout) {}
}
