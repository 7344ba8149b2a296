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
                            + Phrases.list(partition.completed().stream()
                                    .map(PartitionCopy::node)
                                    .toList())
                            + " with different checkpoints, or by different versions.");
        }
        if (!partition.isRestorable()) {
            partition.copies().stream()
                    .flatMap(copy -> copy.problem().stream())
                    .forEach(problem -> findings.add(
                            FindingCode.PARTITION_MANIFEST_UNREADABLE, Component.ZEEBE, name + ": " + problem));
        }
        partition.completed().forEach(copy -> files(name + " of node " + copy.node(), copy, findings));
    }

    private static void files(String name, PartitionCopy copy, Findings findings) {
        if (copy.missingFiles() > 0) {
            int more = copy.missingFiles() - copy.missing().size();
            findings.add(
                    FindingCode.PARTITION_FILES_MISSING,
                    Component.ZEEBE,
                    name + " lacks " + copy.missingFiles() + " of " + copy.files() + " files: "
                            + Phrases.list(copy.missing()) + (more > 0 ? " and " + more + " more" : "") + ".");
        }
        if (!copy.empty().isEmpty()) {
            findings.add(
                    FindingCode.PARTITION_FILES_MISSING,
                    Component.ZEEBE,
                    name + " has empty files: " + Phrases.list(copy.empty()) + ".");
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
            // A backup that was deleted may leave a manifest that says so, or nothing.
            BackupState stored = there.map(BucketPartition::state)
                    .orElse(said.state() == BackupState.DELETED ? BackupState.DELETED : BackupState.DOES_NOT_EXIST);
            // What goes on, or has no known name, may have changed between the two questions.
            boolean settled = said.state() != BackupState.IN_PROGRESS && said.state() != BackupState.UNKNOWN;
            if (settled && stored != said.state()) {
                differences.add("Zeebe says that " + name + " is " + said.state() + ", and "
                        + (there.isPresent() ? "its manifest says " + stored : "nothing of it is there"));
            } else if (stored == BackupState.COMPLETED
                    && said.checkpoint().isPresent()
                    && there.stream()
                            .flatMap(partition -> partition.completed().stream())
                            .flatMap(copy -> copy.checkpoint().stream())
                            .noneMatch(checkpoint -> checkpoint.position().equals(said.checkpoint()))) {
                differences.add("Zeebe says that " + name + " ends at "
                        + said.checkpoint().getAsLong() + ", and no manifest does");
            }
        }
        List<Integer> known =
                zeebe.partitions().stream().map(PartitionEvidence::partitionId).toList();
        List<Integer> more = backup.partitions().stream()
                .map(BucketPartition::partitionId)
                .filter(id -> !known.contains(id))
                .toList();
        if (!more.isEmpty() && zeebe.complete()) {
            differences.add("Zeebe does not name partition " + Phrases.list(more) + ", which is there");
        }
        return differences;
    }
}
