package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.model.Component;
import io.github.camundabackup.test.internal.searchengine.Snapshots.Part;
import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.internal.web.WebAnswer;
import io.github.camundabackup.test.internal.web.WebRequest;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code /actuator/backups} of Operate and Tasklist up to 8.7, which differ in what they make of almost everything that
 * is not a success.
 */
final class OperateTasklistEndpoint implements ActuatorEndpoint {
    private final PartedBackups backups;
    private final boolean operate;
    private final boolean quirks;
    private final boolean elastic;

    OperateTasklistEndpoint(PartedBackups backups) {
        this.backups = backups;
        operate = backups.component().equals(Component.OPERATE);
        quirks = backups.settings().hasQuirks();
        elastic = backups.settings().engine() == SearchEngine.ELASTICSEARCH;
    }

    @Override
    public String name() {
        return "backups";
    }

    @Override
    public Optional<String> variable() {
        return Optional.of("id");
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
                    case "GET" -> one ? withId(request, rest.get(0), id -> get(request, id)) : list();
                    case "DELETE" -> one ? withId(request, rest.get(0), this::delete) : spring(405, request);
                    default -> spring(405, request);
                });
    }

    private WebAnswer take(WebRequest request) {
        BackupRequest body = BackupRequest.read(request);
        switch (body.kind()) {
            case NO_BODY -> {
                return unreadable(
                        request,
                        "Required request body is missing: public io.camunda.operate.webapp.management.dto.TakeBackupResponseDto"
                                + " io.camunda.operate.webapp.management.BackupController.takeBackup(io.camunda.operate.webapp.management.dto.TakeBackupRequestDto)");
            }
            case NO_JSON -> {
                return unreadable(request, "JSON parse error: Unexpected end-of-input within/between Object entries");
            }
            case NO_NUMBER -> {
                return unreadable(
                        request,
                        "JSON parse error: Cannot deserialize value of type `java.lang.Long` from String \""
                                + body.text() + "\": not a valid `java.lang.Long` value");
            }
            case NO_ID -> {
                return problem(400, "BackupId must be provided");
            }
            case NUMBER -> {
                // Read on.
            }
        }
        long id = body.id();
        if (id < 0) {
            return negative(id);
        }
        Optional<WebAnswer> unusable = unusableRepository();
        if (unusable.isPresent()) {
            return unusable.get();
        }
        backups.requested(id);
        List<Part> present = backups.parts(id);
        if (confusesOperate(present)) {
            return problem(
                    400, "Exception occurred when validating whether backup with ID [" + id + "] already exists.");
        }
        if (!present.isEmpty()) {
            List<String> found = present.stream()
                    .map(part -> operate && !elastic ? part.uuid() : part.name() + "/" + part.uuid())
                    .toList();
            return problem(400, "A backup with ID [" + id + "] already exists. Found snapshots: " + found);
        }
        if (backups.isRunning()) {
            return problem(400, "Another backup is running at the moment");
        }
        return WebAnswer.json(200, Json.map("scheduledSnapshots", backups.take(id)));
    }

    private WebAnswer get(WebRequest request, long id) {
        List<Part> parts = backups.parts(id);
        if (parts.isEmpty()) {
            return unknown(request, id);
        }
        if (backups.isSettling(id)) {
            if (elastic) {
                return operate ? problem(400, null) : spring(500, request);
            }
            if (operate) {
                return unknown(request, id);
            }
        }
        if (confusesOperate(parts)) {
            return problem(400, "Exception occurred when searching for backup with ID [" + id + "].");
        }
        return WebAnswer.json(200, HistoryJson.backup(backups, id, parts, hasFailures()));
    }

    private WebAnswer list() {
        Optional<WebAnswer> unusable = unusableRepository();
        if (unusable.isPresent()) {
            return unusable.get();
        }
        Map<Long, List<Part>> all = backups.all();
        if (all.values().stream().anyMatch(this::confusesOperate)) {
            return problem(
                    400,
                    "Exception occurred when searching for backups: No enum constant"
                            + " io.camunda.operate.store.opensearch.response.SnapshotState.IN_PROGRESS");
        }
        List<Object> list = new ArrayList<>();
        all.forEach((id, parts) -> list.add(HistoryJson.backup(backups, id, parts, hasFailures())));
        return WebAnswer.json(200, list);
    }

    private WebAnswer delete(long id) {
        backups.delete(id);
        return WebAnswer.empty(204);
    }

    private WebAnswer withId(WebRequest request, String text, LongFunction<WebAnswer> action) {
        Optional<Long> id = BackupRequest.parse(text);
        if (id.isEmpty()) {
            return unreadable(
                    request,
                    "Failed to convert value of type 'java.lang.String' to required type 'java.lang.Long'; For input string: \""
                            + text + "\"");
        }
        if (id.get() < 0) {
            return negative(id.get());
        }
        return unusableRepository().orElseGet(() -> action.apply(id.get()));
    }

    /** Operate does not know OpenSearch's word for a snapshot in progress. */
    private boolean confusesOperate(List<Part> parts) {
        return quirks
                && operate
                && !elastic
                && parts.stream().anyMatch(part -> part.state().equals("IN_PROGRESS"));
    }

    private boolean hasFailures() {
        return !(quirks && operate && !elastic);
    }

    private WebAnswer unknown(WebRequest request, long id) {
        if (quirks && elastic) {
            return operate ? problem(400, "Index 0 out of bounds for length 0") : spring(500, request);
        }
        return problem(404, "No backup with id [" + id + "] found.");
    }

    private WebAnswer negative(long id) {
        return problem(
                400, "BackupId must be a non-negative " + (operate ? "Integer" : "Long") + ". Received value: " + id);
    }

    private Optional<WebAnswer> unusableRepository() {
        Optional<String> repository = backups.settings().repository();
        if (repository.isEmpty()) {
            return Optional.of(problem(operate ? 400 : 404, "No backup repository configured."));
        }
        if (!backups.repositoryExists()) {
            String message = "No repository with name [" + repository.get() + "] could be found.";
            return Optional.of(operate ? problem(400, message) : problemWithInstance(500, message, null));
        }
        return Optional.empty();
    }

    /** What does not fit the method's parameters: Operate explains it, Tasklist leaves it to Spring. */
    private WebAnswer unreadable(WebRequest request, String message) {
        return operate ? problem(400, message) : spring(400, request);
    }

    private WebAnswer problem(int status, @Nullable String message) {
        return problemWithInstance(status, message, UUID.randomUUID().toString());
    }

    private WebAnswer problemWithInstance(int status, @Nullable String message, @Nullable String instance) {
        Map<String, @Nullable Object> problem = Json.map("status", status, "message", message, "instance", instance);
        if (operate) {
            problem.put("type", status == 404 ? "Requested resource not found" : "Invalid request");
        }
        return WebAnswer.json(status, "application/problem+json", problem);
    }

    private WebAnswer spring(int status, WebRequest request) {
        return SpringAnswers.error(status, request, backups.clock().instant());
    }
}
