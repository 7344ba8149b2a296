package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.test.internal.searchengine.Snapshots.Part;
import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.internal.web.WebAnswer;
import io.github.camundabackup.test.internal.web.WebRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code /actuator/backupHistory} from 8.8. */
final class HistoryEndpoint implements ActuatorEndpoint {
    private final PartedBackups backups;

    HistoryEndpoint(PartedBackups backups) {
        this.backups = backups;
    }

    @Override
    public String name() {
        return backups.settings().path(backups.component());
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
                    case "GET" -> one ? get(request, rest.get(0)) : list(request);
                    case "DELETE" -> one ? delete(request, rest.get(0)) : spring(405, request);
                    default -> spring(405, request);
                });
    }

    private WebAnswer take(WebRequest request) {
        if (request.contentType().isEmpty()) {
            return spring(415, request);
        }
        BackupRequest body = BackupRequest.read(request);
        if (body.kind() != BackupRequest.Kind.NUMBER) {
            return spring(400, request);
        }
        long id = body.id();
        if (id <= 0) {
            return SpringAnswers.message(400, "A backupId must be provided and it must be > 0");
        }
        Optional<WebAnswer> unusable = unusableRepository();
        if (unusable.isPresent()) {
            return unusable.get();
        }
        backups.requested(id);
        List<Part> present = backups.parts(id);
        if (!present.isEmpty()) {
            return SpringAnswers.message(
                    400,
                    "A backup with ID [" + id + "] already exists. Found snapshots: "
                            + present.stream()
                                    .map(part -> part.name() + "/" + part.uuid())
                                    .toList());
        }
        if (backups.isRunning()) {
            return SpringAnswers.message(400, "Another backup is running at the moment");
        }
        return SpringAnswers.actuator(200, Json.map("scheduledSnapshots", backups.take(id)));
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
            return notFound(id.get());
        }
        return SpringAnswers.actuator(200, HistoryJson.backup(backups, id.get(), parts, true));
    }

    private WebAnswer list(WebRequest request) {
        Optional<WebAnswer> unusable = unusableRepository();
        if (unusable.isPresent()) {
            return unusable.get();
        }
        boolean verbose = !request.query("verbose", "true").equals("false");
        String pattern = request.query("pattern", "*");
        if (!pattern.matches("\\d*\\*?")) {
            return SpringAnswers.message(400, "Invalid pattern provided: " + pattern);
        }
        List<Object> list = new ArrayList<>();
        backups.all().forEach((id, parts) -> {
            if (String.valueOf(id).matches(pattern.replace("*", ".*"))) {
                list.add(
                        verbose ? HistoryJson.backup(backups, id, parts, true) : HistoryJson.brief(backups, id, parts));
            }
        });
        return SpringAnswers.actuator(200, list);
    }

    private WebAnswer delete(WebRequest request, String text) {
        Optional<Long> id = BackupRequest.parse(text);
        if (id.isEmpty()) {
            return spring(400, request);
        }
        Optional<WebAnswer> unusable = unusableRepository();
        if (unusable.isPresent()) {
            return unusable.get();
        }
        boolean present = !backups.parts(id.get()).isEmpty();
        backups.delete(id.get());
        return present ? WebAnswer.empty(204) : notFound(id.get());
    }

    private static WebAnswer notFound(long id) {
        return SpringAnswers.message(404, "No backup with id [" + id + "] found.");
    }

    private Optional<WebAnswer> unusableRepository() {
        Optional<String> repository = backups.settings().historyRepository();
        if (repository.isEmpty()) {
            return Optional.of(SpringAnswers.message(400, "No backup repository configured."));
        }
        return backups.repositoryExists()
                ? Optional.empty()
                : Optional.of(SpringAnswers.message(
                        404, "No repository with name [" + repository.get() + "] could be found."));
    }

    private WebAnswer spring(int status, WebRequest request) {
        return SpringAnswers.error(status, request, backups.clock().instant());
    }
}
