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
import org.jspecify.annotations.Nullable;

/**
 * One HTTP client, and so one selector thread and one connection pool, for all endpoints that are connected to in the
 * same way. A client that nobody uses any more ends by itself: its TLS settings may have been read anew since.
 */
final class HttpClients {
    private static final String REPEATS_ALL = "jdk.httpclient.enableAllMethodRetry";

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
        requireThatNothingIsRepeatedBlindly(System.getProperty(REPEATS_ALL));
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

    /** The JDK reads this property once, for all clients in the process. */
    static void requireThatNothingIsRepeatedBlindly(@Nullable String repeatsAll) {
        if (repeatsAll != null && (repeatsAll.isEmpty() || Boolean.parseBoolean(repeatsAll))) {
            throw new IllegalStateException("The system property " + REPEATS_ALL
                    + " is set, with which the JDK sends a request again on its own that may have been carried out, such as"
                    + " one that begins a backup. Remove it, or use another process for backups.");
        }
    }

    private record Settings(Optional<SSLContext> tls, Duration connectTimeout) {}
}
