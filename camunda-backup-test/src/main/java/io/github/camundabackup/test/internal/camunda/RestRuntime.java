package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.internal.web.WebAnswer;
import io.github.camundabackup.test.internal.web.WebRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** {@code /v2/backups/runtime} from 8.10. */
final class RestRuntime implements RestResource {
    private final ZeebeBackups backups;

    RestRuntime(ZeebeBackups backups) {
        this.backups = backups;
    }

    @Override
    public List<String> path() {
        return List.of("backups", "runtime");
    }

    @Override
    public Optional<WebAnswer> answer(WebRequest request, List<String> rest) {
        boolean one = rest.size() == 1 && !rest.get(0).equals("state");
        String call = request.method() + (rest.isEmpty() ? "" : one ? " id" : " " + String.join("/", rest));
        return switch (call) {
            case "POST" -> Optional.of(take(request));
            case "GET" -> Optional.of(unusableStore(request).orElseGet(() -> list(request)));
            case "GET id" -> withId(request, rest.get(0), id -> get(request, id));
            case "DELETE id" ->
                withId(request, rest.get(0), id -> {
                    backups.delete(id);
                    return WebAnswer.empty(204);
                });
            case "GET state", "POST state/sync" ->
                Optional.of(unusableStore(request)
                        .orElseGet(() -> WebAnswer.json(200, ZeebeEndpoint.checkpoints(backups))));
            case "DELETE state" -> {
                backups.forgetRanges();
                yield Optional.of(WebAnswer.empty(204));
            }
            default -> Optional.empty();
        };
    }

    private Optional<WebAnswer> withId(WebRequest request, String text, LongFunction<WebAnswer> answer) {
        return Optional.of(RestApplication.withId(
                request, text, id -> unusableStore(request).orElseGet(() -> answer.apply(id))));
    }

    private WebAnswer take(WebRequest request) {
        boolean generated = backups.settings().generatesIds();
        BackupRequest body = BackupRequest.read(request);
        if (body.kind() == BackupRequest.Kind.NO_BODY || body.kind() == BackupRequest.Kind.NO_ID) {
            return generated
                    ? accepted(request, backups.generateId())
                    : RestApplication.invalid(
                            request, "A backupId must be provided, as no continuous backups are enabled.");
        }
        if (body.kind() != BackupRequest.Kind.NUMBER || body.id() <= 0) {
            return RestApplication.invalid(request, "A backupId must be provided and it must be > 0.");
        }
        return generated
                ? RestApplication.invalid(
                        request,
                        "Cannot take backup with an explicit backupId when continuous backups and/or a backup or"
                                + " checkpoint schedule is enabled for this physical tenant. Take a backup without"
                                + " specifying a backupId.")
                : accepted(request, body.id());
    }

    private WebAnswer accepted(WebRequest request, long id) {
        if (!backups.settings().hasBackupStore()) {
            return noStore(request);
        }
        backups.requested(id);
        if (id <= backups.latestId()) {
            return RestApplication.problem(
                    request,
                    409,
                    "ALREADY_EXISTS",
                    "Requested backup has id " + id + ". The latest backup has id " + backups.latestId()
                            + ". Id of new backups must be higher than the previous one. ");
        }
        backups.take(id);
        return WebAnswer.json(202, Json.map("backupId", id));
    }

    private WebAnswer list(WebRequest request) {
        String prefix = request.query("prefix", "*");
        if (!prefix.matches("\\d*\\*")) {
            return RestApplication.invalid(request, "The prefix must be digits, followed by a single '*'.");
        }
        return WebAnswer.json(
                200,
                backups.all().stream()
                        .filter(backup ->
                                String.valueOf(backup.id()).startsWith(prefix.substring(0, prefix.length() - 1)))
                        .sorted(Collections.reverseOrder(Comparator.comparingLong(ZeebeBackup::id)))
                        .map(this::json)
                        .toList());
    }

    private WebAnswer get(WebRequest request, long id) {
        return backups.find(id)
                .map(backup -> WebAnswer.json(200, json(backup)))
                .orElseGet(() ->
                        RestApplication.problem(request, 404, "NOT_FOUND", "Backup with id " + id + " does not exist"));
    }

    /** All fields are there, with null for what is not known. */
    private Map<String, @Nullable Object> json(ZeebeBackup backup) {
        long now = backups.clock().now();
        List<Object> details = new ArrayList<>();
        @Nullable String failure = null;
        for (ZeebeBackup.Partition partition : backup.partitions()) {
            Optional<String> reason = partition.failureReason(now);
            if (failure == null && reason.isPresent()) {
                failure = "Backup on partition " + partition.number() + " failed due to " + reason.get();
            }
            details.add(detail(partition, now));
        }
        return Json.map(
                "backupId", backup.id(), "state", backup.state(now), "failureReason", failure, "details", details);
    }

    private Map<String, @Nullable Object> detail(ZeebeBackup.Partition partition, long now) {
        String state = partition.state(now);
        boolean exists = !state.equals("DOES_NOT_EXIST");
        long updated = state.equals("IN_PROGRESS") ? partition.begin() : partition.end();
        return Json.map(
                "partitionId",
                partition.number(),
                "state",
                state,
                "failureReason",
                partition.failureReason(now).orElse(null),
                "createdAt",
                exists ? backups.clock().instant(partition.begin()).toString() : null,
                "lastUpdatedAt",
                exists ? backups.clock().instant(updated).toString() : null,
                "snapshotId",
                exists ? partition.snapshotId().orElse(null) : null,
                "firstLogPosition",
                exists ? 1 : null,
                "checkpointPosition",
                exists ? partition.position() : null,
                "brokerId",
                exists ? 0 : null,
                "brokerVersion",
                exists ? backups.settings().version() : null);
    }

    private Optional<WebAnswer> unusableStore(WebRequest request) {
        if (!backups.settings().hasBackupStore()) {
            return Optional.of(noStore(request));
        }
        return switch (backups.store()) {
            case UP -> Optional.empty();
            case REFUSING ->
                Optional.of(RestApplication.problem(
                        request, 500, "INTERNAL_ERROR", "Unable to execute HTTP request: Connection refused"));
            case BUCKET_MISSING ->
                Optional.of(RestApplication.problem(
                        request, 500, "INTERNAL_ERROR", "The specified bucket does not exist (Service: S3)"));
            case HANGING ->
                Optional.of(RestApplication.problem(
                        request,
                        504,
                        "DEADLINE_EXCEEDED",
                        "Expected to handle request, but request timed out between gateway and broker"));
        };
    }

    private static WebAnswer noStore(WebRequest request) {
        return RestApplication.invalid(
                request,
                "Cannot process backup requests. No backup store is configured. Configure backup in the brokers.");
    }
}
