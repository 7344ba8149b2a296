package io.github.camundabackup.internal.searchengine;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.SnapshotStoreException;
import io.github.camundabackup.error.SnapshotStoreException.Reason;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.http.HttpAnswer;
import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.internal.searchengine.Dialect.Privilege;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotProgress;
import io.github.camundabackup.snapshot.SnapshotRequest;
import io.github.camundabackup.snapshot.SnapshotState;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes, watches and deletes single snapshots. */
final class SnapshotOperations {
    // Deleting goes through the repository's files; it goes on in the engine when the connection is gone.
    private static final Duration DELETION_PATIENCE = Duration.ofMinutes(5);

    /**
     * No engine takes a snapshot of this name, as names are in lower case, nor of an index that is not there; but it
     * looks first whether the account might take one.
     */
    private static final String NEVER_TAKEN = "Only-A-Question";

    private final Engine engine;
    private final String repository;
    private final IndexOperations indices;
    private final LostReplyResolver settlement;

    SnapshotOperations(Engine engine, String repository, IndexOperations indices) {
        this.engine = engine;
        this.repository = repository;
        this.indices = indices;
        settlement = new LostReplyResolver(engine.time());
    }

    CompletableFuture<Optional<SnapshotInfo>> get(String name) {
        Names.requireSnapshot(name);
        return engine.readSnapshotsUnless(
                        EngineError::saysThatSnapshotIsMissing,
                        HttpCall.get("read the snapshot " + name, "_snapshot", repository, name))
                .thenApply(answer -> answer.map(found -> only(found, name)));
    }

    /**
     * If one of them is not there the engine refuses all; told to ignore it, it would leave out damaged ones too.
     */
    CompletableFuture<Map<String, SnapshotInfo>> getAll(List<String> names) {
        names.forEach(Names::requireSnapshot);
        Map<String, SnapshotInfo> found = new LinkedHashMap<>();
        return Sequence.forEach(
                        Batches.of(names),
                        batch -> engine.readSnapshotsUnless(
                                        EngineError::saysThatSnapshotIsMissing,
                                        HttpCall.get("read the snapshots " + batch, "_snapshot", repository, batch))
                                .thenCompose(answer -> answer.map(all -> {
                                            read(all, List.of(batch.split(","))).forEach(found::put);
                                            return CompletableFuture.<Void>completedFuture(null);
                                        })
                                        .orElseGet(() -> oneByOne(List.of(batch.split(",")), found))))
                .thenApply(read -> Collections.unmodifiableMap(found));
    }

    private CompletableFuture<Void> oneByOne(List<String> names, Map<String, SnapshotInfo> found) {
        return Sequence.forEach(
                names, name -> get(name).thenAccept(there -> there.ifPresent(info -> found.put(name, info))));
    }

    private static Map<String, SnapshotInfo> read(HttpAnswer answer, List<String> names) {
        Map<String, SnapshotInfo> found = answer.json().elements("snapshots").stream()
                .map(SnapshotReader::read)
                .flatMap(Optional::stream)
                .collect(Collectors.toMap(SnapshotInfo::name, info -> info, (one, same) -> one));
        if (!found.keySet().containsAll(names)) {
            throw answer.unexpected("it does not describe all of the snapshots " + String.join(", ", names));
        }
        found.keySet().retainAll(names);
        return found;
    }

    CompletableFuture<List<String>> missingPrivileges() {
        CompletableFuture<Optional<String>> create = missing(
                HttpCall.post("find out whether snapshots may be taken", "_snapshot", repository, NEVER_TAKEN)
                        .query("wait_for_completion", "false")
                        .json(Map.of("indices", List.of(NEVER_TAKEN.toLowerCase(Locale.ROOT)))),
                Privilege.CREATE_SNAPSHOT);
        CompletableFuture<Optional<String>> follow = missing(
                HttpCall.get("find out whether snapshots may be followed", "_snapshot", repository, "_status")
                        .query("filter_path", "snapshots.snapshot"),
                Privilege.SEE_SNAPSHOTS);
        return create.thenCombine(
                follow,
                (first, second) ->
                        Stream.of(first, second).flatMap(Optional::stream).toList());
    }

    /** Any other refusal than for a missing privilege comes from behind the gate. */
    private CompletableFuture<Optional<String>> missing(HttpCall call, Privilege privilege) {
        return engine.ask(call)
                .thenApply(answer -> answer.status() == 403
                                && EngineError.of(answer)
                                        .filter(error -> !error.saysThatWritesAreBlocked())
                                        .isPresent()
                        ? Optional.of(
                                String.valueOf(engine.refusal(answer, privilege).getMessage()))
                        : Optional.empty());
    }

