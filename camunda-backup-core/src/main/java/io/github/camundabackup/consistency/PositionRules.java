package io.github.camundabackup.consistency;

import io.github.camundabackup.consistency.PartitionProof.Result;
import io.github.camundabackup.consistency.evidence.Evidence;
import io.github.camundabackup.consistency.evidence.PositionEvidence;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.BackupManifest;
import io.github.camundabackup.report.PauseReport;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Checks, by partition, that no exported record is missing after a restore: judged by {@link PartitionPositions},
 * reported here. The reasoning and its limits are in the guide.
 */
final class PositionRules {
    private PositionRules() {}

    static void check(Evidence evidence, Expectation expectation, Findings findings) {
        List<Judgement> judgements = judge(evidence);
        boolean unobserved = evidence.ending()
                .filter(ending ->
                        ending.whole() && ending.pause() != PauseReport.State.NOT_PAUSED && !ending.pauseHeld())
                .isPresent();
        if (unobserved) {
            String open = judgements.stream()
                    .map(Judgement::proof)
                    .filter(proof -> proof.result() != Result.PROVEN)
                    .map(proof -> Integer.toString(proof.partitionId()))
                    .collect(Collectors.joining(", "));
            String unproven = evidence.zeebe().isEmpty()
                    ? "Zeebe, whose positions could prove it, does not say where it exports again."
                    : open.isEmpty() ? "" : "positions do not prove it for partition " + open + ".";
            if (!unproven.isEmpty()) {
                findings.add(
                        FindingCode.PAUSE_NOT_OBSERVED,
                        "The brokers did not show that exporting was paused until the end, and " + unproven);
            }
        }
        boolean claimsProof =
                evidence.manifest().isPresent() || evidence.positions().isPresent();
        judgements.stream()
                .flatMap(judgement -> judgement.code().stream())
                .filter(code -> claimsProof || code.severity() == Severity.ERROR)
                .distinct()
                .forEach(code -> findings.add(
                        code,
                        code == FindingCode.RECORDS_MISSING ? Component.ZEEBE_RECORDS : Component.ZEEBE,
                        judgements.stream()
                                .filter(judgement -> judgement.code().equals(Optional.of(code)))
                                .map(judgement -> "Partition "
                                        + judgement.proof().partitionId() + ": "
                                        + judgement.proof().reason())
                                .collect(Collectors.joining(" "))));
    }

    /** One for each partition that Zeebe reports, or, where Zeebe was not asked, for each that the snapshots show. */
    static List<PartitionProof> prove(Evidence evidence) {
        return judge(evidence).stream().map(Judgement::proof).toList();
    }

    /**
     * What can be said of one partition.
     *
     * @param code what it is called if it is no proof
     */
    record Judgement(PartitionProof proof, Optional<FindingCode> code) {
        static Judgement proven(int partitionId, String reason) {
            return new Judgement(new PartitionProof(partitionId, Result.PROVEN, reason), Optional.<FindingCode>empty());
        }

        static Judgement violated(int partitionId, FindingCode code, String reason) {
            return new Judgement(new PartitionProof(partitionId, Result.VIOLATED, reason), Optional.of(code));
        }

        static Judgement open(int partitionId, FindingCode code, String reason) {
            return new Judgement(new PartitionProof(partitionId, Result.NOT_PROVABLE, reason), Optional.of(code));
        }
    }

    private static List<Judgement> judge(Evidence evidence) {
        if (evidence.zeebe().isEmpty()) {
            return seen(evidence).stream()
                    .map(partition -> new PartitionPositions(evidence, partition).judgeWithoutZeebe())
                    .toList();
        }
        return evidence.zeebe().stream()
                .flatMap(reported -> reported.partitions().stream()
                        .filter(partition -> partition.state() == BackupState.COMPLETED)
                        .map(partition -> reported.complete()
                                ? new PartitionPositions(evidence, partition.partitionId()).judge(partition)
                                : Judgement.open(
                                        partition.partitionId(),
                                        FindingCode.RECORDS_NOT_PROVABLE,
                                        "A list does not tell its positions; check this backup alone.")))
                .toList();
    }

    private static Set<Integer> seen(Evidence evidence) {
        Set<Integer> seen = new TreeSet<>();
        evidence.positions().filter(PositionEvidence::hasRecords).ifPresent(positions -> {
            seen.addAll(positions.records().keySet());
            evidence.manifest().map(BackupManifest::recordPositions).ifPresent(known -> seen.addAll(known.keySet()));
        });
        return seen;
    }
}
