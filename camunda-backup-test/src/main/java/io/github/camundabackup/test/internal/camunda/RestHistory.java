package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.test.internal.searchengine.Snapshots.Part;
import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.internal.web.WebAnswer;
import io.github.camundabackup.test.internal.web.WebRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/** {@code /v2/backups/history} from 8.10. */
final class RestHistory implements RestResource {
    private final PartedBackups backups;

    RestHistory(PartedBackups backups) {
        this.backups = backups;
    }

    @Override
    public List<String> path() {
        return List.of("backups", "history");
    }

    @Override
    public Optional<WebAnswer> answer(WebRequest request, List<String> rest) {
        boolean one = rest.size() == 1;
        String call = request.method() + (rest.isEmpty() ? "" : one ? " id" : " more");
        return switch (call) {
            case "POST" -> Optional.of(take(request));
            case "GET" -> Optional.of(unusableRepository(request).orElseGet(() -> list(request)));
            case "GET id" -> withId(request, rest.get(0), id -> get(request, id));
            case "DELETE id" -> withId(request, rest.get(0), id -> delete(request, id));
            default -> Optional.empty();
        };
    }

    private Optional<WebAnswer> withId(WebRequest request, String text, LongFunction<WebAnswer> answer) {
        return Optional.of(RestApplication.withId(
                request, text, id -> unusableRepository(request).orElseGet(() -> answer.apply(id))));
    }

    private WebAnswer take(WebRequest request) {
        if (request.contentType().isEmpty()) {
            return RestApplication.problem(
                    request, 415, "Unsupported Media Type", "Content-Type 'null' is not supported.");
        }
        BackupRequest body = BackupRequest.read(request);
        if (body.kind() != BackupRequest.Kind.NUMBER || body.id() <= 0) {
            return RestApplication.invalid(request, "A backupId must be provided and it must be > 0.");
        }
        Optional<WebAnswer> unusable = unusableRepository(request);
        if (unusable.isPresent()) {
            return unusable.get();
        }
        long id = body.id();
        backups.requested(id);
        if (!backups.parts(id).isEmpty()) {
            return RestApplication.problem(
                    request, 409, "ALREADY_EXISTS", "A backup with ID [" + id + "] already exists.");
        }
        if (backups.isRunning()) {
            return RestApplication.problem(request, 409, "INVALID_STATE", "Another backup is running at the moment");
        }
        return WebAnswer.json(202, Json.map("backupId", id, "scheduledSnapshots", backups.take(id)));
    }

    private WebAnswer list(WebRequest request) {
        boolean verbose = !request.query("verbose", "true").equals("false");
        String prefix = request.query("prefix", "*");
        if (!prefix.matches("\\d*\\*")) {
            return RestApplication.invalid(request, "The prefix must be digits, followed by a single '*'.");
        }
        List<Object> list = new ArrayList<>();
        backups.all().forEach((id, parts) -> {
            if (String.valueOf(id).startsWith(prefix.substring(0, prefix.length() - 1))) {
                list.add(
                        verbose ? HistoryJson.backup(backups, id, parts, true) : HistoryJson.brief(backups, id, parts));
            }
        });
        return WebAnswer.json(200, list);
    }

    private WebAnswer get(WebRequest request, long id) {
        List<Part> parts = backups.parts(id);
        return parts.isEmpty() || backups.isSettling(id)
                ? notFound(request, id)
                : WebAnswer.json(200, HistoryJson.backup(backups, id, parts, true));
    }

    private WebAnswer delete(WebRequest request, long id) {
        boolean present = !backups.parts(id).isEmpty();
        backups.delete(id);
        return present ? WebAnswer.empty(204) : notFound(request, id);
    }

    private static WebAnswer notFound(WebRequest request, long id) {
        return RestApplication.problem(request, 404, "NOT_FOUND", "No backup with id [" + id + "] found.");
    }

    private Optional<WebAnswer> unusableRepository(WebRequest request) {
        Optional<String> repository = backups.settings().historyRepository();
        return repository.isPresent() && backups.repositoryExists()
                ? Optional.empty()
                : Optional.of(RestApplication.problem(
                        request,
                        403,
                        "FORBIDDEN",
                        repository
                                .map(name -> "No repository with name [" + name + "] could be found.")
                                .orElse("No backup repository configured.")));
    }
}