    CompletableFuture<Void> create(SnapshotRequest request) {
        Names.requirePatterns(request.indices());
        if (!Names.isPlain(request.name())) {
            return CompletableFuture.failedFuture(new SnapshotStoreException(
                    Reason.NAME_INVALID, "\"" + request.name() + "\" cannot be the name of a snapshot.", null));
        }
        return requireNew(request)
                .thenCompose(isNew -> requireMatch(request))
                .thenCompose(matched ->
                        settlement.settle(put(request), LostReplyResolver.AFTER_QUEUE, () -> isThere(request)));
    }

    /** One request as long as the engine says that shards are left, so that polling costs no more; then two. */
    CompletableFuture<Optional<SnapshotProgress>> progress(String name) {
        Names.requireSnapshot(name);
        return status(name)
                .handle((status, error) -> error == null
                        ? status.flatMap(SnapshotOperations::underWay)
                                .map(now -> CompletableFuture.completedFuture(Optional.of(now)))
                                .orElseGet(() -> progress(name, status.orElseGet(JsonValue::absent)))
                        : progressWithoutStatus(name, Futures.unwrap(error)))
                .thenCompose(progress -> progress);
    }

    private CompletableFuture<Optional<SnapshotProgress>> progress(String name, JsonValue status) {
        return get(name).thenApply(found -> found.map(info -> progress(info, status)));
    }

    /**
     * For a complete snapshot the engine reads a file per shard to count the bytes; these must not cost the answer.
     */
    private CompletableFuture<Optional<SnapshotProgress>> progressWithoutStatus(String name, Throwable failure) {
        return failure instanceof CamundaBackupException
                ? get(name)
                        .thenApply(found -> found.map(info -> {
                            if (!info.state().isTerminal()) {
                                throw new CompletionException(failure);
                            }
                            return progress(info, JsonValue.absent());
                        }))
                : CompletableFuture.failedFuture(failure);
    }

    /** Empty if this does not say that shards are left to be written. */
    private static Optional<SnapshotProgress> underWay(JsonValue status) {
        JsonValue shards = status.at("shards_stats");
        int total = SnapshotReader.count(shards, "total");
        int failed = SnapshotReader.count(shards, "failed");
        boolean running = status.text("state").filter("STARTED"::equals).isPresent()
                && SnapshotReader.count(shards, "done") + failed < total;
        return running
                ? Optional.of(new SnapshotProgress(
                        SnapshotState.IN_PROGRESS,
                        SnapshotReader.count(shards, "done"),
                        failed,
                        total,
                        status.at("stats")
                                .at("processed")
                                .number("size_in_bytes")
                                .orElse(0),
                        status.at("stats")
                                .at("incremental")
                                .number("size_in_bytes")
                                .orElse(0)))
                : Optional.empty();
    }

    /**
     * OpenSearch gives the same error for a missing file of a shard and for a missing snapshot (tested with 2.19.6).
     */
    CompletableFuture<OptionalLong> verify(String name) {
        Names.requireSnapshot(name);
        return engine.ask(HttpCall.get("verify the snapshot " + name, "_snapshot", repository, name, "_status")
                        .query("filter_path", "snapshots.shards_stats,snapshots.stats.total.size_in_bytes"))
                .thenApply(answer -> {
                    EngineError.of(answer)
                            .filter(error -> error.saysThatSnapshotIsDamaged() || error.saysThatSnapshotIsMissing())
                            .ifPresent(error -> {
                                throw new SnapshotStoreException(
                                        Reason.REPOSITORY_UNUSABLE,
                                        "Could not read what describes the shards of the snapshot " + name
                                                + " in the repository " + repository + ": status " + error.status()
                                                + ", " + error.reason()
                                                + ". Its files are gone or damaged, unless the repository's storage"
                                                + " fails at the moment.",
                                        null);
                            });
                    return engine.require(answer, Privilege.SEE_SNAPSHOTS).json().elements("snapshots").stream()
                            .findFirst()
                            .map(status -> status.at("stats").at("total").number("size_in_bytes"))
                            .orElse(OptionalLong.empty());
                });
    }

    CompletableFuture<Void> delete(String name) {
        Names.requireSnapshot(name);
        CompletableFuture<?> deletion = engine.sendUnless(
                EngineError::saysThatSnapshotIsMissing,
                HttpCall.delete("delete the snapshot " + name, "_snapshot", repository, name),
                Privilege.DELETE_SNAPSHOT);
        return settlement.settle(deletion, DELETION_PATIENCE, () -> get(name).thenApply(Optional::isEmpty));
    }

