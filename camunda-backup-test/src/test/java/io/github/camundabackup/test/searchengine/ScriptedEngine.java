package io.github.camundabackup.test.searchengine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/**
 * A server that answers each method and path (without the query) as a test says: with the given answers one after the
 * other, and with the last of them from then on. What nobody has thought of is answered with 418, which no store takes
 * for anything else.
 */
public final class ScriptedEngine implements AutoCloseable {
    private final MockWebServer server = new MockWebServer();
    private final Map<String, Deque<MockResponse>> answers = Collections.synchronizedMap(new LinkedHashMap<>());
    private final List<RecordedRequest> requests = Collections.synchronizedList(new ArrayList<>());

    /** Starts on a free port. */
    public ScriptedEngine() {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                requests.add(request);
                return answer(request.getMethod() + " " + path(request));
            }
        });
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI uri() {
        return server.url("/").uri();
    }

    /** Sets the answers to one request: a method, a space and a path, such as {@code GET /_snapshot/camunda}. */
    public ScriptedEngine on(String request, MockResponse... inOrder) {
        answers.put(request, new ArrayDeque<>(List.of(inOrder)));
        return this;
    }

    /** As {@link #on(String, MockResponse...)}, with recordings by their names. */
    public ScriptedEngine on(String request, String... recordings) {
        answers.put(
                request,
                new ArrayDeque<>(
                        List.of(recordings).stream().map(Recording::response).toList()));
        return this;
    }

    /** All requests of a method and path, in order. */
    public List<RecordedRequest> requests(String request) {
        synchronized (requests) {
            return requests.stream()
                    .filter(one -> (one.getMethod() + " " + path(one)).equals(request))
                    .toList();
        }
    }

    /** How many requests have come in. */
    public int requestCount() {
        return requests.size();
    }

    private MockResponse answer(String request) {
        synchronized (answers) {
            Deque<MockResponse> queue = answers.get(request);
            if (queue == null) {
                return new MockResponse.Builder()
                        .code(418)
                        .body("not scripted: " + request)
                        .build();
            }
            return queue.size() > 1 ? queue.removeFirst() : queue.getFirst();
        }
    }

    private static String path(RecordedRequest request) {
        return request.getTarget().replaceAll("\\?.*", "");
    }

    @Override
    public void close() {
        server.close();
    }
}
