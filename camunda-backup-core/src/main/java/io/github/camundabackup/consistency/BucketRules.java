package io.github.camundabackup.consistency;

import io.github.camundabackup.bucket.BucketBackup;
import io.github.camundabackup.bucket.BucketPartition;
import io.github.camundabackup.bucket.PartitionCopy;
import io.github.camundabackup.consistency.evidence.BucketStatement;
import io.github.camundabackup.consistency.evidence.ComponentStatement;
import io.github.camundabackup.consistency.evidence.Evidence;
import io.github.camundabackup.consistency.evidence.PartitionEvidence;
import io.github.camundabackup.internal.text.Phrases;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Checks what the object store itself shows of Zeebe's part, and whether a running Zeebe says the same. */
final class BucketRules {
    private BucketRules() {}

    static void check(Evidence evidence, Expectation expectation, Findings findings) {
        evidence.bucket().ifPresent(bucket -> {
            bucket.problem()
                    .filter(problem -> bucket.zeebe().isPresent())
                    .ifPresent(problem -> findings.add(FindingCode.SOURCE_UNREADABLE, Component.ZEEBE, problem));
            bucket.backup().ifPresent(backup -> {
                if (backup.partitionCounts().size() > 1) {
                    findings.add(
                            FindingCode.PARTITION_COUNT_DIFFERS,
                            Component.ZEEBE,
                            "Manifests of the partitions are of clusters with " + Phrases.list(backup.partitionCounts())
                                    + " partitions.");
                }
                backup.partitions().forEach(partition -> partition(partition, findings));
            });
            bucket.zeebe().ifPresent(zeebe -> compare(bucket, zeebe, findings));
        });
    }

    private static void partition(BucketPartition partition, Findings findings) {
        String name = "Partition " + partition.partitionId();
        if (partition.isContradictory()) {
            findings.add(
                    FindingCode.PARTITION_CONTRADICTORY,
                    Component.ZEEBE,
                    name + " was completed by the nodes "
                            + Phrases.list(partition.copies().stream()
                                    .filter(copy -> copy.state() == BackupState.COMPLETED)
                                    .map(PartitionCopy::node)
                                    .toList())
                            + " with different checkpoints.");
        }
        PartitionCopy best = partition.best();
        if (!best.isRestorable() || partition.isContradictory()) {
            partition.copies().stream()
                    .flatMap(copy -> copy.problem().stream())
                    .forEach(problem -> findings.add(
                            FindingCode.PARTITION_MANIFEST_UNREADABLE, Component.ZEEBE, name + ": " + problem));
        }
        if (best.state() == BackupState.COMPLETED) {
            if (best.missingFiles() > 0) {
                findings.add(
                        FindingCode.PARTITION_FILES_MISSING,
                        Component.ZEEBE,
                        name + " of node " + best.node() + " lacks " + best.missingFiles() + " of " + best.files()
                                + " files: " + Phrases.list(best.missing())
                                + (best.missingFiles() > best.missing().size() ? ", …" : "."));
            }
            if (!best.empty().isEmpty()) {
                findings.add(
                        FindingCode.PARTITION_FILES_MISSING,
                        Component.ZEEBE,
                        name + " of node " + best.node() + " has empty files: " + Phrases.list(best.empty()) + ".");
            }
        }
    }

    private static void compare(BucketStatement bucket, ComponentStatement zeebe, Findings findings) {
        if (bucket.problem().isPresent()) {
            return;
        }
        if (zeebe.problem().isPresent() && bucket.backup().isPresent()) {
            findings.add(
                    FindingCode.ZEEBE_SILENT,
                    Component.ZEEBE,
                    "Only the " + bucket.description() + " was read. "
                            + zeebe.problem().orElse(""));
            return;
        }
        List<String> differences = new ArrayList<>();
        Optional<ComponentStatement.Reported> reported = zeebe.reported()
                .filter(said -> said.state() != BackupState.DOES_NOT_EXIST && said.state() != BackupState.DELETED);
        if (reported.isEmpty() && bucket.backup().isPresent()) {
            differences.add("Zeebe does not know this backup");
        } else if (reported.isPresent() && bucket.backup().isEmpty()) {
            differences.add("Zeebe says " + reported.get().state() + ", and nothing of this backup is there");
        } else {
            reported.ifPresent(
                    said -> differences.addAll(differences(said, bucket.backup().orElseThrow())));
        }
        if (!differences.isEmpty()) {
            findings.add(
                    FindingCode.BUCKET_DISAGREES,
                    Component.ZEEBE,
                    "Compared with the " + bucket.description() + ": " + String.join("; ", differences) + ".");
        }
    }

    private static List<String> differences(ComponentStatement.Reported zeebe, BucketBackup backup) {
        List<String> differences = new ArrayList<>();
        for (PartitionEvidence said : zeebe.partitions()) {
            String name = "partition " + said.partitionId();
            Optional<BucketPartition> there = backup.partitions().stream()
                    .filter(partition -> partition.partitionId() == said.partitionId())
                    .findFirst();
            if (said.state() != BackupState.COMPLETED) {
                continue;
            }
            if (there.isEmpty()) {
                differences.add("Zeebe says that " + name + " is COMPLETED, and nothing of it is there");
            } else if (there.get().state() != BackupState.COMPLETED) {
                differences.add("Zeebe says that " + name + " is COMPLETED, and its manifest says "
                        + there.get().state());
            } else if (said.checkpoint().isPresent()
                    && there.get().copies().stream()
                            .noneMatch(copy -> copy.checkpoint()
                                    .filter(checkpoint -> checkpoint.position().equals(said.checkpoint()))
                                    .isPresent())) {
                differences.add("Zeebe says that " + name + " ends at "
                        + said.checkpoint().getAsLong() + ", and no manifest does");
            }
        }
        TreeSet<Integer> more = new TreeSet<>();
        Stream.of(backup.partitions())
                .flatMap(List::stream)
                .map(BucketPartition::partitionId)
                .forEach(more::add);
        zeebe.partitions().forEach(partition -> more.remove(partition.partitionId()));
        if (!more.isEmpty() && zeebe.complete()) {
            differences.add("Zeebe does not name partition " + Phrases.list(more) + ", which is there");
        }
        return differences;
    }
}