    /**
     * After a lost answer, one that carries metadata is known again by them. One without is only if there was none of its
     * name before. Which names are taken the engine knows as well, at no cost of time: exporting may be paused.
     */
    private CompletableFuture<Void> requireNew(SnapshotRequest request) {
        return request.metadata().isEmpty()
                ? get(request.name()).thenAccept(there -> {
                    if (there.isPresent()) {
                        throw inUse(request, there.get());
                    }
                })
                : CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<Void> requireMatch(SnapshotRequest request) {
        if (request.allowsEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return indices.list(request.indices()).thenAccept(found -> {
            if (found.isEmpty()) {
                throw new SnapshotStoreException(
                        Reason.NO_MATCHING_INDEX,
                        "Did not take the snapshot " + request.name() + ", as no index matches " + request.indices()
                                + " and the engine would have made an empty snapshot. Check the index prefix.",
                        null);
            }
        });
    }

    private CompletableFuture<HttpAnswer> put(SnapshotRequest request) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("indices", request.indices());
        // The engines' own defaults differ: OpenSearch leaves closed indices out, Elasticsearch takes hidden ones
        // along.
        body.put("expand_wildcards", "open,closed");
        body.put("ignore_unavailable", request.allowsEmpty());
        body.put("include_global_state", false);
        body.put("partial", false);
        if (engine.dialect().hasFeatureStates()) {
            body.put("feature_states", List.of("none"));
        }
        if (!request.metadata().isEmpty()) {
            body.put("metadata", request.metadata());
        }
        return engine.send(
                        HttpCall.put("take the snapshot " + request.name(), "_snapshot", repository, request.name())
                                .query("wait_for_completion", "false")
                                .json(body),
                        Privilege.CREATE_SNAPSHOT)
                .thenApply(Acceptance::require);
    }

    private CompletableFuture<Boolean> isThere(SnapshotRequest request) {
        return get(request.name()).thenApply(there -> {
            if (there.isEmpty()) {
                return false;
            }
            if (!there.get().metadata().equals(request.metadata())) {
                throw inUse(request, there.get());
            }
            return true;
        });
    }

    private SnapshotStoreException inUse(SnapshotRequest request, SnapshotInfo there) {
        return new SnapshotStoreException(
                Reason.NAME_IN_USE,
                "Did not take the snapshot " + request.name() + ", as there is one of that name in the repository "
                        + repository + " (" + there.state()
                        + there.startTime().map(time -> ", started at " + time).orElse("")
                        + "). Take another name: for a backup, a higher backup id.",
                null);
    }

    private CompletableFuture<Optional<JsonValue>> status(String name) {
        return engine.readUnless(
                        EngineError::saysThatSnapshotIsMissing,
                        HttpCall.get(
                                        "read the progress of the snapshot " + name,
                                        "_snapshot",
                                        repository,
                                        name,
                                        "_status")
                                .query("filter_path", "snapshots.state,snapshots.shards_stats,snapshots.stats"),
                        Privilege.SEE_SNAPSHOTS)
                .thenApply(answer -> answer.flatMap(
                        found -> found.json().elements("snapshots").stream().findFirst()));
    }

    // The state is not taken from the status call: Elasticsearch calls a PARTIAL snapshot SUCCESS there.
    private static SnapshotProgress progress(SnapshotInfo info, JsonValue status) {
        JsonValue shards = status.at("shards_stats");
        JsonValue toWrite = status.at("stats").at("incremental");
        JsonValue written = status.at("stats").at("processed");
        long bytesTotal = toWrite.number("size_in_bytes").orElse(0);
        long bytesDone = info.state().isTerminal()
                ? bytesTotal
                : written.number("size_in_bytes").orElse(0);
        int total = Math.max(info.shardsTotal(), SnapshotReader.count(shards, "total"));
        int failed = Math.max(info.shardsFailed(), SnapshotReader.count(shards, "failed"));
        int done = info.state().isTerminal() ? total - failed : SnapshotReader.count(shards, "done");
        return new SnapshotProgress(info.state(), done, failed, total, bytesDone, bytesTotal);
    }

    private static SnapshotInfo only(HttpAnswer answer, String name) {
        return answer.json().elements("snapshots").stream()
                .map(SnapshotReader::read)
                .flatMap(Optional::stream)
                .filter(info -> info.name().equals(name))
                .findFirst()
                .orElseThrow(() -> answer.unexpected("it does not describe the snapshot " + name));
    }
}
