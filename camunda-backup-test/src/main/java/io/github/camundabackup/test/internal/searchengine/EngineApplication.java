package io.github.camundabackup.test.internal.searchengine;

import io.github.camundabackup.test.internal.web.Application;
import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.internal.web.WebAnswer;
import io.github.camundabackup.test.internal.web.WebRequest;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The simulated engine's REST API. */
public final class EngineApplication implements Application {
    private final EngineState engine;
    private final SnapshotRest snapshots;
    private final IndexRest indices;
    private final DocumentRest documents;
    private final ClusterRest cluster;
    private final String contentType;

    public EngineApplication(EngineState engine) {
        this.engine = engine;
        snapshots = new SnapshotRest(engine);
        indices = new IndexRest(engine);
        documents = new DocumentRest(engine);
        cluster = new ClusterRest(engine, indices);
        contentType =
                engine.engine() == SearchEngine.ELASTICSEARCH ? "application/json" : "application/json; charset=UTF-8";
    }

    @Override
    public CompletableFuture<WebAnswer> answer(WebRequest request) {
        CompletableFuture<WebAnswer> answer;
        synchronized (engine.lock()) {
            try {
                answer = route(request).orElseGet(() -> CompletableFuture.completedFuture(unknown(request)));
            } catch (EngineException e) {
                answer = CompletableFuture.completedFuture(e.answer(contentType));
            }
        }
        return answer.exceptionally(this::error)
                .thenApply(given -> FilterPath.apply(request, given, engine.listsNothingAsAnEmptyList()))
                .thenApply(this::branded);
    }

    private Optional<CompletableFuture<WebAnswer>> route(WebRequest request) {
        List<String> path = request.segments();
        if (path.isEmpty()) {
            return now(Optional.of(cluster.root()));
        }
        List<String> rest = path.subList(1, path.size());
        return switch (path.get(0)) {
            case "_snapshot" -> snapshots.answer(request, rest).map(answer -> answer.thenApply(this::ok));
            case "_cluster" -> cluster.cluster(request, rest, contentType).map(CompletableFuture::completedFuture);
            case "_nodes" -> rest.isEmpty() ? now(Optional.of(cluster.nodes())) : Optional.empty();
            case "_cat" -> cluster.cat(request, rest, contentType).map(CompletableFuture::completedFuture);
            case "_index_template" -> now(TemplateRest.answer(engine, request, rest));
            case "_ilm", "_plugins" -> now(PolicyRest.answer(engine, request, path));
            case "_resolve" ->
                rest.size() == 2 ? now(Optional.of(cluster.resolve(request, rest.get(1)))) : Optional.empty();
            default ->
                documents
                        .answer(request, path, contentType)
                        .map(CompletableFuture::completedFuture)
                        .or(() -> now(indices.answer(request, path)));
        };
    }

    private Optional<CompletableFuture<WebAnswer>> now(Optional<Object> body) {
        return body.map(present -> CompletableFuture.completedFuture(ok(present)));
    }

    private WebAnswer ok(Object body) {
        return WebAnswer.json(200, contentType, body);
    }

    private WebAnswer error(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof EngineException expected) {
            return expected.answer(contentType);
        }
        throw new CompletionException(cause);
    }

    private WebAnswer unknown(WebRequest request) {
        return WebAnswer.json(
                400,
                contentType,
                Json.map(
                        "error",
                        "no handler found for uri [" + request.path() + "] and method [" + request.method() + "]"));
    }

    private WebAnswer branded(WebAnswer answer) {
        return engine.engine() == SearchEngine.ELASTICSEARCH
                ? answer.withHeader("X-elastic-product", "Elasticsearch")
                : answer;
    }
}
