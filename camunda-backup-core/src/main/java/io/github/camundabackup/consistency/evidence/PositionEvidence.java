package io.github.camundabackup.consistency.evidence;

import io.github.camundabackup.model.Component;
import io.github.camundabackup.snapshot.RecordRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The positions of records in the snapshots of a backup, as read from the snapshots. Immutable.
 *
 * @param problem why the records snapshot could not be asked; then nothing of it is known
 * @param records the highest position of each partition in the records snapshot
 * @param ranges the numbered records in it, up to where a restored Zeebe exports again
 * @param live how many records the engine in use has between the snapshot's highest and where Zeebe exports again; of
 *     partitions for which that proves something
 * @param imported how far each application has imported each partition
 * @param importProblems why an application's part could not be asked
 * @param leftBehind scratch indices that could not be deleted, and why
 */
public record PositionEvidence(
        Optional<String> problem,
        Map<Integer, Long> records,
        List<RecordRange> ranges,
        Map<Integer, Long> live,
        Map<Component, Map<Integer, Long>> imported,
        Map<Component, String> importProblems,
        List<String> leftBehind) {
    public PositionEvidence {
        records = Map.copyOf(records);
        ranges = List.copyOf(ranges);
        live = Map.copyOf(live);
        imported = Map.copyOf(imported);
        importProblems = Map.copyOf(importProblems);
        leftBehind = List.copyOf(leftBehind);
    }

    /** The snapshots could not be read. */
    public static PositionEvidence unread(String problem) {
        return new PositionEvidence(Optional.of(problem), Map.of(), List.of(), Map.of(), Map.of(), Map.of(), List.of());
    }

    /** Whether the records snapshot was asked. */
    public boolean hasRecords() {
        return problem.isEmpty();
    }

    /** The highest position of a partition in the records snapshot; -1 if it holds none of its records. */
    public long highest(int partitionId) {
        return records.getOrDefault(partitionId, -1L);
    }

    public OptionalLong live(int partitionId) {
        Long count = live.get(partitionId);
        return count == null ? OptionalLong.empty() : OptionalLong.of(count);
    }

    public List<RecordRange> ranges(int partitionId) {
        return ranges.stream()
                .filter(range -> range.partitionId() == partitionId)
                .toList();
    }

    public PositionEvidence withImports(
            Map<Component, Map<Integer, Long>> positions, Map<Component, String> problems, List<String> left) {
        return new PositionEvidence(problem, records, ranges, live, positions, problems, left);
    }
}
