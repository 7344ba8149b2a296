package io.github.camundabackup.consistency;

import io.github.camundabackup.consistency.evidence.Evidence;
import io.github.camundabackup.consistency.evidence.SnapshotEvidence;
import io.github.camundabackup.internal.text.Phrases;
import io.github.camundabackup.model.Component;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Checks the snapshots of each component: parts 1 to N of N, each once, complete, and as their names say. */
final class PartRules {
    private PartRules() {}

    static void check(Evidence evidence, Expectation expectation, Findings findings) {
        for (Component component : evidence.present()) {
            List<SnapshotEvidence> snapshots = evidence.snapshots(component);
            if (!snapshots.isEmpty()) {
                numbers(component, snapshots, evidence, expectation, findings);
                snapshots.forEach(snapshot -> health(snapshot, findings));
            }
        }
    }

    private static void numbers(
            Component component,
            List<SnapshotEvidence> snapshots,
            Evidence evidence,
            Expectation expectation,
            Findings findings) {
        Set<Integer> counts =
                snapshots.stream().map(SnapshotEvidence::partCount).collect(Collectors.toCollection(TreeSet::new));
        expectation.partCount(component).ifPresent(counts::add);
        if (counts.size() > 1) {
            findings.add(
                    FindingCode.PART_COUNT_DIFFERS,
                    component,
                    "The number of parts is " + Phrases.list(counts) + " according to names"
                            + (expectation.partCount(component).isPresent() ? " and " + expectation.source() : "")
                            + ".");
        }
        Set<Integer> seen = new TreeSet<>();
        Set<Integer> twice = new TreeSet<>();
        snapshots.stream()
                .map(SnapshotEvidence::part)
                .filter(part -> !seen.add(part))
                .forEach(twice::add);
        if (!twice.isEmpty()) {
            findings.add(FindingCode.PART_TWICE, component, "There is more than one part " + Phrases.list(twice) + ".");
        }
        int count = counts.stream().max(Integer::compare).orElse(0);
        List<Integer> missing = IntStream.rangeClosed(1, count)
                .filter(part -> !seen.contains(part))
                .boxed()
                .toList();
        if (!missing.isEmpty()) {
            findings.add(
                    evidence.isAwaited(component) ? FindingCode.PART_AWAITED : FindingCode.PART_MISSING,
                    component,
                    "Part " + Phrases.list(missing) + " of " + count + " is not in the repository.");
        }
    }

    private static void health(SnapshotEvidence snapshot, Findings findings) {
        Component component = snapshot.component();
        String what = snapshot.describe();
        switch (snapshot.state()) {
            case SUCCESS -> {
                if (snapshot.shardsFailed() > 0) {
                    findings.add(FindingCode.SNAPSHOT_FAILED, component, shards(snapshot));
                }
            }
            case PARTIAL, FAILED -> findings.add(FindingCode.SNAPSHOT_FAILED, component, shards(snapshot));
            case INCOMPATIBLE ->
                findings.add(FindingCode.SNAPSHOT_INCOMPATIBLE, component, "This engine cannot read " + what + ".");
            case UNREADABLE ->
                findings.add(
                        FindingCode.SNAPSHOT_UNREADABLE,
                        component,
                        "The repository's catalogue names " + what + ", and its files cannot be read.");
            case IN_PROGRESS ->
                findings.add(
                        FindingCode.SNAPSHOT_RUNNING,
                        component,
                        what + " is being made"
                                + snapshot.startedAt().map(at -> " since " + at).orElse("") + ".");
            case UNKNOWN ->
                findings.add(
                        FindingCode.SNAPSHOT_STATE_UNKNOWN, component, "The state of " + what + " is not a known one.");
        }
        snapshot.contradiction()
                .ifPresent(contradiction -> findings.add(
                        FindingCode.PART_METADATA_DIFFERS,
                        component,
                        "In the metadata of " + what + ", " + contradiction + "."));
    }

    private static String shards(SnapshotEvidence snapshot) {
        return snapshot.describe() + " is " + snapshot.state() + ", " + snapshot.shardsFailed() + " of "
                + snapshot.shardsTotal() + " shards failed"
                + snapshot.failure().map(reason -> ": " + reason).orElse("") + ".";
    }
}
