package io.github.camundabackup.test.acceptance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.internal.http.HttpApi;
import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.runtime.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * Sends requests as they are, each once, and waits for the answer: not through the library, which hides what servers
 * say.
 */
final class Wire {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final ClientResources resources;
    private final Map<Optional<SSLContext>, HttpClient> clients = new HashMap<>();
    /** What gets access tokens, where endpoints want some. */
    private final Map<Endpoint, HttpApi> credentials = new HashMap<>();

    Wire(ClientResources resources) {
        this.resources = resources;
    }

    /**
     * Sends a request and waits for its answer.
     *
     * @param target path and query, beginning with a slash
     * @param body JSON, empty for none
     */
    RawAnswer send(Endpoint endpoint, String method, String target, String body) throws IOException {
        TimeSource.Activity activity = resources.time().activity();
        try (activity) {
            Optional<String> authorization = credentials
                    .computeIfAbsent(endpoint, to -> HttpApi.of(to, "the cluster", resources))
                    .authorization(HttpCall.of(method, "ask what is compared", target))
                    .get(2 * endpoint.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
            // The request's own timeout ends with the headers.
            HttpResponse<byte[]> response = client(endpoint)
                    .sendAsync(
                            request(endpoint, authorization, method, target, body),
                            HttpResponse.BodyHandlers.ofByteArray())
                    .get(2 * endpoint.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
            String text = new String(response.body(), StandardCharsets.UTF_8);
            return new RawAnswer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    text,
                    json(text));
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new IOException("No complete answer came in time.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("It was interrupted.", e);
        }
    }

    private HttpClient client(Endpoint endpoint) {
        return clients.computeIfAbsent(endpoint.tls().context(), tls -> {
            HttpClient.Builder client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    // A redirect could carry credentials to another host.
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(endpoint.connectTimeout())
                    .executor(resources.executor());
            tls.ifPresent(client::sslContext);
            return client.build();
        });
    }

    private static HttpRequest request(
            Endpoint endpoint, Optional<String> authorization, String method, String target, String body) {
        URI uri = URI.create(endpoint.uri() + target);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = new LinkedHashMap<>(endpoint.headers());
        headers.put("Accept", "application/json");
        if (!body.isEmpty()) {
            headers.put("Content-Type", "application/json");
        }
        authorization.ifPresent(value -> headers.put("Authorization", value));
        endpoint.signer()
                .ifPresent(signer -> headers.putAll(signer.sign(
                        method,
                        uri,
                        headers.entrySet().stream()
                                .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue()))),
                        bytes)));
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(endpoint.requestTimeout())
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(bytes));
        headers.forEach(request::setHeader);
        return request.build();
    }

    private static Optional<JsonNode> json(String text) {
        try {
            JsonNode json = MAPPER.readTree(text);
            return json.isMissingNode() ? Optional.empty() : Optional.of(json);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
