package io.github.camundabackup.internal.searchengine;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.internal.searchengine.Dialect.Privilege;
import io.github.camundabackup.snapshot.SnapshotInfo;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lists snapshots as one stream.
 *
 * <p>Elasticsearch could page ({@code size}, {@code after}), OpenSearch cannot. It would not help: measured on Elasticsearch 8.19.21, a
 * page of one out of 400 snapshots takes as long as all of them, because the engine reads the metadata of all that match before it cuts
 * the page out. 100,000 snapshots in pages would be read again and again; one stream reads each once, and holds one at a time here.
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
        // A leading - would exclude; no name begins with _.
        String pattern = prefix.isEmpty() || prefix.startsWith("-") || prefix.startsWith("_") ? "_all" : prefix + "*";
        HttpCall call = HttpCall.get("list the snapshots " + pattern, "_snapshot", repository, pattern)
                .query("filter_path", "-snapshots.indices,-snapshots.data_streams,-snapshots.feature_states");
        boolean missingIsEmpty = engine.dialect().answersEmptyListingWithMissing() && pattern.endsWith("*");
        Gate gate = new Gate(prefix, consumer);
        return engine.stream(
                        error -> missingIsEmpty && error.saysThatSnapshotIsMissing(),
                        call,
                        "snapshots",
                        gate,
                        Privilege.SEE_SNAPSHOTS)
                .handle((answered, error) -> {
                    Throwable failure = gate.close();
                    if (failure == null && error != null) {
                        failure = Futures.unwrap(error);
                    }
                    return failure == null
                            ? CompletableFuture.<Void>completedFuture(null)
                            : CompletableFuture.<Void>failedFuture(failure);
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
