package io.github.camundabackup.internal.searchengine;

import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.internal.searchengine.Dialect.Privilege;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Reads the recoveries of primary shards that come from snapshots. */
final class ShardRecoveries {
    private final Engine engine;

    ShardRecoveries(Engine engine) {
        this.engine = engine;
    }

    /**
     * @param batch complete names, joined with commas; those that do not exist are missing from the result
     */
    CompletableFuture<List<Shard>> of(String batch) {
        return engine.read(
                        HttpCall.get("see how much of " + batch + " is restored", batch, "_recovery")
                                .query("ignore_unavailable", "true")
                                .query(
                                        "filter_path",
                                        "*.shards.primary,*.shards.type,*.shards.stage,*.shards.source.repository,"
                                                + "*.shards.source.snapshot,*.shards.source.index,*.shards.index.size"),
                        Privilege.SEE_INDICES)
                .thenApply(answer -> answer.json().fields().entrySet().stream()
                        .flatMap(index -> index.getValue().elements("shards").stream()
                                .filter(shard -> shard.isTrue("primary")
                                        && shard.text("type").orElse("").equals("SNAPSHOT"))
                                .map(shard -> read(index.getKey(), shard)))
                        .toList());
    }

    private static Shard read(String index, JsonValue shard) {
        JsonValue source = shard.at("source");
        JsonValue size = shard.at("index").at("size");
        return new Shard(
                index,
                source.text("repository").orElse(""),
                source.text("snapshot").orElse(""),
                source.text("index").orElse(""),
                shard.text("stage").orElse("").equals("DONE"),
                size.number("recovered_in_bytes").orElse(0)
                        + size.number("reused_in_bytes").orElse(0),
                size.number("total_in_bytes").orElse(0));
    }

    /**
     * A primary shard that comes from a snapshot.
     *
     * @param index its index
     * @param repository where the snapshot is
     * @param snapshot the snapshot
     * @param sourceIndex the index's name in the snapshot
     * @param done whether it is restored
     * @param bytesDone bytes that are restored
     * @param bytesTotal all bytes of it
     */
    record Shard(
            String index,
            String repository,
            String snapshot,
            String sourceIndex,
            boolean done,
            long bytesDone,
            long bytesTotal) {
        boolean isFrom(String otherRepository, String otherSnapshot) {
            return repository.equals(otherRepository) && snapshot.equals(otherSnapshot);
        }
    }
}
