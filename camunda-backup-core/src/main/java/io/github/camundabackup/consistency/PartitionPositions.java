package io.github.camundabackup.consistency;

import io.github.camundabackup.consistency.PositionRules.Judgement;
import io.github.camundabackup.consistency.evidence.Evidence;
import io.github.camundabackup.consistency.evidence.PartitionEvidence;
import io.github.camundabackup.consistency.evidence.PositionEvidence;
import io.github.camundabackup.line.LineComponent;
import io.github.camundabackup.report.BackupManifest;
import io.github.camundabackup.snapshot.RecordRange;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The positions of one partition, and whether they prove that no exported record is missing. A restored Zeebe exports
 * again from the exported position E of its snapshot, so that all up to E must be in the search engine's part of the
 * backup. Two positions were read before that part was: P, which all exporters had confirmed, and M, the highest among
 * the exported records; if the snapshot itself was asked, its highest position S is known besides. An exporter writes
 * in order and confirms what it has written, so that E ≤ P proves the partition, and so does E ≤ M where exporters
 * write nothing but records. Nothing may be above the checkpoint C, where a restored Zeebe writes other records.
 */
final class PartitionPositions {
    private static final long NONE = -1;

    private final Evidence evidence;
    private final int partition;
    private final long confirmed;
    private final long written;
    private final Optional<PositionEvidence> snapshot;

    PartitionPositions(Evidence evidence, int partition) {
        this.evidence = evidence;
        this.partition = partition;
        confirmed = known(BackupManifest::exportedPositions);
        written = known(BackupManifest::recordPositions);
        snapshot = evidence.positions().filter(PositionEvidence::hasRecords);
    }

    private long known(Function<BackupManifest, SortedMap<Integer, Long>> positions) {
        return evidence.manifest()
                .map(positions)
                .map(known -> ((Map<Integer, Long>) known).get(partition))
                .orElse(NONE);
    }

    Judgement judge(PartitionEvidence zeebe) {
        return fromTheFuture(zeebe)
                .or(() -> missing(zeebe.snapshotId().isPresent(), zeebe.exported()))
                .orElseGet(() -> prove(zeebe));
    }

    /** Without Zeebe's statement, only what contradicts the snapshot can be found. */
    Judgement judgeWithoutZeebe() {
        return missing(true, OptionalLong.empty())
                .orElseGet(() ->
                        open("Zeebe was not asked from where it exports again. The snapshot of the records goes up to "
                                + snapshot.map(read -> read.highest(partition)).orElse(NONE) + " and has no gap."));
    }

    private Optional<Judgement> fromTheFuture(PartitionEvidence zeebe) {
        long checkpoint = zeebe.checkpoint().orElse(Long.MAX_VALUE);
        long held = snapshot.map(read -> read.highest(partition)).orElse(NONE);
        if (held > checkpoint) {
            return violated(
                    FindingCode.RECORDS_FROM_THE_FUTURE,
                    "the snapshot holds records up to " + held + ", but its backup ends at " + checkpoint + ".");
        }
        long reached = Math.max(confirmed, written);
        return reached > checkpoint
                ? violated(
                        FindingCode.RECORDS_FROM_THE_FUTURE,
                        "records up to " + reached + " had been exported, but its backup ends at " + checkpoint + ".")
                : Optional.empty();
    }

    private Optional<Judgement> missing(boolean exportsAgainFromSomewhere, OptionalLong from) {
        if (snapshot.isEmpty() || !exportsAgainFromSomewhere) {
            return Optional.empty();
        }
        PositionEvidence read = snapshot.get();
        long held = read.highest(partition);
        if (held < written) {
            return violated(
                    FindingCode.RECORDS_MISSING,
                    "there were records up to " + written + " before the snapshot, which holds them only up to " + held
                            + ".");
        }
        long live = from.isPresent() ? read.live(partition).orElse(0) : 0;
        if (live > 0) {
            return violated(
                    FindingCode.RECORDS_MISSING,
                    "it exports again from " + from.getAsLong() + ", but the snapshot ends at " + held + ", and " + live
                            + " records between them are in the search engine.");
        }
        String gaps = read.ranges(partition).stream()
                .filter(range -> range.missing() > 0)
                .map(range -> range.missing() + " of " + range.valueType() + " between the sequences "
                        + range.lowestSequence() + " and " + range.highestSequence())
                .sorted()
                .collect(Collectors.joining(", "));
        return gaps.isEmpty()
                ? Optional.empty()
                : violated(FindingCode.RECORDS_MISSING, "the snapshot lacks records: " + gaps + ".");
    }

    private Judgement prove(PartitionEvidence zeebe) {
        if (zeebe.checkpoint().isEmpty()) {
            return open("Zeebe does not tell where its backup ends.");
        }
        if (zeebe.snapshotId().isEmpty()) {
            return proven("its backup has no snapshot, so that it exports all of its log again.");
        }
        if (zeebe.exported().isEmpty()) {
            return open("the id of its snapshot, " + zeebe.snapshotId().orElse("")
                    + ", does not tell where it exports from.");
        }
        Optional<RecordRange> doubled = snapshot.stream()
                .flatMap(read -> read.ranges(partition).stream())
                .filter(range -> range.missing() < 0)
                .findFirst();
        if (doubled.isPresent()) {
            return open("some records of " + doubled.get().valueType()
                    + " are in the snapshot more than once, so that it is not known whether others are missing.");
        }
        return prove(zeebe.exported().getAsLong());
    }

    private Judgement prove(long from) {
        String begins = "it exports again from " + from + ", and ";
        if (from <= confirmed) {
            return proven(begins + "was exported up to " + confirmed + " before.");
        }
        long held = snapshot.map(read -> read.highest(partition)).orElse(written);
        if (!exportersWriteApplications()) {
            if (from <= held) {
                return proven(begins + "the records go up to " + held + ".");
            }
            OptionalLong live = snapshot.map(read -> read.live(partition)).orElse(OptionalLong.empty());
            if (live.isPresent()) {
                return proven(begins + "nothing was exported between there and " + held
                        + ", where the records end: the search engine holds none.");
            }
        }
        if (confirmed != NONE) {
            return Judgement.open(
                    partition,
                    FindingCode.EXPORTED_TOO_FAR,
                    "it exports again from " + from + ", but was known to be exported only up to " + confirmed + ".");
        }
        if (written == NONE && snapshot.isEmpty()) {
            return open("the backup does not tell how far it was exported.");
        }
        return open(
                exportersWriteApplications() && from <= held
                        ? "its records are there, but not even they tell how far the web applications were written."
                        : "it exports again from " + from + ", and the records go up to " + held
                                + ". Whether exporters left out what is between is not known.");
    }

    /**
     * From 8.8 on, exported records are not all that exporters write, so that they prove nothing about the web
     * applications' indices.
     */
    private boolean exportersWriteApplications() {
        return evidence.present().stream()
                .anyMatch(component -> evidence.lines()
                        .component(component)
                        .filter(LineComponent::isWrittenByExporter)
                        .isPresent());
    }

    private Judgement proven(String reason) {
        return Judgement.proven(partition, reason);
    }

    private Optional<Judgement> violated(FindingCode code, String reason) {
        return Optional.of(Judgement.violated(partition, code, reason));
    }

    private Judgement open(String reason) {
        return Judgement.open(partition, FindingCode.RECORDS_NOT_PROVABLE, reason);
    }
}
