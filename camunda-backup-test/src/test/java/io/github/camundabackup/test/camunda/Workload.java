package io.github.camundabackup.test.camunda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camundabackup.test.process.Http;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What users do with a cluster: process instances are started and completed. */
public final class Workload {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String BOUNDARY = "----boundary";
    private static final int MILLIS_BETWEEN = 200;

    private final URI api;
    private final Http http = new Http();

    /**
     * @param api of Zeebe, for users
     */
    public Workload(URI api) {
        this.api = api;
    }

    /** Deploys the processes. */
    public void deploy() {
        String head =
                "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"resources\"; filename=\"orders.bpmn\"\r\n"
                        + "Content-Type: application/xml\r\n\r\n";
        HttpRequest request = HttpRequest.newBuilder(api.resolve("/v2/deployments"))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(HttpRequest.BodyPublishers.ofString(head + processes() + "\r\n--" + BOUNDARY + "--\r\n"))
                .build();
        HttpResponse<String> response = http.send(request);
        if (response.statusCode() != 200) {
            throw new IllegalStateException("The processes cannot be deployed: " + response.body());
        }
    }

    /**
     * Starts an instance of each process.
     *
     * @return their keys
     */
    public List<Long> startInstances() {
        return Stream.of("order", "ticket").map(this::start).toList();
    }

    private long start(String process) {
        return read(http.call(
                        "POST",
                        api.resolve("/v2/process-instances"),
                        "{\"processDefinitionId\":\"" + process + "\",\"variables\":{\"note\":\"n\"}}"))
                .path("processInstanceKey")
                .asLong();
    }

    /**
     * Completes a user task, as a person does. Whether that has happened is in the records: a broker may take too long
     * to answer.
     */
    public void complete(long userTask) {
        HttpResponse<String> answer =
                http.send("POST", api.resolve("/v2/user-tasks/" + userTask + "/completion"), "{}");
        if (!List.of(204, 404, 504).contains(answer.statusCode())) {
            throw new IllegalStateException(
                    "The user task " + userTask + " cannot be completed: " + answer.statusCode() + " " + answer.body());
        }
    }

    /** Does the work that is there. With it a ticket is complete, and an order waits for a person. */
    public int work() {
        JsonNode jobs = read(http.call(
                        "POST",
                        api.resolve("/v2/jobs/activation"),
                        "{\"type\":\"work\",\"timeout\":60000,\"maxJobsToActivate\":20,\"worker\":\"w\",\"requestTimeout\":-1}"))
                .path("jobs");
        jobs.forEach(job -> http.call(
                "POST",
                api.resolve("/v2/jobs/"
                        + job.path(job.has("jobKey") ? "jobKey" : "key").asText() + "/completion"),
                "{}"));
        return jobs.size();
    }

    /** Starts and completes instances at a steady rate until it is closed. */
    public Load keepGoing() {
        return new Load();
    }

    /** A load that goes on. */
    public final class Load implements AutoCloseable {
        private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
        private final AtomicInteger worked = new AtomicInteger();
        private final List<Long> started = new CopyOnWriteArrayList<>();
        private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

        private Load() {
            executor.scheduleAtFixedRate(this::round, 0, MILLIS_BETWEEN, TimeUnit.MILLISECONDS);
        }

        /** How many pieces of work have been done. */
        public int worked() {
            return worked.get();
        }

        /** The keys of the process instances that were started, in order. */
        public List<Long> started() {
            return List.copyOf(started);
        }

        private void round() {
            try {
                started.addAll(startInstances());
                worked.addAndGet(work());
            } catch (RuntimeException e) {
                failure.compareAndSet(null, e);
                throw e;
            }
        }

        /**
         * Ends it.
         *
         * @throws IllegalStateException if a request was not answered as it should have been
         */
        @Override
        public void close() {
            executor.shutdown();
            try {
                if (!executor.awaitTermination(1, TimeUnit.MINUTES)) {
                    throw new IllegalStateException("The load does not end.");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted", e);
            }
            RuntimeException failed = failure.get();
            if (failed != null) {
                throw new IllegalStateException("The load ended early", failed);
            }
        }
    }

    private static String processes() {
        try (InputStream stream = Workload.class.getResourceAsStream("/camunda/orders.bpmn")) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
