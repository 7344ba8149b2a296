package io.github.camundabackup.internal.searchengine;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.SnapshotStoreException;
import io.github.camundabackup.error.SnapshotStoreException.Reason;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.http.HttpAnswer;
import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.internal.searchengine.Dialect.Privilege;
import io.github.camundabackup.snapshot.RepositoryInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Reads the repository's registration, and has the engine's nodes verify it. */
final class RepositoryOperations {
    // Where a repository is, in the words of the repository types fs, url, s3, gcs, azure and hdfs. Everything else is
    // left out, since plugins keep secrets under names of their own.
    private static final Set<String> SHOWN_SETTINGS = Set.of(
            "location",
            "url",
            "bucket",
            "base_path",
            "client",
            "region",
            "endpoint",
            "container",
            "account",
            "location_mode",
            "uri",
            "path",
            "compress",
            "chunk_size",
            "readonly");

    // What of these is not about the place.
    private static final Set<String> MANNERS = Set.of("location_mode", "compress", "chunk_size", "readonly");

    private final Engine engine;
    private final String repository;

    RepositoryOperations(Engine engine, String repository) {
        this.engine = engine;
        this.repository = repository;
    }

    CompletableFuture<RepositoryInfo> verify() {
        return engine.read(
                        HttpCall.get("read the settings of the repository " + repository, "_snapshot", repository),
                        Privilege.SEE_REPOSITORY)
                .thenCompose(answer -> {
                    JsonValue registered = registered(answer);
                    requireWritable(registered);
                    return engine.read(
                                    HttpCall.post(
                                            "verify the repository " + repository, "_snapshot", repository, "_verify"),
                                    Privilege.VERIFY_REPOSITORY)
                            .thenCompose(verified ->
                                    namesOf(registered).thenApply(others -> info(registered, others, verified)));
                });
    }

    /** Its name in the engine. */
    String name() {
        return repository;
    }

    /** The limit that the registration itself sets to the speed of restores; empty if there is none. */
    CompletableFuture<Optional<String>> restoreLimit() {
        return engine.read(
                        HttpCall.get("read the settings of the repository " + repository, "_snapshot", repository),
                        Privilege.SEE_REPOSITORY)
                .thenApply(answer -> registered(answer).at("settings").text("max_restore_bytes_per_sec"));
    }

    /** Under which other names the same place is written to: none if the engine does not tell of other repositories. */
    private CompletableFuture<List<String>> namesOf(JsonValue registered) {
        CompletableFuture<List<String>> found = engine.read(
                        HttpCall.get("see which repositories there are", "_snapshot"), Privilege.SEE_REPOSITORY)
                .thenApply(answer -> answer.json().fields().entrySet().stream()
                        .filter(other -> !other.getKey().equals(repository)
                                && !isReadOnly(other.getValue())
                                && isKnown(place(registered))
                                && place(other.getValue()).equals(place(registered)))
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList());
        return Futures.recover(
                found,
                error -> error instanceof CamundaBackupException
                        ? CompletableFuture.completedFuture(List.of())
                        : CompletableFuture.failedFuture(error));
    }

    /** What tells the place of a repository from others; two ways to write the same place may look different. */
    private static Map<String, String> place(JsonValue registered) {
        Map<String, String> place = new TreeMap<>();
        registered
                .at("settings")
                .fields()
                .forEach((name, value) -> value.text()
                        .filter(text -> SHOWN_SETTINGS.contains(name) && !MANNERS.contains(name))
                        .map(text -> text.replaceAll("/+$", ""))
                        .filter(text -> !text.isEmpty())
                        .ifPresent(text -> place.put(name, text)));
        place.put("", registered.text("type").orElse(""));
        return place;
    }

    /** Of a plugin's type it may be in settings of other names. */
    private static boolean isKnown(Map<String, String> place) {
        return Stream.of("location", "bucket", "container", "path").anyMatch(place::containsKey);
    }

    private static boolean isReadOnly(JsonValue registered) {
        return registered.at("settings").isTrue("readonly")
                || registered.text("type").orElse("").equals("url");
    }

    private JsonValue registered(HttpAnswer answer) {
        JsonValue registered = answer.json().at(repository);
        if (registered.text("type").isEmpty()) {
            throw answer.unexpected("it does not describe the repository " + repository);
        }
        return registered;
    }

    // The engines verify a read-only repository without complaint.
    private void requireWritable(JsonValue registered) {
        if (isReadOnly(registered)) {
            boolean readOnly = registered.at("settings").isTrue("readonly");
            throw new SnapshotStoreException(
                    Reason.REPOSITORY_READ_ONLY,
                    "The repository " + repository + " of " + engine + " is registered as read-only"
                            + (readOnly ? "" : " (repositories of type \"url\" always are)")
                            + ". Register it without \"readonly\" in the cluster that takes the backups.",
                    null);
        }
    }

    private RepositoryInfo info(JsonValue registered, List<String> others, HttpAnswer verified) {
        int nodes = verified.json().at("nodes").fields().size();
        if (nodes == 0) {
            throw verified.unexpected("no node has verified the repository");
        }
        return new RepositoryInfo(
                repository, registered.text("type").orElse(""), shown(registered.at("settings")), others, nodes);
    }

    private static Map<String, String> shown(JsonValue settings) {
        Map<String, String> shown = new TreeMap<>();
        settings.fields()
                .forEach((name, value) -> value.text()
                        // User info or a signature in a URL is a secret, whatever the setting is called.
                        .filter(text -> SHOWN_SETTINGS.contains(name) && !text.contains("@") && !text.contains("?"))
                        .ifPresent(text -> shown.put(name, text)));
        return shown;
    }
}
