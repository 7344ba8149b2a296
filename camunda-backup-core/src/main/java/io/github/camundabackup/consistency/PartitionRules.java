package io.github.camundabackup.consistency;

import io.github.camundabackup.consistency.evidence.Evidence;
import io.github.camundabackup.consistency.evidence.PartitionEvidence;
import io.github.camundabackup.internal.text.Phrases;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.StepReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** Checks Zeebe's partitions: 1 to n, each once, all complete, and n the number that the cluster had. */
final class PartitionRules {
    /** A checkpoint reaches all partitions within moments; a partition without a leader may be late. */
    private static final Duration FAR_APART = Duration.ofHours(1);

    private PartitionRules() {}

    static void check(Evidence evidence, Expectation expectation, Findings findings) {
        evidence.zeebe()
                .filter(reported -> evidence.present().contains(Component.ZEEBE))
                .ifPresent(reported -> {
                    numbers(reported.partitions(), evidence, expectation, findings);
                    reported.partitions().forEach(partition -> state(partition, evidence, findings));
                    reported.partitions().forEach(partition -> exported(partition, findings));
                    times(reported.partitions(), findings);
                    evidence.report()
                            .flatMap(report -> report.step(Component.ZEEBE))
                            .filter(step -> reported.complete())
                            .ifPresent(step -> unchanged(reported.partitions(), step.partitions(), findings));
                });
    }

    private static void numbers(
            List<PartitionEvidence> partitions, Evidence evidence, Expectation expectation, Findings findings) {
        Set<Integer> seen = new TreeSet<>();
        Set<Integer> twice = new TreeSet<>();
        partitions.stream()
                .map(PartitionEvidence::partitionId)
                .filter(id -> !seen.add(id))
                .forEach(twice::add);
        if (!twice.isEmpty()) {
            findings.add(
                    FindingCode.PARTITION_TWICE,
                    Component.ZEEBE,
                    "Zeebe tells partition " + Phrases.list(twice) + " twice.");
        }
        OptionalInt expected = expectation.partitions();
        if (expected.isEmpty()) {
            findings.add(
                    FindingCode.PARTITION_COUNT_UNKNOWN,
                    Component.ZEEBE,
                    "There are the partitions " + Phrases.list(seen) + ", and nothing tells whether these are all.");
        }
        int count = expected.orElse(seen.stream().max(Integer::compare).orElse(0));
        for (int id = 1; id <= count; id++) {
            if (!seen.contains(id)) {
                missing(id, "Zeebe tells nothing of partition " + id + " of " + count + ".", evidence, findings);
            }
        }
        seen.stream()
                .filter(id -> id < 1 || id > count)
                .forEach(id -> findings.add(
                        FindingCode.PARTITION_UNEXPECTED,
                        Component.ZEEBE,
                        "There is a partition " + id + ", but the cluster had " + count + "."));
    }

    private static void state(PartitionEvidence partition, Evidence evidence, Findings findings) {
        String says = "Partition " + partition.partitionId() + " is " + partition.state()
                + partition.failure().map(reason -> ": " + reason).orElse("") + ".";
        switch (partition.state()) {
            case COMPLETED -> {
                // As it should be.
            }
            case IN_PROGRESS -> findings.add(FindingCode.PARTITION_RUNNING, Component.ZEEBE, says);
            case INCOMPLETE, DOES_NOT_EXIST -> missing(partition.partitionId(), says, evidence, findings);
            case FAILED, INCOMPATIBLE, DELETED -> findings.add(FindingCode.PARTITION_FAILED, Component.ZEEBE, says);
            case UNKNOWN -> findings.add(FindingCode.PARTITION_STATE_UNKNOWN, Component.ZEEBE, says);
        }
    }

    private static void exported(PartitionEvidence partition, Findings findings) {
        OptionalLong exported = partition.exported();
        OptionalLong checkpoint = partition.checkpoint();
        if (exported.isPresent() && checkpoint.isPresent() && exported.getAsLong() > checkpoint.getAsLong()) {
            findings.add(
                    FindingCode.EXPORTED_BEYOND_CHECKPOINT,
                    Component.ZEEBE,
                    "Partition " + partition.partitionId() + " has exported up to " + exported.getAsLong()
                            + " in its snapshot, but its backup ends at " + checkpoint.getAsLong() + ".");
        }
    }

    private static void missing(int id, String says, Evidence evidence, Findings findings) {
        findings.add(
                evidence.isAwaited(Component.ZEEBE)
                                && !evidence.zeebe().stream()
                                        .flatMap(reported -> reported.partitions().stream())
                                        .filter(partition -> partition.partitionId() != id)
                                        .allMatch(partition -> partition.state().isTerminal())
                        ? FindingCode.PARTITION_AWAITED
                        : FindingCode.PARTITION_MISSING,
                Component.ZEEBE,
                says);
    }

    private static void times(List<PartitionEvidence> partitions, Findings findings) {
        List<Instant> created = partitions.stream()
                .flatMap(partition -> partition.createdAt().stream())
                .sorted()
                .toList();
        if (!created.isEmpty()) {
            Instant first = created.get(0);
            Instant last = created.get(created.size() - 1);
            if (Duration.between(first, last).compareTo(FAR_APART) > 0) {
                findings.add(
                        FindingCode.PARTITIONS_FAR_APART,
                        Component.ZEEBE,
                        "The first partition was begun at " + first + ", the last at " + last + ".");
            }
        }
    }

    private static void unchanged(
            List<PartitionEvidence> partitions, List<StepReport.Partition> reported, Findings findings) {
        for (StepReport.Partition before : reported) {
            partitions.stream()
                    .filter(partition -> partition.partitionId() == before.partitionId())
                    .filter(partition -> !partition.checkpoint().equals(before.checkpointPosition())
                            || !partition.snapshotId().equals(before.snapshotId()))
                    .forEach(partition -> findings.add(
                            FindingCode.PARTITION_CHANGED,
                            Component.ZEEBE,
                            "Partition " + partition.partitionId() + " had "
                                    + describe(before.checkpointPosition(), before.snapshotId())
                                    + " when it was taken, and has "
                                    + describe(partition.checkpoint(), partition.snapshotId()) + " now."));
        }
    }

    private static String describe(OptionalLong checkpoint, Optional<String> snapshotId) {
        return (checkpoint.isPresent() ? "the checkpoint " + checkpoint.getAsLong() : "no known checkpoint") + " and "
                + snapshotId.map(id -> "the snapshot " + id).orElse("no snapshot");
    }
}
