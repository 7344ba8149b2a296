package io.github.camundabackup.internal.searchengine;

import io.github.camundabackup.internal.http.HttpAnswer;
import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.internal.searchengine.Dialect.Privilege;
import io.github.camundabackup.snapshot.RestoreTarget;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads what a restore has to know of the engine beforehand. */
final class TargetDescription {
    private final Engine engine;

    TargetDescription(Engine engine) {
        this.engine = engine;
    }

    CompletableFuture<RestoreTarget> describe() {
        return dataNodes().thenCompose(nodes -> patterns().thenApply(patterns -> new RestoreTarget(nodes, patterns)));
    }

    /** From the state of the cluster, as Elasticsearch's minimal distribution serves nothing at the root. */
    CompletableFuture<Optional<String>> engineId() {
        return engine.read(
                        HttpCall.get("tell this engine from others", "_cluster", "state", "version")
                                .query("filter_path", "cluster_uuid"),
                        Privilege.SEE_ENGINE)
                .thenApply(answer -> Optional.of(answer.json()
                        .text("cluster_uuid")
                        // What a node says that is not part of a cluster yet.
                        .filter(uuid -> !uuid.isEmpty() && !uuid.equals("_na_"))
                        .orElseThrow(() -> answer.unexpected("there is no id of the cluster in it"))));
    }

    private CompletableFuture<Integer> dataNodes() {
        return engine.read(
                        HttpCall.get("count the data nodes", "_cluster", "health")
                                .query("filter_path", "number_of_data_nodes"),
                        Privilege.SEE_ENGINE)
                .thenApply(answer -> Math.toIntExact(answer.json()
                        .number("number_of_data_nodes")
                        .orElseThrow(() -> answer.unexpected("there is no number of data nodes in it"))));
    }

    private CompletableFuture<List<String>> patterns() {
        return engine.read(
                        HttpCall.get("list the index templates", "_index_template")
                                .query("filter_path", "index_templates.index_template.index_patterns"),
                        Privilege.SEE_ENGINE)
                .thenApply(TargetDescription::patterns);
    }

    private static List<String> patterns(HttpAnswer answer) {
        JsonValue json = answer.json();
        if (!json.isObject()) {
            throw answer.unexpected("it is no list of index templates");
        }
        return json.elements("index_templates").stream()
                .flatMap(template -> template.at("index_template").elements("index_patterns").stream())
                .flatMap(pattern -> pattern.text().stream())
                .toList();
    }
}
