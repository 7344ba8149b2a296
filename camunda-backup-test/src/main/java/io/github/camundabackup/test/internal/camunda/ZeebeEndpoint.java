package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.internal.web.WebAnswer;
import io.github.camundabackup.test.internal.web.WebRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /actuator/backups} of Zeebe's gateway up to 8.7, which is {@code /actuator/backupRuntime} from 8.8. */
final class ZeebeEndpoint implements ActuatorEndpoint {
    private final ZeebeBackups backups;
    private final String name;
    private final boolean hasPrefixes;
    private final boolean hasState;

    ZeebeEndpoint(ZeebeBackups backups, String name) {
        this.backups = backups;
        this.name = name;
        hasPrefixes = backups.settings().isAtLeast(8);
        hasState = backups.settings().isAtLeast(9);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<String> variable() {
        return Optional.of("id");
    }

    @Override
    public Optional<WebAnswer> answer(WebRequest request, List<String> rest) {
        if (hasState && !rest.isEmpty() && rest.get(0).equals("state")) {
            return state(request, rest);
        }
        if (rest.size() > 1) {
            return Optional.empty();
        }
        boolean one = rest.size() == 1;
        return Optional.of(
                switch (request.method()) {
                    case "POST" -> one ? spring(405, request) : take(request);
                    case "GET" -> one ? get(request, rest.get(0)) : list("");
                    case "DELETE" -> one ? delete(request, rest.get(0)) : spring(405, request);
                    default -> spring(405, request);
                });
    }

    private WebAnswer take(WebRequest request) {
        if (backups.settings().generatesIds() && request.body().length == 0) {
            return accepted(backups.generateId());
        }
        if (request.contentType().isEmpty()) {
            return spring(415, request);
        }
        BackupRequest body = BackupRequest.read(request);
        if (body.kind() != BackupRequest.Kind.NUMBER) {
            return spring(400, request);
        }
        if (backups.settings().generatesIds()) {
            return SpringAnswers.message(
                    400,
                    "Cannot take backup with predetermined backupId when continuous backups are enabled."
                            + " Use POST actuator/backupRuntime without specifying a backupId.");
        }
        if (body.id() <= 0) {
            return SpringAnswers.message(400, "A backupId must be provided and it must be > 0");
        }
        return accepted(body.id());
    }

    private WebAnswer accepted(long id) {
        if (!backups.settings().hasBackupStore()) {
            return noStore();
        }
        backups.requested(id);
        if (id <= backups.latestId()) {
            return SpringAnswers.message(
                    409,
                    "Requested backup has id " + id + ". The latest backup has id " + backups.latestId()
                            + ". Id of new backups must be higher than the previous one. ");
        }
        backups.take(id);
        Map<String, @Nullable Object> body = Json.map(
                "message",
                "A backup with id " + id + " has been scheduled. Use GET actuator/backups/" + id
                        + " to monitor the status.");
        if (hasState) {
            body.put("backupId", id);
        }
        return SpringAnswers.actuator(202, body);
    }

    private WebAnswer get(WebRequest request, String text) {
        if (hasPrefixes && text.matches("\\d*\\*")) {
            return list(text.substring(0, text.length() - 1));
        }
        Optional<Long> id = BackupRequest.parse(text);
        if (id.isEmpty()) {
            return spring(400, request);
        }
        return unusableStore()
                .orElseGet(() -> backups.find(id.get())
                        .map(backup -> SpringAnswers.actuator(200, json(backup, true)))
                        .orElseGet(() -> SpringAnswers.message(404, "Backup with id " + id.get() + " does not exist")));
    }

    private WebAnswer list(String prefix) {
        return unusableStore()
                .orElseGet(() -> SpringAnswers.actuator(
                        200,
                        backups.all().stream()
                                .filter(backup -> String.valueOf(backup.id()).startsWith(prefix))
                                .map(backup -> json(backup, false))
                                .toList()));
    }

    private WebAnswer delete(WebRequest request, String text) {
        Optional<Long> id = BackupRequest.parse(text);
        if (id.isEmpty()) {
            return spring(400, request);
        }
        return unusableStore().orElseGet(() -> {
            backups.delete(id.get());
            return WebAnswer.empty(204);
        });
    }

    private Optional<WebAnswer> unusableStore() {
        if (!backups.settings().hasBackupStore()) {
            return Optional.of(noStore());
        }
        return switch (backups.store()) {
            case UP -> Optional.empty();
            case REFUSING ->
                Optional.of(
                        SpringAnswers.message(
                                500,
                                "software.amazon.awssdk.core.exception.SdkClientException: Unable to execute HTTP request: Connection refused: /127.0.0.1:9090"));
            case BUCKET_MISSING ->
                Optional.of(
                        SpringAnswers.message(
                                500,
                                "software.amazon.awssdk.services.s3.model.NoSuchBucketException: The specified bucket does not exist (Service: S3, Status Code: 404, Request ID: 4442587FB7D0A2F9)"));
            case HANGING ->
                Optional.of(
                        SpringAnswers.message(
                                504,
                                "Request from gateway to broker timed out. Request backup-api-1 to 127.0.0.1:26501 timed out in PT15S"));
        };
    }

    private static WebAnswer noStore() {
        return SpringAnswers.message(
                400,
                "Cannot process backup requests. No backup store is configured. To use this feature, configure backup in broker configuration.");
    }

    private Map<String, @Nullable Object> json(ZeebeBackup backup, boolean complete) {
        long now = backups.clock().now();
        Map<String, @Nullable Object> json = Json.map("backupId", backup.id(), "state", backup.state(now));
        List<Object> details = new ArrayList<>();
        for (ZeebeBackup.Partition partition : backup.partitions()) {
            partition
                    .failureReason(now)
                    .ifPresent(reason -> json.putIfAbsent(
                            "failureReason", "Backup on partition " + partition.number() + " failed due to " + reason));
            details.add(detail(partition, now, complete));
        }
        json.put("details", details);
        return json;
    }

    private Map<String, @Nullable Object> detail(ZeebeBackup.Partition partition, long now, boolean complete) {
        String state = partition.state(now);
        Map<String, @Nullable Object> detail = Json.map("partitionId", partition.number(), "state", state);
        if (state.equals("DOES_NOT_EXIST")) {
            return detail;
        }
        partition.failureReason(now).ifPresent(reason -> detail.put("failureReason", reason));
        detail.put("createdAt", backups.clock().instant(partition.begin()).toString());
        if (complete) {
            long updated = state.equals("IN_PROGRESS") ? partition.begin() : partition.end();
            detail.put("lastUpdatedAt", backups.clock().instant(updated).toString());
            partition.snapshotId().ifPresent(id -> detail.put("snapshotId", id));
            detail.put("checkpointPosition", partition.position());
            if (hasState) {
                detail.put("firstLogPosition", 1);
            }
        }
        detail.put("brokerVersion", backups.settings().version());
        return detail;
    }

    private Optional<WebAnswer> state(WebRequest request, List<String> rest) {
        String call = request.method() + " " + String.join("/", rest);
        return switch (call) {
            case "GET state", "POST state/sync" ->
                Optional.of(unusableStore().orElseGet(() -> SpringAnswers.actuator(200, checkpoints(backups))));
            case "DELETE state" -> {
                backups.forgetRanges();
                yield Optional.of(WebAnswer.empty(204));
            }
            default -> rest.size() > 2 ? Optional.empty() : Optional.of(spring(405, request));
        };
    }

    /** The same on every wire. */
    static Map<String, @Nullable Object> checkpoints(ZeebeBackups backups) {
        List<Object> checkpoints = new ArrayList<>();
        List<Object> taken = new ArrayList<>();
        List<Object> ranges = new ArrayList<>();
        List<ZeebeBackup> completed = backups.all().stream()
                .filter(backup -> backup.state(backups.clock().now()).equals("COMPLETED"))
                .toList();
        if (!completed.isEmpty()) {
            ZeebeBackup oldest = completed.get(0);
            ZeebeBackup newest = completed.get(completed.size() - 1);
            for (int i = 0; i < newest.partitions().size(); i++) {
                taken.add(checkpoint(backups, newest, i));
                ranges.add(Json.map(
                        "partitionId", i + 1,
                        "start", checkpoint(backups, oldest, i),
                        "end", checkpoint(backups, newest, i)));
            }
        }
        boolean markers = backups.settings().generatesIds();
        long latest = markers ? backups.clock().instant().toEpochMilli() : backups.latestId();
        for (int partition = 1; latest > 0 && partition <= backups.settings().partitions(); partition++) {
            checkpoints.add(latestCheckpoint(backups, partition, latest, markers ? "MARKER" : "MANUAL_BACKUP"));
        }
        return Json.map("checkpointStates", checkpoints, "backupStates", taken, "ranges", ranges);
    }

    /** It stays when its backup fails or is deleted. */
    private static Map<String, @Nullable Object> latestCheckpoint(
            ZeebeBackups backups, int partition, long id, String type) {
        Optional<ZeebeBackup.Partition> taken = backups.find(id).stream()
                .flatMap(backup -> backup.partitions().stream())
                .filter(each -> each.number() == partition
                        && each.begin() <= backups.clock().now())
                .findFirst();
        return Json.map(
                "checkpointId",
                id,
                "checkpointType",
                type,
                "partitionId",
                partition,
                "checkpointPosition",
                taken.map(ZeebeBackup.Partition::position).orElse(1L),
                "checkpointTimestamp",
                taken.map(each -> backups.clock().instant(each.begin()))
                        .orElseGet(() -> backups.clock().instant())
                        .toString());
    }

    private static Map<String, @Nullable Object> checkpoint(ZeebeBackups backups, ZeebeBackup backup, int index) {
        ZeebeBackup.Partition partition = backup.partitions().get(index);
        return Json.map(
                "checkpointId", backup.id(),
                "checkpointType", "MANUAL_BACKUP",
                "partitionId", partition.number(),
                "checkpointPosition", partition.position(),
                "firstLogPosition", 1,
                "checkpointTimestamp",
                        backups.clock().instant(partition.begin()).toString());
    }

    private WebAnswer spring(int status, WebRequest request) {
        return SpringAnswers.error(status, request, backups.clock().instant());
    }
}
