package io.github.camundabackup.consistency;

import io.github.camundabackup.consistency.evidence.ComponentStatement;
import io.github.camundabackup.consistency.evidence.Evidence;
import io.github.camundabackup.consistency.evidence.PartitionEvidence;
import io.github.camundabackup.consistency.evidence.SnapshotEvidence;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Summarizes the evidence by component, for the report. */
final class Summaries {
    private Summaries() {}

    static List<ComponentSummary> of(Evidence evidence, Expectation expectation) {
        Set<Component> all = new TreeSet<>();
        all.addAll(expectation.components());
        all.addAll(evidence.present());
        return all.stream()
                .map(component -> {
                    if (component.equals(Component.ZEEBE)) {
                        return zeebe(evidence, expectation);
                    }
                    return evidence.isInRepository(component)
                            ? snapshots(component, evidence, expectation)
                            : elsewhere(component, evidence, expectation);
                })
                .toList();
    }

    private static ComponentSummary snapshots(Component component, Evidence evidence, Expectation expectation) {
        List<SnapshotEvidence> snapshots = evidence.snapshots(component);
        Optional<Integer> count = snapshots.stream()
                .map(SnapshotEvidence::partCount)
                .max(Integer::compare)
                .or(() -> expectation.partCount(component));
        return new ComponentSummary(
                component,
                expectation.components().contains(component),
                snapshots.size(),
                count.map(OptionalInt::of).orElse(OptionalInt.empty()),
                distinct(snapshots.stream().map(SnapshotEvidence::version)),
                snapshots.stream()
                        .flatMap(snapshot -> snapshot.startedAt().stream())
                        .min(Instant::compareTo),
                snapshots.stream()
                        .flatMap(snapshot -> snapshot.endedAt().stream())
                        .max(Instant::compareTo));
    }

    private static ComponentSummary zeebe(Evidence evidence, Expectation expectation) {
        List<PartitionEvidence> partitions =
                evidence.zeebe().map(ComponentStatement.Reported::partitions).orElse(List.of());
        return new ComponentSummary(
                Component.ZEEBE,
                expectation.components().contains(Component.ZEEBE),
                partitions.size(),
                expectation.partitions(),
                distinct(partitions.stream().flatMap(partition -> partition.version().stream())),
                partitions.stream()
                        .flatMap(partition -> partition.createdAt().stream())
                        .min(Instant::compareTo),
                Optional.empty());
    }

    /** Of a part outside of the repository, only its participant's statement on the whole is known. */
    private static ComponentSummary elsewhere(Component component, Evidence evidence, Expectation expectation) {
        Optional<ComponentStatement.Reported> reported =
                evidence.statement(component).flatMap(ComponentStatement::reported);
        return new ComponentSummary(
                component,
                expectation.components().contains(component),
                reported.filter(part -> part.state() == BackupState.COMPLETED).isPresent() ? 1 : 0,
                OptionalInt.of(1),
                distinct(reported.stream().flatMap(part -> part.versions().stream())),
                Optional.empty(),
                Optional.empty());
    }

    private static List<String> distinct(Stream<String> versions) {
        return versions.filter(version -> !version.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }
}
