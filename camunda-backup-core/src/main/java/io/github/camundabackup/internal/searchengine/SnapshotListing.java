package io.github.camundabackup.internal.searchengine;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.RequestTimedOutException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.internal.text.Wildcards;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotState;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lists snapshots as one stream.
 *
 * <p>Elasticsearch could page ({@code size}, {@code after}), OpenSearch cannot. It would not help: measured on
 * Elasticsearch 8.19.21, a page of one out of 400 snapshots takes as long as all of them, because the engine reads the
 * metadata of all that match before it cuts the page out. 100,000 snapshots in pages would be read again and again; one
 * stream reads each once, and holds one at a time here.
 *
 * <p>Only if the engine has read for so long that the request has ended by its limit, without a byte of the answer,
 * they are asked for in portions, by their names: a slow storage then needs no more patience for 100,000 than for some.
 */
final class SnapshotListing {
    private final Engine engine;
    private final String repository;

    SnapshotListing(Engine engine, String repository) {
        this.engine = engine;
        this.repository = repository;
    }

    CompletableFuture<Void> list(List<String> patterns, Consumer<SnapshotInfo> consumer) {
        String path = path(patterns);
        Gate<SnapshotInfo> gate = gate(patterns, consumer);
        CompletableFuture<Optional<Function<Collection<String>, List<String>>>> rest = stream(
                        details(path), path, gate, EngineError::saysThatSnapshotIsDamaged)
                .thenApply(refused ->
                        refused.filter(EngineError::saysThatSnapshotIsDamaged).map(damaged -> names -> List.of(path)));
        return Futures.recover(
                        rest,
                        error -> error instanceof RequestTimedOutException && !gate.hasHandedOver()
                                ? CompletableFuture.completedFuture(Optional.of(Batches::of))
                                : CompletableFuture.failedFuture(error))
                .thenCompose(portions -> portions.map(those -> listAround(patterns, consumer, those))
                        .orElseGet(() -> CompletableFuture.completedFuture(null)));
    }

    CompletableFuture<Void> listNames(List<String> patterns, Consumer<String> consumer) {
        String path = path(patterns);
        HttpCall call = HttpCall.get("list the names of the snapshots " + path, "_snapshot", repository, path)
                .query("verbose", "false")
                .query("filter_path", "snapshots.snapshot,total,failures");
        Predicate<String> matches = Wildcards.matcher(patterns);
        return stream(
                        call,
                        path,
                        new Gate<>(element -> element.text("snapshot").orElseThrow(() -> undescribed("name")), name -> {
                            if (matches.test(name)) {
                                consumer.accept(name);
                            }
                        }),
                        error -> false)
                .thenAccept(done -> {});
    }

    /**
     * The engines refuse the whole listing for one snapshot that is damaged. All names come from the catalogue, which
     * can still be read; those that a listing that ignores errors leaves out are the damaged ones (tested with
     * Elasticsearch 8.19.21 and OpenSearch 2.19.6).
     *
     * @param portions what to ask for after one another, of all these names
     */
    private CompletableFuture<Void> listAround(
            List<String> patterns,
            Consumer<SnapshotInfo> consumer,
            Function<Collection<String>, List<String>> portions) {
        Map<String, String> unread = new LinkedHashMap<>();
        Consumer<SnapshotInfo> readable = info -> {
            if (unread.remove(info.name()) != null) {
                consumer.accept(info);
            }
        };
        return catalogue(patterns, unread)
                .thenCompose(named -> Sequence.forEach(
                        portions.apply(List.copyOf(unread.keySet())),
                        portion -> stream(
                                        details(portion).query("ignore_unavailable", "true"),
                                        portion,
                                        gate(patterns, readable),
                                        error -> false)
                                .thenAccept(done -> {})))
                .thenCompose(read -> unread.isEmpty()
                        ? CompletableFuture.completedFuture(null)
                        : unreadable(patterns, unread, consumer));
    }

    /** Not what was deleted since its name was read. */
    private CompletableFuture<Void> unreadable(
            List<String> patterns, Map<String, String> unread, Consumer<SnapshotInfo> consumer) {
        Map<String, String> now = new LinkedHashMap<>();
        return catalogue(patterns, now)
                .thenRun(() -> unread.forEach((name, uuid) -> {
                    if (now.containsKey(name)) {
                        consumer.accept(SnapshotInfo.builder(name, SnapshotState.UNREADABLE)
                                .uuid(uuid)
                                .build());
                    }
                }));
    }

    private CompletableFuture<Void> catalogue(List<String> patterns, Map<String, String> uuids) {
        String path = path(patterns);
        HttpCall call = HttpCall.get("list the names of the snapshots " + path, "_snapshot", repository, path)
                .query("verbose", "false")
                .query("filter_path", "snapshots.snapshot,snapshots.state,snapshots.uuid");
        return stream(call, path, gate(patterns, info -> uuids.put(info.name(), info.uuid())), error -> false)
                .thenAccept(done -> {});
    }

    private HttpCall details(String path) {
        return HttpCall.get("list the snapshots " + path, "_snapshot", repository, path)
                .query("filter_path", "-snapshots.indices,-snapshots.data_streams,-snapshots.feature_states");
    }

    private static String path(List<String> patterns) {
        Names.requirePatterns(patterns);
        return patterns.contains("*") ? "_all" : String.join(",", patterns);
    }

    private static Gate<SnapshotInfo> gate(List<String> patterns, Consumer<SnapshotInfo> consumer) {
        Predicate<String> matches = Wildcards.matcher(patterns);
        return new Gate<>(
                element -> SnapshotReader.read(element).orElseThrow(() -> undescribed("name and state")), info -> {
                    if (matches.test(info.name())) {
                        consumer.accept(info);
                    }
                });
    }

    private static CamundaBackupException undescribed(String what) {
        return new CamundaBackupException("Could not list snapshots: one of them was described without its " + what
                + ". Check what answers between here and the search engine.");
    }

    /**
     * Completes with a refusal that is an answer too. OpenSearch, and Elasticsearch up to 8.15, answer a pattern that
     * matches nothing as if one snapshot of that name were missing (tested with OpenSearch 2.19.6 and Elasticsearch
     * 8.13.4). Not asked for with {@code ignore_unavailable}, which would hide damaged ones too.
     */
    private CompletableFuture<Optional<EngineError>> stream(
            HttpCall call, String path, Gate<?> gate, Predicate<EngineError> tolerated) {
        boolean missingIsEmpty = path.contains("*");
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
    private static final class Gate<T> implements Consumer<JsonValue> {
        private final Function<JsonValue, T> reader;
        private final Consumer<T> consumer;
        private boolean closed;
        private boolean handedOver;
        private @Nullable Throwable failure;

        Gate(Function<JsonValue, T> reader, Consumer<T> consumer) {
            this.reader = reader;
            this.consumer = consumer;
        }

        @Override
        public synchronized void accept(JsonValue element) {
            if (closed) {
                return;
            }
            handedOver = true;
            try {
                consumer.accept(reader.apply(element));
            } catch (RuntimeException | Error e) {
                closed = true;
                failure = e;
                throw new IllegalStateException("The listing was ended", e);
            }
        }

        synchronized boolean hasHandedOver() {
            return handedOver;
        }

        synchronized @Nullable Throwable close() {
            closed = true;
            return failure;
        }
    }
}
