package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.test.internal.web.Application;
import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.internal.web.WebAnswer;
import io.github.camundabackup.test.internal.web.WebRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/** The orchestration cluster's REST API from 8.10, as far as backups need it: {@code /v2} on the application's port. */
public final class RestApplication implements Application {
    private final ClusterSettings settings;
    private final List<RestResource> resources;
    private final RecoveryMode mode;
    private final Object lock;

    RestApplication(ClusterSettings settings, List<RestResource> resources, RecoveryMode mode, Object lock) {
        this.settings = settings;
        this.resources = List.copyOf(resources);
        this.mode = mode;
        this.lock = lock;
    }

    @Override
    public CompletableFuture<WebAnswer> answer(WebRequest request) {
        synchronized (lock) {
            return CompletableFuture.completedFuture(route(request).orElseGet(() -> nothingHere(request)));
        }
    }

    private Optional<WebAnswer> route(WebRequest request) {
        List<String> path = request.segments();
        if (path.size() < 2 || !path.get(0).equals("v2")) {
            return Optional.empty();
        }
        String call = request.method() + " " + String.join("/", path.subList(1, path.size()));
        boolean restores = path.get(1).equals("mode") || path.get(1).equals("restore");
        if (!restores && !request.method().equals("GET") && mode.isRecovering()) {
            return Optional.of(
                    problem(request, 503, "UNAVAILABLE", "The partitions are in recovery mode, and process nothing."));
        }
        return switch (call) {
            case "GET status" -> Optional.of(WebAnswer.empty(204));
            case "GET topology" -> Optional.of(WebAnswer.json(200, topology()));
            default ->
                resources.stream()
                        .filter(resource -> path.size() > resource.path().size()
                                && path.subList(1, resource.path().size() + 1).equals(resource.path()))
                        .findFirst()
                        .flatMap(resource -> resource.answer(
                                request, path.subList(resource.path().size() + 1, path.size())));
        };
    }

    private Map<String, ?> topology() {
        List<Object> partitions = new ArrayList<>();
        boolean recovering = mode.isRecovering();
        IntStream.rangeClosed(1, settings.partitions())
                .forEach(id -> partitions.add(Json.map(
                        "partitionId",
                        id,
                        "role",
                        recovering ? "inactive" : "leader",
                        "health",
                        "healthy",
                        "state",
                        recovering ? "recovering" : "active")));
        return Json.map(
                "brokers",
                mode.knowsNoBroker()
                        ? List.of()
                        : List.of(Json.map(
                                "nodeId",
                                0,
                                "brokerId",
                                "0",
                                "host",
                                "127.0.0.1",
                                "port",
                                26501,
                                "version",
                                settings.version(),
                                "partitions",
                                partitions)),
                "clusterId",
                null,
                "clusterSize",
                1,
                "partitionsCount",
                settings.partitions(),
                "replicationFactor",
                1,
                "gatewayVersion",
                settings.version(),
                "lastCompletedChangeId",
                mode.completedChanges() == 0 ? "-1" : String.valueOf(mode.completedChanges()));
    }

    /** As Spring words it. */
    private static WebAnswer nothingHere(WebRequest request) {
        return problem(request, 404, "Not Found", "No static resource " + String.join("/", request.segments()) + ".");
    }

    /** An answer about the backup whose id is in the path. */
    static WebAnswer withId(WebRequest request, String text, LongFunction<WebAnswer> answer) {
        return BackupRequest.parse(text)
                .map(answer::apply)
                .orElseGet(() -> invalid(request, "The backupId must be a number."));
    }

    static WebAnswer invalid(WebRequest request, String detail) {
        return problem(request, 400, "INVALID_ARGUMENT", detail);
    }

    /** A problem as RFC 9457 has it. */
    static WebAnswer problem(WebRequest request, int status, String title, String detail) {
        return WebAnswer.json(
                status,
                "application/problem+json",
                Json.map(
                        "type", "about:blank",
                        "title", title,
                        "status", status,
                        "detail", detail,
                        "instance", request.fullPath()));
    }
}
