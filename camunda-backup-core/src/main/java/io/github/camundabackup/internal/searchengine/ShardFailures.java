package io.github.camundabackup.internal.searchengine;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What the engines give as the reason why a shard is not in a snapshot: which of it passes by itself, since the shard
 * was not where it was looked for at that moment. Everything else, and what is not known here, does not pass: a primary
 * shard that is lost, an index that is gone, damaged files, a repository that cannot be written.
 *
 * <p>Sources: {@code SnapshotShardsService} (for what a node says of its shard, in the words of
 * {@code summarizeFailure}) and {@code SnapshotsService} (for what the master says of nodes and shards) of
 * Elasticsearch 8 and 9 and of OpenSearch 2 and 3, which have the same words but for a node that is gone.
 */
final class ShardFailures {
    private static final List<Pattern> PASSING = List.of(
            // Its node is being left, has been left, or was just reached.
            exactly("IndexShardSnapshotFailedException[cannot snapshot while relocating]"),
            exactly("IndexShardSnapshotFailedException[snapshot should be performed only on primary]"),
            exactly("IndexShardSnapshotFailedException[shard didn't fully recover yet]"),
            exactly("ShardNotFoundException[no such shard]"),
            Pattern.compile("IllegalIndexShardStateException\\[CurrentState\\[\\w+] snapshot is not allowed]"),
            // The shard was closed on its node. A snapshot that is aborted because it is deleted does not stay.
            exactly("aborted"),
            // A copy on another node is the primary shard now. If there is none, the engine refuses the next snapshot.
            exactly("node left the cluster during snapshot"),
            // The same in OpenSearch's words (seen with 2.19.6).
            exactly("node shutdown"));

    private ShardFailures() {}

    /**
     * @param reasons those of all failed shards
     * @return whether there are any, and each passes by itself
     */
    static boolean allPass(List<String> reasons) {
        return !reasons.isEmpty() && reasons.stream().allMatch(ShardFailures::passes);
    }

    private static boolean passes(String reason) {
        return PASSING.stream()
                .anyMatch(passing -> passing.matcher(reason.strip()).matches());
    }

    private static Pattern exactly(String words) {
        return Pattern.compile(Pattern.quote(words));
    }
}
