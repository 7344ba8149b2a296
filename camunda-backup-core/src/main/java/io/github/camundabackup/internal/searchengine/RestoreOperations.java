package io.github.camundabackup.internal.searchengine;

import io.github.camundabackup.internal.http.HttpAnswer;
import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.internal.searchengine.Dialect.Privilege;
import io.github.camundabackup.snapshot.RestoreProgress;
import io.github.camundabackup.snapshot.RestoreRequest;
import io.github.camundabackup.snapshot.SnapshotInfo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Starts restores and watches them. */
final class RestoreOperations {
    private static final int MOST_NAME_BYTES = 256 * 1024;

    private final Engine engine;
    private final String repository;
    private final SnapshotOperations snapshots;
    private final ShardRecoveries recoveries;
    private final IndexHealth health;
    private final LostReplyResolver settlement;

    RestoreOperations(Engine engine, String repository, SnapshotOperations snapshots, ShardRecoveries recoveries) {
        this.engine = engine;
        this.repository = repository;
        this.snapshots = snapshots;
        this.recoveries = recoveries;
        health = new IndexHealth(engine);
        settlement = new LostReplyResolver(engine.time());
    }

    CompletableFuture<Void> restore(RestoreRequest request) {
        Names.requireSnapshot(request.snapshot());
        Names.requireIndices(request.indices());
        return Sequence.forEach(
                groups(request),
                group -> settlement.settle(post(group), LostReplyResolver.AFTER_QUEUE, () -> hasBegun(group)));
    }

    /** Proxies limit the size of bodies, some to 1 MB; an engine takes any number of restores of one snapshot. */
    private static List<RestoreRequest> groups(RestoreRequest request) {
        List<RestoreRequest> groups = new ArrayList<>();
        List<String> group = new ArrayList<>();
        int bytes = 0;
        for (String index : request.indices()) {
            int more = index.getBytes(StandardCharsets.UTF_8).length + 3;
            if (bytes + more > MOST_NAME_BYTES && !group.isEmpty()) {
                groups.add(request.withIndices(group));
                group.clear();
                bytes = 0;
            }
            group.add(index);
            bytes += more;
        }
        // Without any index, all are meant.
        groups.add(request.withIndices(group));
        return groups;
    }

    /**
     * Shards from the cluster's health, which knows those too that wait for a node; bytes from the recoveries. Neither
     * of them ends with the restore, so that there is nothing that could be missed between two calls.
     */
    CompletableFuture<RestoreProgress> progress(Collection<String> indices) {
        Names.requireIndices(indices);
        Set<String> names = new LinkedHashSet<>(indices);
        Map<String, RestoreProgress.Index> read = new LinkedHashMap<>();
        return Sequence.forEach(
                        Batches.of(names),
                        batch -> health.of(batch)
                                .thenCompose(there -> recoveries.of(batch).thenAccept(shards -> {
                                    Map<String, List<ShardRecoveries.Shard>> byIndex = shards.stream()
                                            .collect(Collectors.groupingBy(ShardRecoveries.Shard::index));
                                    there.forEach((index, primaries) -> read.put(
                                            index, progress(primaries, byIndex.getOrDefault(index, List.of()))));
                                })))
                .thenApply(done -> new RestoreProgress(read, Math.max(0, names.size() - read.size())));
    }

    private static RestoreProgress.Index progress(IndexHealth.Primaries primaries, List<ShardRecoveries.Shard> shards) {
        return new RestoreProgress.Index(
                primaries.started(),
                primaries.total(),
                shards.stream().mapToLong(ShardRecoveries.Shard::bytesDone).sum(),
                shards.stream().mapToLong(ShardRecoveries.Shard::bytesTotal).sum());
    }

    private CompletableFuture<HttpAnswer> post(RestoreRequest request) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (!request.indices().isEmpty()) {
            body.put("indices", request.indices());
        }
        body.put("ignore_unavailable", false);
        body.put("include_global_state", false);
        body.put("include_aliases", request.restoresAliases());
        body.put("partial", false);
        if (engine.dialect().hasFeatureStates()) {
            body.put("feature_states", List.of("none"));
        }
        if (!request.settings().leftOut().isEmpty()) {
            body.put("ignore_index_settings", request.settings().leftOut());
        }
        if (!request.settings().set().isEmpty()) {
            body.put("index_settings", request.settings().set());
        }
        request.rename().ifPresent(rename -> {
            body.put("rename_pattern", rename.pattern());
            body.put("rename_replacement", rename.replacement());
        });
        return engine.send(
                        HttpCall.post(
                                        "restore " + what(request),
                                        "_snapshot",
                                        repository,
                                        request.snapshot(),
                                        "_restore")
                                .query("wait_for_completion", "false")
                                .json(body),
                        Privilege.RESTORE_SNAPSHOT)
                .thenApply(Acceptance::require);
    }

    private static String what(RestoreRequest request) {
        return request.indices().isEmpty()
                ? "the snapshot " + request.snapshot()
                : request.indices().size() + " indices of the snapshot " + request.snapshot();
    }

    /**
     * An engine begins to restore all of the indices or none, so one that comes from this snapshot is enough to know.
     */
    private CompletableFuture<Boolean> hasBegun(RestoreRequest request) {
        return targets(request).thenCompose(targets -> {
            List<ShardRecoveries.Shard> begun = new ArrayList<>();
            return Sequence.forEach(
                            Batches.of(targets),
                            batch -> recoveries
                                    .of(batch)
                                    .thenAccept(shards -> shards.stream()
                                            .filter(shard -> shard.isFrom(repository, request.snapshot()))
                                            .forEach(begun::add)))
                    .thenApply(done -> targets.isEmpty() || !begun.isEmpty());
        });
    }

    private CompletableFuture<List<String>> targets(RestoreRequest request) {
        CompletableFuture<List<String>> indices = request.indices().isEmpty()
                ? snapshots
                        .get(request.snapshot())
                        .thenApply(found -> found.map(SnapshotInfo::indices).orElse(List.of()))
                : CompletableFuture.completedFuture(request.indices());
        return indices.thenApply(names -> request.rename()
                .map(rename -> names.stream()
                        .map(name -> name.replaceAll(rename.pattern(), rename.replacement()))
                        .toList())
                .orElse(names));
    }
}
