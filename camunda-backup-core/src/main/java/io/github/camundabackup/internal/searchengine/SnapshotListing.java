package io.github.camundabackup.internal.searchengine;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lists snapshots as one stream.
 *
 * <p>Elasticsearch could page ({@code size}, {@code after}), OpenSearch cannot. It would not help: measured on
 * Elasticsearch 8.19.21, a page of one out of 400 snapshots takes as long as all of them, because the engine reads the
 * metadata of all that match before it cuts the page out. 100,000 snapshots in pages would be read again and again; one
 * stream reads each once, and holds one at a time here.
 */
final class SnapshotListing {
    private final Engine engine;
    private final String repository;

    SnapshotListing(Engine engine, String repository) {
        this.engine = engine;
        this.repository = repository;
    }

    CompletableFuture<Void> list(String prefix, Consumer<SnapshotInfo> consumer) {
        if (prefix.chars().anyMatch(c -> "*?,/".indexOf(c) >= 0)) {
            throw new IllegalArgumentException("\"" + prefix + "\" is no plain beginning of a snapshot's name.");
        }
        return stream(details(prefix), prefix, consumer, EngineError::saysThatSnapshotIsDamaged)
                .thenCompose(refused ->
                        refused.filter(EngineError::saysThatSnapshotIsDamaged).isPresent()
                                ? listAround(prefix, consumer)
                                : CompletableFuture.completedFuture(null));
    }

    /**
     * The engines refuse the whole listing for one snapshot that is damaged. All names come from the catalogue, which
     * can still be read; those that a listing that ignores errors leaves out are the damaged ones (tested with
     * Elasticsearch 8.19.21 and OpenSearch 2.19.6).
     */
    private CompletableFuture<Void> listAround(String prefix, Consumer<SnapshotInfo> consumer) {
        Map<String, String> unread = new LinkedHashMap<>();
        HttpCall names = HttpCall.get("list the names of the snapshots " + pattern(prefix), path(prefix))
                .query("verbose", "false")
                .query("filter_path", "snapshots.snapshot,snapshots.state,snapshots.uuid");
        Consumer<SnapshotInfo> readable = info -> {
            unread.remove(info.name());
            consumer.accept(info);
        };
        return stream(names, prefix, info -> unread.put(info.name(), info.uuid()), error -> false)
                .thenCompose(named ->
                        stream(details(prefix).query("ignore_unavailable", "true"), prefix, readable, error -> false))
                .thenRun(() -> unread.forEach(
                        (name, uuid) -> consumer.accept(SnapshotInfo.builder(name, SnapshotState.UNREADABLE)
                                .uuid(uuid)
                                .build())));
    }

    private HttpCall details(String prefix) {
        return HttpCall.get("list the snapshots " + pattern(prefix), path(prefix))
                .query("filter_path", "-snapshots.indices,-snapshots.data_streams,-snapshots.feature_states");
    }

    private String[] path(String prefix) {
        return new String[] {"_snapshot", repository, pattern(prefix)};
    }

    // A leading - would exclude; no name begins with _.
    private static String pattern(String prefix) {
        return prefix.isEmpty() || prefix.startsWith("-") || prefix.startsWith("_") ? "_all" : prefix + "*";
    }

    /**
     * Completes with a refusal that is an answer too. OpenSearch, and Elasticsearch up to 8.15, answer a pattern that
     * matches nothing as if one snapshot of that name were missing (tested with OpenSearch 2.19.6 and Elasticsearch
     * 8.13.4). Not asked for with {@code ignore_unavailable}, which would hide damaged ones too.
     */
    private CompletableFuture<Optional<EngineError>> stream(
            HttpCall call, String prefix, Consumer<SnapshotInfo> consumer, Predicate<EngineError> tolerated) {
        boolean missingIsEmpty = pattern(prefix).endsWith("*");
        Gate gate = new Gate(prefix, consumer);
        return engine.streamSnapshots(
                        tolerated.or(error -> missingIsEmpty && error.saysThatSnapshotIsMissing()), call, gate)
                .handle((answered, error) -> {
                    Throwable failure = gate.close();
                    if (failure == null && error != null) {
                        failure = Futures.unwrap(error);
                    }
                    return failure == null
                            ? CompletableFuture.completedFuture(answered)
                            : CompletableFuture.<Optional<EngineError>>failedFuture(failure);
                })
                .thenCompose(listed -> listed);
    }

    /** Lets nothing through to the consumer after the first failure or the end, and keeps what the consumer threw. */
    private static final class Gate implements Consumer<JsonValue> {
        private final String prefix;
        private final Consumer<SnapshotInfo> consumer;
        private boolean closed;
        private @Nullable Throwable failure;

        Gate(String prefix, Consumer<SnapshotInfo> consumer) {
            this.prefix = prefix;
            this.consumer = consumer;
        }

        @Override
        public synchronized void accept(JsonValue element) {
            if (closed) {
                return;
            }
            try {
                SnapshotInfo info = SnapshotReader.read(element)
                        .orElseThrow(
                                () -> new CamundaBackupException(
                                        "Could not list snapshots: one of them was described"
                                                + " without its name and state. Check what answers between here and the search engine."));
                if (info.name().startsWith(prefix)) {
                    consumer.accept(info);
                }
            } catch (RuntimeException | Error e) {
                closed = true;
                failure = e;
                throw new IllegalStateException("The listing was ended", e);
            }
        }

        synchronized @Nullable Throwable close() {
            closed = true;
            return failure;
        }
    }
}
