package io.github.camundabackup.internal.searchengine;

import io.github.camundabackup.error.ConfigurationMismatchException;
import io.github.camundabackup.internal.http.HttpAnswer;
import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.internal.searchengine.Dialect.Privilege;
import io.github.camundabackup.snapshot.EngineInfo;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** Detects the engine: Elasticsearch or OpenSearch, and its version. */
final class EngineDetection {
    private static final String ELASTICSEARCH = "Elasticsearch";
    private static final String OPEN_SEARCH = "OpenSearch";

    private final Engine engine;

    EngineDetection(Engine engine) {
        this.engine = engine;
    }

    /**
     * Completes exceptionally with a {@link ConfigurationMismatchException} if it is not the engine that this store is
     * for.
     */
    CompletableFuture<EngineInfo> engine() {
        return engine.ask(HttpCall.get("find out which search engine this is", ""))
                .thenCompose(this::read)
                .thenApply(this::requireOwnProduct);
    }

    private CompletableFuture<EngineInfo> read(HttpAnswer root) {
        // Without the module rest-root, as in Elasticsearch's minimal distribution, nothing is served at /.
        if (root.status() == 404 || root.status() == 405) {
            return engine.read(
                            HttpCall.get("find out which search engine this is", "_nodes", "_local")
                                    .query("filter_path", "nodes.*.version,nodes.*.build_flavor"),
                            Privilege.SEE_ENGINE)
                    .thenApply(EngineDetection::fromNode);
        }
        engine.require(root, Privilege.SEE_ENGINE);
        return CompletableFuture.completedFuture(fromRoot(root));
    }

    private static EngineInfo fromRoot(HttpAnswer root) {
        JsonValue version = root.json().at("version");
        String number = version.text("number")
                .orElseThrow(
                        () -> root.unexpected("that is neither Elasticsearch nor OpenSearch, as it names no version"));
        String tagline = root.json().text("tagline").orElse("");
        String distribution = version.text("distribution").orElse("");
        if (distribution.toLowerCase(Locale.ROOT).equals("opensearch") || tagline.contains(OPEN_SEARCH)) {
            return new EngineInfo(OPEN_SEARCH, number);
        }
        if (distribution.isEmpty() && (version.text("build_flavor").isPresent() || tagline.contains("for Search"))) {
            return new EngineInfo(ELASTICSEARCH, number);
        }
        return new EngineInfo(distribution.isEmpty() ? "an unknown product" : distribution, number);
    }

    private static EngineInfo fromNode(HttpAnswer nodes) {
        JsonValue node = nodes.json().at("nodes").fields().values().stream()
                .findFirst()
                .orElseThrow(() -> nodes.unexpected("there is no node in it"));
        return new EngineInfo(
                node.text("build_flavor").isPresent() ? ELASTICSEARCH : OPEN_SEARCH,
                node.text("version").orElseThrow(() -> nodes.unexpected("the node has no version")));
    }

    private EngineInfo requireOwnProduct(EngineInfo found) {
        String wanted = engine.dialect().engineName();
        if (!found.name().equals(wanted)) {
            throw new ConfigurationMismatchException(List.of("At the endpoint of the snapshot store for " + wanted
                    + " (" + engine + ") is " + found + ". " + advice(found)));
        }
        return found;
    }

    private static String advice(EngineInfo found) {
        return switch (found.name()) {
            case ELASTICSEARCH ->
                "Use io.github.camundabackup.elasticsearch.ElasticsearchSnapshotStore (module camunda-backup-elasticsearch).";
            case OPEN_SEARCH ->
                "Use io.github.camundabackup.opensearch.OpenSearchSnapshotStore (module camunda-backup-opensearch).";
            default -> "Check the URI.";
        };
    }
}
