package io.github.camundabackup.consistency;

import io.github.camundabackup.backup.BackupManifest;
import io.github.camundabackup.consistency.PartitionProof.Result;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * That no exported record is missing after a restore. A restored Zeebe exports again from the exported position E of its snapshot, so that
 * all up to E must be in the search engine's part of the backup. All exporters had confirmed the position P before anything of that part
 * was read, and an exporter confirms what it has written; so E ≤ P proves the partition. Nothing in the search engine's part may be above
 * the checkpoint, where a restored Zeebe writes other records. The reasoning and its limits are in the guide.
 */
final class PositionRules {
    private PositionRules() {}

    static void check(Evidence evidence, Expectation expectation, Findings findings) {
        if (evidence.manifest().isEmpty()) {
            return;
        }
        List<Judgement> judgements = judge(evidence);
        judgements.stream()
                .flatMap(judgement -> judgement.code().stream())
                .distinct()
                .forEach(code -> findings.add(
                        code,
                        Component.ZEEBE,
                        judgements.stream()
                                .filter(judgement -> judgement.code().equals(Optional.of(code)))
                                .map(judgement -> "Partition "
                                        + judgement.proof().partitionId() + ": "
                                        + judgement.proof().reason())
                                .collect(Collectors.joining(" "))));
    }

    /** One for each partition that Zeebe tells. */
    static List<PartitionProof> prove(Evidence evidence) {
        return judge(evidence).stream().map(Judgement::proof).toList();
    }

    /** A proof, and what it is called if it is none. */
    private record Judgement(PartitionProof proof, Optional<FindingCode> code) {}

    private static List<Judgement> judge(Evidence evidence) {
        return evidence.zeebe().stream()
                .flatMap(told -> told.partitions().stream()
                        .filter(partition -> partition.state() == BackupState.COMPLETED)
                        .map(partition -> told.complete()
                                ? judge(partition, evidence.manifest())
                                : open(partition, "A list does not tell its positions; check this backup alone.")))
                .toList();
    }

    private static Judgement judge(PartitionEvidence partition, Optional<BackupManifest> manifest) {
        Optional<Long> known =
                manifest.map(written -> written.exportedPositions().get(partition.partitionId()));
        long reached = known.orElse(-1L);
        if (reached > partition.checkpoint().orElse(Long.MAX_VALUE)) {
            return violated(
                    partition,
                    FindingCode.RECORDS_FROM_THE_FUTURE,
                    "records up to " + reached + " had been exported, but its backup ends at "
                            + partition.checkpoint().orElseThrow() + ".");
        }
        if (partition.checkpoint().isEmpty()) {
            return open(partition, "Zeebe does not tell where its backup ends.");
        }
        if (partition.snapshotId().isEmpty()) {
            return proven(partition, "its backup has no snapshot, so that it exports all of its log again.");
        }
        OptionalLong from = partition.exported();
        if (from.isEmpty()) {
            return open(
                    partition,
                    "the id of its snapshot, " + partition.snapshotId().orElse("")
                            + ", does not tell where it exports from.");
        }
        if (known.isEmpty()) {
            return open(partition, "the backup does not tell how far it was exported.");
        }
        if (from.getAsLong() <= reached) {
            return proven(
                    partition,
                    "it exports again from " + from.getAsLong() + ", and was exported up to " + reached + " before.");
        }
        return new Judgement(
                new PartitionProof(
                        partition.partitionId(),
                        Result.NOT_PROVABLE,
                        "it exports again from " + from.getAsLong() + ", but was known to be exported only up to "
                                + reached + "."),
                Optional.of(FindingCode.EXPORTED_TOO_FAR));
    }

    private static Judgement proven(PartitionEvidence partition, String reason) {
        return new Judgement(
                new PartitionProof(partition.partitionId(), Result.PROVEN, reason), Optional.<FindingCode>empty());
    }

    private static Judgement violated(PartitionEvidence partition, FindingCode code, String reason) {
        return new Judgement(new PartitionProof(partition.partitionId(), Result.VIOLATED, reason), Optional.of(code));
    }

    private static Judgement open(PartitionEvidence partition, String reason) {
        return new Judgement(
                new PartitionProof(partition.partitionId(), Result.NOT_PROVABLE, reason),
                Optional.of(FindingCode.RECORDS_NOT_PROVABLE));
    }
}
