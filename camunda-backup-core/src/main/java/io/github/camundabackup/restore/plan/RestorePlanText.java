package io.github.camundabackup.restore.plan;

import io.github.camundabackup.bucket.BucketPartition;
import io.github.camundabackup.bucket.PartitionCopy;
import io.github.camundabackup.internal.text.NotCovered;
import io.github.camundabackup.internal.text.Phrases;
import io.github.camundabackup.model.Component;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A plan in lines for people. */
final class RestorePlanText {
    private RestorePlanText() {}

    static String write(RestorePlan plan) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "Restore plan for backup " + plan.backupId()
                        + (plan.obstacles().isEmpty() ? ":" : ", which must not be executed:"));
        plan.obstacles().forEach(obstacle -> line(text, "  Obstacle: " + obstacle));
        plan.warnings().forEach(warning -> line(text, "  Warning:  " + warning));
        line(text, "  Snapshots: " + plan.snapshotStore());
        line(text, "  Consistency: " + plan.consistency().verdict());
        if (plan.scratchPrefix().isPresent()) {
            line(
                    text,
                    "  Everything goes on running: indices are restored under names that begin with "
                            + plan.names().prefix() + ", without aliases.");
            throttles(text, plan);
            deletions(text, "  1. ", plan);
            line(text, "  2. Restore, each begun after the one before, without global state and feature states:");
            snapshots(text, plan);
            return text.toString().stripTrailing();
        }
        if (plan.recovery().isPresent()) {
            inRecoveryMode(text, plan, plan.recovery().get());
            return text.toString().stripTrailing();
        }
        line(text, "  Versions to run: " + versions(plan));
        throttles(text, plan);
        line(text, "  1. Stop " + Phrases.names(plan.components()) + ".");
        deletions(text, "  2. ", plan);
        line(
                text,
                "  3. Restore, each begun after the one before, with aliases, without global state and feature"
                        + " states:");
        snapshots(text, plan);
        line(text, "  4. Delete Zeebe's data, and run " + plan.zeebe() + ".");
        stored(text, plan);
        line(text, "  5. " + plan.startOrder().instruction() + ".");
        line(text, "  " + NotCovered.SENTENCE);
        return text.toString().stripTrailing();
    }

    /** The steps are those that other plans have, as far as they can be. */
    private static void inRecoveryMode(StringBuilder text, RestorePlan plan, RecoveryPlan recovery) {
        line(text, "  The brokers keep running, of version " + recovery.version() + ".");
        line(
                text,
                "  1. "
                        + (recovery.entered()
                                ? "The cluster is in recovery mode."
                                : "Set the cluster into recovery mode:"));
        recovery.entering().forEach(operation -> line(text, "     - " + operation));
        if (!plan.components().isEmpty()) {
            line(text, "     Stop " + Phrases.names(plan.components()) + ".");
        }
        deletions(text, "  2. ", plan);
        line(
                text,
                "  3. Restore, each begun after the one before, with aliases, without global state and feature"
                        + " states:");
        snapshots(text, plan);
        line(
                text,
                "  4. Have the cluster restore Zeebe"
                        + (recovery.restoring().isEmpty()
                                ? "; what it does for that it says once it is in recovery mode."
                                : ":"));
        recovery.restoring().forEach(operation -> line(text, "     - " + operation));
        stored(text, plan);
        line(
                text,
                "  5. Wait until it processes again, which it does by itself."
                        + (plan.components().isEmpty()
                                ? ""
                                : " " + plan.startOrder().instruction() + "."));
        line(text, "  " + NotCovered.SENTENCE);
    }

    private static void stored(StringBuilder text, RestorePlan plan) {
        plan.consistency()
                .stored()
                .ifPresent(stored ->
                        stored.partitions().forEach(partition -> line(text, "     - " + stored(partition))));
    }

    private static String stored(BucketPartition partition) {
        PartitionCopy copy = partition.best();
        return "partition " + partition.partitionId() + ": "
                + Phrases.count(copy.files(), "file", "files") + " with " + Phrases.bytes(copy.bytes())
                + ", written by node " + copy.node();
    }

    private static void throttles(StringBuilder text, RestorePlan plan) {
        if (!plan.throttles().isEmpty()) {
            line(text, "  Raised for the time of the restore, and put back: " + String.join(", ", plan.throttles()));
        }
    }

    private static void deletions(StringBuilder text, String number, RestorePlan plan) {
        line(text, number + "Delete " + Phrases.count(plan.deletions().size(), "index", "indices") + ":");
        plan.deletions().forEach(index -> line(text, "     - " + index));
        if (!plan.restored().isEmpty()) {
            line(
                    text,
                    "     and keep " + Phrases.count(plan.restored().size(), "index", "indices")
                            + " that an interrupted restore has restored already.");
        }
    }

    private static void snapshots(StringBuilder text, RestorePlan plan) {
        plan.snapshots()
                .forEach(snapshot -> line(
                        text,
                        "     - " + snapshot.name() + ": "
                                + Phrases.count(snapshot.indices().size(), "index", "indices")));
    }

    /** In the order of the components; what is not known is said, too. */
    static String versions(RestorePlan plan) {
        Set<String> all = plan.versions();
        Stream<Component> known = plan.components().stream();
        return all.size() == 1
                        && plan.components().stream()
                                .noneMatch(component -> plan.versions(component).isEmpty())
                ? all.iterator().next() + " of everything"
                : known.map(component -> component.displayName() + " "
                                + (plan.versions(component).isEmpty()
                                        ? "(not known; the same as the others)"
                                        : String.join(" or ", plan.versions(component))))
                        .collect(Collectors.joining(", "));
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
