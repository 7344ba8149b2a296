package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.test.internal.searchengine.SimulatedClock;
import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.internal.web.WebAnswer;
import io.github.camundabackup.test.internal.web.WebRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** {@code /v2/mode} and {@code /v2/restore}: recovery mode, in which a cluster from 8.10 restores itself. */
final class RestRecovery implements RestResource {
    private static final Duration ATTEMPT = Duration.ofMinutes(7);
    private static final String BROKER = "0";

    private final RecoveryMode mode;
    private final ClusterSettings settings;
    private final SimulatedClock clock;
    private final String path;

    /**
     * @param path {@code mode} or {@code restore}
     */
    RestRecovery(RecoveryMode mode, ClusterSettings settings, SimulatedClock clock, String path) {
        this.mode = mode;
        this.settings = settings;
        this.clock = clock;
        this.path = path;
    }

    @Override
    public List<String> path() {
        return List.of(path);
    }

    @Override
    public Optional<WebAnswer> answer(WebRequest request, List<String> rest) {
        if (!rest.isEmpty()) {
            return Optional.empty();
        }
        return switch (request.method() + " " + path) {
            case "PATCH mode" -> Optional.of(change(request));
            case "POST restore" -> Optional.of(restore(request));
            case "GET restore" ->
                Optional.of(mode.restore()
                        .map(restore -> WebAnswer.json(200, status(restore)))
                        .orElseGet(() -> RestApplication.problem(
                                request, 404, "NOT_FOUND", "No restore is currently in progress")));
            default -> Optional.empty();
        };
    }

    private WebAnswer change(WebRequest request) {
        String target = request.query("mode", "");
        if (!target.equals("RECOVERING") && !target.equals("PROCESSING")) {
            return RestApplication.invalid(request, "The mode must be one of PROCESSING, RECOVERING.");
        }
        if (mode.isChanging()) {
            return pending(request);
        }
        boolean recovery = target.equals("RECOVERING");
        List<Object> operations = new ArrayList<>();
        if (recovery != mode.isRecovering()) {
            operations.add(Json.map("operation", "ModeChangeOperation", "mode", target));
            operations.add(Json.map("operation", "AwaitModeChangeOperation", "mode", target));
        }
        return WebAnswer.json(
                200, planned(request.isTrue("dryRun") ? mode.nextChange() : mode.enter(recovery), operations));
    }

    private WebAnswer restore(WebRequest request) {
        if (!mode.isRecovering()) {
            return RestApplication.problem(
                    request, 409, "INVALID_STATE", "The cluster is not in recovery mode, so no restore is accepted.");
        }
        if (mode.isChanging()) {
            return pending(request);
        }
        OptionalLong id = onlyId(request);
        if (id.isEmpty()) {
            return RestApplication.invalid(
                    request,
                    "With Elasticsearch or OpenSearch as secondary storage exactly one backup id is required, and no"
                            + " range.");
        }
        long backupId = id.getAsLong();
        Optional<String> problem = mode.problem(backupId);
        if (problem.isPresent()) {
            return RestApplication.invalid(
                    request,
                    "No completed backup found for partition 1 with backup id " + backupId + ": " + problem.get());
        }
        return WebAnswer.json(
                202,
                planned(request.isTrue("dryRun") ? mode.nextChange() : mode.restore(backupId), operations(backupId)));
    }

    private static OptionalLong onlyId(WebRequest request) {
        Map<String, Object> body = request.json().orElse(Map.of());
        boolean ranged = body.get("from") != null || body.get("to") != null;
        return !ranged && body.get("backupIds") instanceof List<?> ids && ids.size() == 1
                ? BackupRequest.parse(String.valueOf(ids.get(0))).stream()
                        .mapToLong(number -> number)
                        .findFirst()
                : OptionalLong.empty();
    }

    private List<Object> operations(long backupId) {
        List<Object> operations = new ArrayList<>();
        for (int partition = 1; partition <= settings.partitions(); partition++) {
            operations.add(Json.map(
                    "operation", "PartitionPreRestoreOperation", "brokerId", BROKER, "partitionId", partition));
            operations.add(Json.map(
                    "operation",
                    "PartitionRestoreOperation",
                    "brokerId",
                    BROKER,
                    "partitionId",
                    partition,
                    "backupIds",
                    List.of(backupId)));
        }
        Stream.of("ModeChangeOperation", "AwaitModeChangeOperation")
                .forEach(name -> operations.add(Json.map("operation", name, "brokerId", BROKER, "mode", "PROCESSING")));
        operations.add(Json.map("operation", "UpdateIncarnationNumberOperation", "brokerId", BROKER));
        return operations;
    }

    private static Map<String, ?> planned(long change, List<Object> operations) {
        return Json.map(
                "changeId",
                String.valueOf(change),
                "plannedChanges",
                operations.isEmpty()
                        ? List.of()
                        : List.of(Json.map("physicalTenantId", "default", "operations", operations)));
    }

    private static WebAnswer pending(WebRequest request) {
        return RestApplication.problem(
                request,
                409,
                "INVALID_STATE",
                "Another change of the cluster's configuration is in progress. Try again when it is completed.");
    }

    /** What is never restored is tried again for ever: half of the time it is waited with. */
    private static boolean isBetweenAttempts(long end, long now) {
        return end == SimulatedClock.NEVER && now / ATTEMPT.toNanos() % 2 == 1;
    }

    private Map<String, ?> status(RecoveryMode.Restore restore) {
        long now = clock.now();
        List<Object> partitions = new ArrayList<>();
        long before = restore.startedAt();
        int restored = 0;
        for (int i = 0; i < restore.ends().size(); i++) {
            long end = restore.ends().get(i);
            boolean done = now >= end;
            restored += done ? 1 : 0;
            partitions.add(Json.map(
                    "partitionId",
                    i + 1,
                    "state",
                    done ? "RESTORED" : now >= before && !isBetweenAttempts(end, now) ? "RESTORING" : "PENDING",
                    "backupIds",
                    List.of(restore.backupId()),
                    "completedAt",
                    done ? clock.instant(end).toString() : null));
            before = end;
        }
        return Json.map(
                "status",
                restore.status(),
                "changeId",
                String.valueOf(restore.change()),
                "startedAt",
                clock.instant(restore.startedAt()).toString(),
                "brokers",
                List.of(Json.map(
                        "brokerId",
                        BROKER,
                        "partitionsRestored",
                        restored,
                        "partitionsToRestore",
                        settings.partitions(),
                        "partitions",
                        partitions)));
    }
}
