package io.github.camundabackup.internal.searchengine;

import io.github.camundabackup.internal.http.HttpAnswer;
import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.internal.searchengine.Dialect.Privilege;
import io.github.camundabackup.snapshot.RestoreTarget;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What a restore has to know of the engine beforehand. */
final class TargetDescription {
    private final Engine engine;

    TargetDescription(Engine engine) {
        this.engine = engine;
    }

    CompletableFuture<RestoreTarget> describe() {
        return dataNodes().thenCompose(nodes -> patterns().thenApply(patterns -> new RestoreTarget(nodes, patterns)));
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
