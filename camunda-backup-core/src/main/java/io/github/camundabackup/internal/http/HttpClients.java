package io.github.camundabackup.internal.http;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.runtime.ClientResources;
import java.lang.ref.WeakReference;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * One HTTP client, and so one selector thread and one connection pool, for all endpoints that are connected to in the
 * same way. A client that nobody uses any more ends by itself: its TLS settings may have been read anew since.
 */
final class HttpClients {
    private final Map<Settings, WeakReference<HttpClient>> clients = new HashMap<>();
    private final ClientResources resources;

    HttpClients(ClientResources resources) {
        this.resources = resources;
    }

    /** The caller keeps it as long as it sends anything. */
    synchronized HttpClient forEndpoint(Endpoint endpoint) {
        clients.values().removeIf(client -> client.get() == null);
        Settings settings = new Settings(endpoint.tls().context(), endpoint.connectTimeout());
        WeakReference<HttpClient> known = clients.get(settings);
        HttpClient there = known == null ? null : known.get();
        if (there != null) {
            return there;
        }
        HttpClient created = create(settings);
        clients.put(settings, new WeakReference<>(created));
        return created;
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
