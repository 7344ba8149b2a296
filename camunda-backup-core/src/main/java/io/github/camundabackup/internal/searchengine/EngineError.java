package io.github.camundabackup.internal.searchengine;

import io.github.camundabackup.internal.http.HttpAnswer;
import io.github.camundabackup.internal.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A refusal in the form that both engines use: {@code {"error":{"type":…,"reason":…,"caused_by":…},"status":…}}.
 *
 * @param status the HTTP status
 * @param type such as {@code repository_missing_exception}
 * @param reason the engine's words; may be empty
 * @param cause the reason of the cause, if the engine names one
 */
record EngineError(int status, String type, String reason, Optional<String> cause) {

    /** Empty for an answer that is a success, or that comes from something else, such as a proxy. */
    static Optional<EngineError> of(HttpAnswer answer) {
        if (answer.isSuccess()) {
            return Optional.empty();
        }
        return answer.jsonIfAny()
                .map(json -> json.at("error"))
                .flatMap(error -> error.text("type")
                        .map(type -> new EngineError(
                                answer.status(),
                                type,
                                error.text("reason").orElse(""),
                                Optional.of(error.at("caused_by"))
                                        .filter(JsonValue::isObject)
                                        .map(cause -> cause.text("reason").orElse("")))));
    }

    /**
     * Asked for snapshots of a repository that is not there, Elasticsearch up to 8.15 answers with success and with
     * {@code {"failures":{"camunda":{"type":…,"reason":…}}}} beside no snapshots (tested with 8.13.4). Gives the
     * refusal that later versions send, or any other answer as it is.
     */
    static HttpAnswer unmask(HttpAnswer answer) {
        if (!answer.isSuccess()) {
            return answer;
        }
        return answer.jsonIfAny().map(json -> json.at("failures").fields()).orElse(Map.of()).values().stream()
                .filter(failure -> failure.text("type").isPresent())
                .findFirst()
                .map(failure -> new HttpAnswer(
                        answer.call(),
                        failure.text("type")
                                        .filter(type -> type.endsWith("_missing_exception"))
                                        .isPresent()
                                ? 404
                                : 500,
                        answer.contentType(),
                        ("{\"error\":" + failure + "}").getBytes(StandardCharsets.UTF_8)))
                .orElse(answer);
    }

    boolean is(String wantedType) {
        return type.equals(wantedType);
    }

    /**
     * Whether there is no such snapshot. One that is in the repository's catalogue but whose files are gone is reported
     * with the same type, but with a cause (tested with Elasticsearch 8.19.21 and OpenSearch 2.19.6): it is damaged,
     * not missing.
     */
    boolean saysThatSnapshotIsMissing() {
        return is("snapshot_missing_exception") && cause.isEmpty();
    }

    /** Whether files of a snapshot are gone or damaged. An engine whose storage fails for a while says the same. */
    boolean saysThatSnapshotIsDamaged() {
        return (is("snapshot_missing_exception") && cause.isPresent())
                || (is("snapshot_exception")
                        && (reason.contains("failed to get snapshot")
                                || reason.contains("failed to read shard snapshot file")));
    }

    /** Whether something else has written to a repository; Elasticsearch says so in the cause of another error. */
    boolean saysThatOthersWriteThere() {
        return is("repository_exception")
                && Stream.concat(Stream.of(reason), cause.stream())
                        .anyMatch(text -> text.contains("concurrent") || text.contains("match its expected state"));
    }

    boolean saysThatIndexIsMissing() {
        return is("index_not_found_exception");
    }

    /**
     * Whether a block keeps the request away that was set by hand, or that a full disk has brought about. With 503, it
     * is that the cluster has no elected node or is still starting, which is no block of this kind. OpenSearch has a
     * type of its own for new indices.
     */
    boolean saysThatWritesAreBlocked() {
        return status != 503 && (is("cluster_block_exception") || is("index_create_block_exception"));
    }
}
