package io.github.camundabackup.samples.restoredrill;

import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.snapshot.ExportedRecords;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The records that Zeebe has exported to the engine in use, and how many of them a backup reaches. */
final class ExportedHistory {
    private final ExportedRecords records;
    private final String pattern;
    private final Map<Integer, Long> checkpoints = new TreeMap<>();

    ExportedHistory(SnapshotStore store, String pattern, BackupReport backup) {
        records = store.exportedRecords().orElseThrow();
        this.pattern = pattern;
        backup.step(Component.ZEEBE)
                .orElseThrow()
                .partitions()
                .forEach(partition -> checkpoints.put(
                        partition.partitionId(), partition.checkpointPosition().orElseThrow()));
    }

    /**
     * How many records of each partition there are up to the backup's checkpoint: all that a restored cluster must
     * have.
     */
    Map<Integer, Long> countUpToBackup() {
        return count(checkpoints);
    }

    /** How many records there are. */
    long countAll() {
        return sum(count(records.highestPositions(pattern).join()));
    }

    /** What is missing, or there more than once, beside what there was up to the backup; empty if nothing. */
    Optional<String> problem(Map<Integer, Long> upToBackup) {
        Map<Integer, Long> now = countUpToBackup();
        Stream<String> lost = upToBackup.entrySet().stream()
                .filter(partition -> now.getOrDefault(partition.getKey(), 0L) < partition.getValue())
                .map(partition -> "Of partition " + partition.getKey() + ", " + now.getOrDefault(partition.getKey(), 0L)
                        + " of " + partition.getValue() + " records are there that existed at the backup.");
        // Each exporter numbers the records of a kind without a gap, over all that is exported before and after the
        // restore.
        Stream<String> gaps = records
                .ranges(pattern, records.highestPositions(pattern).join())
                .join()
                .stream()
                .filter(range -> range.missing() != 0)
                .map(range -> "Of partition " + range.partitionId() + ", "
                        + (range.missing() > 0
                                ? range.missing() + " records of the kind " + range.valueType() + " are missing."
                                : -range.missing() + " records of the kind " + range.valueType()
                                        + " are there twice."));
        return Stream.concat(lost, gaps).reduce((one, other) -> one + " " + other);
    }

    static long sum(Map<Integer, Long> counts) {
        return counts.values().stream().mapToLong(count -> count).sum();
    }

    private Map<Integer, Long> count(Map<Integer, Long> upTo) {
        Map<Integer, Long> counts = new TreeMap<>();
        upTo.forEach((partition, position) -> counts.put(
                partition,
                records.count(pattern, partition, 0, position, Optional.empty()).join()));
        return counts;
    }
}
