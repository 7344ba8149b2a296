package io.github.camundabackup.test.internal.searchengine;

import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.internal.web.WebAnswer;
import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An error as search engines write it. */
final class EngineException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, @Nullable Object> error;
    private final transient Map<String, @Nullable Object> rootCause;

    private EngineException(int status, Map<String, @Nullable Object> error, Map<String, @Nullable Object> rootCause) {
        super(String.valueOf(error.get("reason")));
        this.status = status;
        this.error = error;
        this.rootCause = rootCause;
    }

    private EngineException(int status, Map<String, @Nullable Object> error) {
        this(status, error, error);
    }

    static EngineException of(int status, String type, String reason) {
        return new EngineException(status, Json.map("type", type, "reason", reason));
    }

    /** An error that concerns an index as a whole. */
    static EngineException about(int status, String type, String reason, SimulatedIndex index) {
        return new EngineException(
                status, Json.map("type", type, "reason", reason, "index_uuid", index.uuid(), "index", index.name()));
    }

    /** A document is not what a writer believed. */
    static EngineException versionConflict(SimulatedIndex index, String id, String why) {
        return new EngineException(
                409,
                Json.map(
                        "type",
                        "version_conflict_engine_exception",
                        "reason",
                        "[" + id + "]: version conflict, " + why,
                        "index_uuid",
                        index.uuid(),
                        "shard",
                        "0",
                        "index",
                        index.name()));
    }

    static EngineException repositoryMissing(String repository) {
        return of(404, "repository_missing_exception", "[" + repository + "] missing");
    }

    static EngineException snapshotMissing(String repository, String snapshot) {
        return of(404, "snapshot_missing_exception", "[" + repository + ":" + snapshot + "] is missing");
    }

    /** A file is not where the repository's catalogue says that it is: of the snapshot, or of one of its shards. */
    static EngineException fileMissing(SimulatedRepository repository, SimulatedSnapshot snapshot) {
        Map<String, @Nullable Object> error = Json.map(
                "type",
                "snapshot_missing_exception",
                "reason",
                "[" + repository.name() + ":" + snapshot.name() + "/" + snapshot.uuid() + "] is missing");
        Map<String, @Nullable Object> caused = new LinkedHashMap<>(error);
        caused.put(
                "caused_by",
                Json.map(
                        "type",
                        "no_such_file_exception",
                        "reason",
                        "/backups/" + repository.name() + "/snap-" + snapshot.uuid() + ".dat"));
        return new EngineException(404, /* error= */ caused, /* rootCause= */ error);
    }

    static EngineException indexNotFound(String index) {
        return new EngineException(
                404,
                Json.map(
                        "type",
                        "index_not_found_exception",
                        "reason",
                        "no such index [" + index + "]",
                        "resource.type",
                        "index_or_alias",
                        "resource.id",
                        index,
                        "index_uuid",
                        "_na_",
                        "index",
                        index));
    }

    /** The cause is also the root cause, as for a repository whose location is refused. */
    static EngineException causedBy(int status, String type, String reason, EngineException cause) {
        Map<String, @Nullable Object> error = Json.map("type", type, "reason", reason, "caused_by", cause.error);
        return new EngineException(status, error, cause.error);
    }

    WebAnswer answer(String contentType) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("root_cause", List.of(rootCause));
        body.putAll(error);
        return WebAnswer.json(status, contentType, Json.map("error", body, "status", status));
    }
}
