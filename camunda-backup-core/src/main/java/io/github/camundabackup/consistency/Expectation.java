package io.github.camundabackup.consistency;

import io.github.camundabackup.consistency.evidence.BucketStatement;
import io.github.camundabackup.consistency.evidence.Evidence;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.BackupManifest;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.StepReport;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What belongs to a backup, and the source of that knowledge.
 *
 * @param source where that is known from, for people
 * @param components everything that belongs to it
 * @param versions of a component, as the run saw them
 * @param parts how many snapshots a component made, as the run saw them
 * @param partitions how many partitions the cluster had
 */
record Expectation(
        String source,
        Set<Component> components,
        Map<Component, List<String>> versions,
        Map<Component, Integer> parts,
        OptionalInt partitions) {
    Expectation {
        components = Collections.unmodifiableSet(new TreeSet<>(components));
        versions = Map.copyOf(versions);
        parts = Map.copyOf(parts);
    }

    static Expectation of(Evidence evidence) {
        return evidence.report()
                .filter(report -> !report.steps().isEmpty())
                .map(report -> of(report, evidence))
                .or(() -> evidence.manifest().map(manifest -> of(manifest, evidence)))
                .orElseGet(() -> inferred(evidence));
    }

    private static Expectation of(BackupReport report, Evidence evidence) {
        Map<Component, List<String>> versions = new TreeMap<>();
        Map<Component, Integer> parts = new TreeMap<>();
        Set<Component> components = new TreeSet<>();
        for (StepReport step : report.steps()) {
            components.add(step.component());
            if (step.state() == StepReport.State.COMPLETED) {
                versions.put(step.component(), step.versions());
                if (!step.snapshots().isEmpty()) {
                    parts.put(step.component(), step.snapshots().size());
                }
            }
        }
        int reported = report.step(Component.ZEEBE)
                .map(zeebe -> zeebe.partitions().size())
                .orElse(0);
        OptionalInt written =
                evidence.manifest().map(BackupManifest::partitions).orElse(OptionalInt.empty());
        // What Zeebe told at the end may be less than what the brokers told before.
        OptionalInt partitions =
                reported == 0 ? partitions(evidence) : OptionalInt.of(Math.max(reported, written.orElse(0)));
        return new Expectation("the report of the run", components, versions, parts, partitions);
    }

    private static Expectation of(BackupManifest manifest, Evidence evidence) {
        Map<Component, List<String>> versions = new TreeMap<>();
        Map<Component, Integer> parts = new TreeMap<>();
        Set<Component> components = new TreeSet<>();
        for (BackupManifest.Part part : manifest.components()) {
            components.add(part.component());
            if (!part.versions().isEmpty()) {
                versions.put(part.component(), part.versions());
            }
            part.parts().ifPresent(count -> parts.put(part.component(), count));
        }
        return new Expectation(
                "the manifest in the records snapshot", components, versions, parts, partitions(evidence));
    }

    /** What is configured and what is there; Zeebe always, and the records where something imports them. */
    private static Expectation inferred(Evidence evidence) {
        Set<Component> components = new TreeSet<>(Set.of(Component.ZEEBE));
        components.addAll(evidence.statements().keySet());
        components.addAll(evidence.present());
        boolean imported = evidence.line()
                .filter(line -> components.stream().anyMatch(line::isImporter))
                .isPresent();
        if (imported) {
            components.add(Component.ZEEBE_RECORDS);
        }
        return new Expectation(
                evidence.isLive() ? "what is configured now" : "what is there",
                components,
                Map.of(),
                Map.of(),
                partitions(evidence));
    }

    private static OptionalInt partitions(Evidence evidence) {
        OptionalInt written =
                evidence.manifest().map(BackupManifest::partitions).orElse(OptionalInt.empty());
        // Partitions can be added, never removed: what the cluster has now is no more than a guess about an old backup,
        // but a backup that lacks one of today's is noticed.
        if (written.isPresent()) {
            return written;
        }
        Set<Integer> stored = evidence.bucket().flatMap(BucketStatement::backup).stream()
                .flatMap(backup -> backup.partitionCounts().stream())
                .collect(Collectors.toSet());
        if (!stored.isEmpty()) {
            return OptionalInt.of(Collections.max(stored));
        }
        return evidence.livePartitions().isEmpty()
                ? written
                : OptionalInt.of(evidence.livePartitions().size());
    }

    Optional<Integer> partCount(Component component) {
        return Optional.ofNullable(parts.get(component));
    }
}
