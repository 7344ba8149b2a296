package io.github.camundabackup.test.contract;

import io.github.camundabackup.snapshot.ExportedRecords;
import io.github.camundabackup.snapshot.RecordRange;
import io.github.camundabackup.test.contract.SnapshotStoreFixture.ExportedRecord;
import java.time.Instant;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Exported records without an engine. */
final class InMemoryRecords implements ExportedRecords {
    private final InMemoryEngine engine;

    InMemoryRecords(InMemoryEngine engine) {
        this.engine = engine;
    }

    @Override
    public CompletableFuture<SortedMap<Integer, Long>> highestPositions(String indexPattern) {
        SortedMap<Integer, Long> highest = new TreeMap<>();
        records(indexPattern).forEach(record -> highest.merge(record.partitionId(), record.position(), Math::max));
        return CompletableFuture.completedFuture(highest);
    }

    @Override
    public CompletableFuture<List<RecordRange>> ranges(String indexPattern, Map<Integer, Long> upTo) {
        Map<Map.Entry<Integer, String>, LongSummaryStatistics> groups = records(indexPattern).stream()
                .filter(record -> record.position() <= upTo.getOrDefault(record.partitionId(), -1L))
                .collect(Collectors.groupingBy(
                        record -> Map.entry(record.partitionId(), record.valueType()),
                        Collectors.summarizingLong(ExportedRecord::sequence)));
        return CompletableFuture.completedFuture(groups.entrySet().stream()
                .map(group -> new RecordRange(
                        group.getKey().getKey(),
                        group.getKey().getValue(),
                        group.getValue().getCount(),
                        group.getValue().getMin(),
                        group.getValue().getMax()))
                .toList());
    }

    @Override
    public CompletableFuture<Long> count(
            String indexPattern, int partitionId, long above, long upTo, Optional<Instant> notAfter) {
        return CompletableFuture.completedFuture(records(indexPattern).stream()
                .filter(record -> record.partitionId() == partitionId)
                .filter(record -> record.position() > above && record.position() <= upTo)
                .filter(record -> notAfter.filter(latest -> latest.toEpochMilli() < record.timestamp())
                        .isEmpty())
                .count());
    }

    private List<ExportedRecord> records(String pattern) {
        synchronized (engine) {
            return engine.indices.entrySet().stream()
                    .filter(index -> InMemorySnapshotStore.matches(List.of(pattern), index.getKey()))
                    .filter(index -> index.getValue().open)
                    .flatMap(index -> List.copyOf(index.getValue().records).stream())
                    .toList();
        }
    }
}
