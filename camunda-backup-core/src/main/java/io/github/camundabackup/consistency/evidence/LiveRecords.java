package io.github.camundabackup.consistency.evidence;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.line.IndexNaming;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.snapshot.ExportedRecords;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks the engine in use for records that a snapshot lacks: between its highest position and where Zeebe exports again.
 * None means that exporters left out what Zeebe wrote there. The engine proves nothing any more when retention has
 * deleted an index that the snapshot holds, nor where it holds another history, as after a restore of another backup:
 * then the records at these positions are younger than the backup.
 */
final class LiveRecords {
    /** Exporters name indices so, and accept no underscore in the prefix. */
    private static final Pattern INDEX = Pattern.compile("(?<prefix>[^_]+)_.+");

    private final SnapshotStore store;
    private final ExportedRecords records;
    private final Evidence evidence;

    LiveRecords(SnapshotStore store, ExportedRecords records, Evidence evidence) {
        this.store = store;
        this.records = records;
        this.evidence = evidence;
    }

    /**
     * @param indices all indices of the records snapshot
     * @return the number of such records, by partition; partitions for which the engine proves nothing, or there is
     *     nothing to ask, are not in it
     */
    CompletableFuture<Map<Integer, Long>> above(PositionEvidence snapshot, List<String> indices) {
        List<PartitionEvidence> open = evidence.zeebe().stream()
                .flatMap(reported -> reported.partitions().stream())
                .filter(partition -> partition.state() == BackupState.COMPLETED)
                .filter(partition -> partition.exported().orElse(-1) > snapshot.highest(partition.partitionId()))
                .toList();
        Set<String> prefixes = new HashSet<>();
        for (String index : indices) {
            Matcher matcher = INDEX.matcher(index);
            prefixes.add(matcher.matches() ? matcher.group("prefix") : index);
        }
        if (open.isEmpty() || prefixes.size() != 1) {
            return CompletableFuture.completedFuture(Map.of());
        }
        String pattern = IndexNaming.RECORDS.pattern(prefixes.iterator().next());
        Map<Integer, Long> counts = new HashMap<>();
        CompletableFuture<Map<Integer, Long>> asked = store.listIndices(List.of(pattern))
                .thenCompose(live -> {
                    Set<String> readable = new HashSet<>();
                    live.stream().filter(IndexInfo::open).map(IndexInfo::name).forEach(readable::add);
                    CompletableFuture<Void> chain = CompletableFuture.completedFuture(null);
                    if (live.size() == readable.size() && readable.containsAll(indices)) {
                        for (PartitionEvidence partition : open) {
                            chain = chain.thenCompose(before -> count(pattern, partition, snapshot, counts));
                        }
                    }
                    return chain.thenApply(done -> counts);
                });
        return Futures.recover(
                asked,
                error -> error instanceof CamundaBackupException
                        ? CompletableFuture.completedFuture(Map.of())
                        : CompletableFuture.failedFuture(error));
    }

    private CompletableFuture<Void> count(
            String pattern, PartitionEvidence partition, PositionEvidence snapshot, Map<Integer, Long> counts) {
        int id = partition.partitionId();
        long above = snapshot.highest(id);
        long upTo = partition.exported().orElseThrow();
        if (partition.createdAt().isEmpty() || above < 0) {
            return CompletableFuture.completedFuture(null);
        }
        Optional<Instant> latest = partition.createdAt().map(at -> at.plus(evidence.clockSkew()));
        // The snapshot's last record must be there, and not a younger one in its place.
        return records.count(pattern, id, above - 1, above, latest)
                .thenCompose(same -> same == 0
                        ? CompletableFuture.<Void>completedFuture(null)
                        : records.count(pattern, id, above, upTo, Optional.empty())
                                .thenCombine(records.count(pattern, id, above, upTo, latest), (all, inTime) -> {
                                    if (all == 0 || inTime > 0) {
                                        counts.put(id, inTime);
                                    }
                                    return null;
                                }));
    }
}
