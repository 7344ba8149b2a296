package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.test.internal.searchengine.Snapshots.Part;
import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.internal.web.WebAnswer;
import io.github.camundabackup.test.internal.web.WebRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code /actuator/backups} of Optimize, the same in every version. */
final class OptimizeEndpoint implements ActuatorEndpoint {
    private final PartedBackups backups;

    OptimizeEndpoint(PartedBackups backups) {
        this.backups = backups;
    }

    @Override
    public String name() {
        return "backups";
    }

    @Override
    public Optional<String> variable() {
        return Optional.of("backupId");
    }

    @Override
    public Optional<WebAnswer> answer(WebRequest request, List<String> rest) {
        if (rest.size() > 1) {
            return Optional.empty();
        }
        boolean one = rest.size() == 1;
        return Optional.of(
                switch (request.method()) {
                    case "POST" -> one ? spring(405, request) : take(request);
                    case "GET" -> one ? get(request, rest.get(0)) : list();
                    case "DELETE" -> one ? delete(request, rest.get(0)) : spring(405, request);
                    default -> spring(405, request);
                });
    }

    private WebAnswer take(WebRequest request) {
        if (request.contentType().isEmpty()) {
            return spring(415, request);
        }
        BackupRequest body = BackupRequest.read(request);
        if (body.kind() != BackupRequest.Kind.NUMBER || body.id() < 0) {
            return error(400, "badRequestError", "A backup ID must be provided and must not be negative.");
        }
        Optional<WebAnswer> unusable = unusableRepository();
        if (unusable.isPresent()) {
            return unusable.get();
        }
        long id = body.id();
        backups.requested(id);
        List<Part> present = backups.parts(id);
        if (!present.isEmpty()) {
            return error(
                    409,
                    "conflictError",
                    "A backup with ID [" + id + "] already exists. Found snapshots: "
                            + present.stream().map(Part::name).toList());
        }
        backups.take(id);
        return SpringAnswers.message(
                202,
                "Backup creation for ID " + id
                        + " has been scheduled. Use the GET API to monitor completion of backup process");
    }

    private WebAnswer get(WebRequest request, String text) {
        Optional<Long> id = BackupRequest.parse(text);
        if (id.isEmpty()) {
            return spring(400, request);
        }
        Optional<WebAnswer> unusable = unusableRepository();
        if (unusable.isPresent()) {
            return unusable.get();
        }
        List<Part> parts = backups.parts(id.get());
        if (parts.isEmpty() || backups.isSettling(id.get())) {
            return error(404, "notFoundError", "No Optimize backup with ID [" + id.get() + "] could be found.");
        }
        return SpringAnswers.actuator(200, HistoryJson.backup(backups, id.get(), parts, true));
    }

    private WebAnswer list() {
        return unusableRepository().orElseGet(() -> {
            List<Object> list = new ArrayList<>();
            backups.all().forEach((id, parts) -> list.add(HistoryJson.backup(backups, id, parts, true)));
            return SpringAnswers.actuator(200, list);
        });
    }

    private WebAnswer delete(WebRequest request, String text) {
        Optional<Long> id = BackupRequest.parse(text);
        if (id.isEmpty()) {
            return spring(400, request);
        }
        return unusableRepository().orElseGet(() -> {
            backups.delete(id.get());
            return WebAnswer.empty(204);
        });
    }

    private Optional<WebAnswer> unusableRepository() {
        Optional<String> repository = backups.settings().repository();
        if (repository.isEmpty()) {
            return Optional.of(error(
                    400,
                    "badRequestError",
                    "Cannot trigger backup because no repository name is set in the configuration."));
        }
        return backups.repositoryExists()
                ? Optional.empty()
                : Optional.of(error(
                        400, "badRequestError", "No repository with name [" + repository.get() + "] could be found."));
    }

    private static WebAnswer error(int status, String code, String message) {
        return SpringAnswers.actuator(
                status,
                Json.map(
                        "errorCode", code,
                        "errorMessage", message,
                        "detailedMessage", message,
                        "reportDefinition", null));
    }

    private WebAnswer spring(int status, WebRequest request) {
        return SpringAnswers.error(status, request, backups.clock().instant());
    }
}
