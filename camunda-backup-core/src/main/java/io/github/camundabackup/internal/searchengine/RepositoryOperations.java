package io.github.camundabackup.internal.searchengine;

import io.github.camundabackup.error.SnapshotStoreException;
import io.github.camundabackup.error.SnapshotStoreException.Reason;
import io.github.camundabackup.internal.http.HttpAnswer;
import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.internal.searchengine.Dialect.Privilege;
import io.github.camundabackup.snapshot.RepositoryInfo;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

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
                            .thenApply(verified -> info(registered, verified));
                });
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
        boolean readOnly = registered.at("settings").isTrue("readonly");
        if (readOnly || registered.text("type").orElse("").equals("url")) {
            throw new SnapshotStoreException(
                    Reason.REPOSITORY_READ_ONLY,
                    "The repository " + repository + " of " + engine + " is registered as read-only"
                            + (readOnly ? "" : " (repositories of type \"url\" always are)")
                            + ". Register it without \"readonly\" in the cluster that takes the backups.",
                    null);
        }
    }

    private RepositoryInfo info(JsonValue registered, HttpAnswer verified) {
        int nodes = verified.json().at("nodes").fields().size();
        if (nodes == 0) {
            throw verified.unexpected("no node has verified the repository");
        }
        return new RepositoryInfo(
                repository, registered.text("type").orElse(""), shown(registered.at("settings")), nodes);
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
