package io.github.camundabackup.consistency;

import io.github.camundabackup.backup.BackupPlan;
import io.github.camundabackup.consistency.evidence.Evidence;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.BackupManifest;
import io.github.camundabackup.snapshot.SnapshotState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Checks the order in time that the line demands: that of the {@link BackupPlan} of what is there. What is in an
 * earlier group must have ended when anything of a later group is begun, and what belongs into the pause must lie in
 * it.
 */
final class OrderRules {
    /** All snapshots are timed by the search engine; but not always by the same node of it. */
    private static final Duration ENGINE_SKEW = Duration.ofSeconds(1);

    private OrderRules() {}

    static void check(Evidence evidence, Expectation expectation, Findings findings) {
        evidence.present().forEach(component -> unknownTimes(component, evidence, findings));
        evidence.plan().ifPresent(plan -> {
            groups(plan, evidence, findings);
            pause(plan, evidence, findings);
        });
        ids(evidence, findings);
    }

    private static void groups(BackupPlan plan, Evidence evidence, Findings findings) {
        List<List<Component>> groups = plan.groups();
        for (int later = 1; later < groups.size(); later++) {
            for (Component second : groups.get(later)) {
                groups.subList(0, later).stream()
                        .flatMap(List::stream)
                        .forEach(first -> before(first, second, evidence, findings));
            }
        }
    }

    private static void before(Component first, Component second, Evidence evidence, Findings findings) {
        boolean sameClock = evidence.isInRepository(first) && evidence.isInRepository(second);
        before(
                new End(first, "ended", end(evidence, first)),
                new End(second, "was begun", start(evidence, second)),
                sameClock ? ENGINE_SKEW : evidence.clockSkew(),
                findings);
    }

    private static void pause(BackupPlan plan, Evidence evidence, Findings findings) {
        Optional<Instant> pausedAt = evidence.report()
                .flatMap(report -> report.pause().pausedAt())
                .or(() -> evidence.manifest().flatMap(BackupManifest::pausedAt));
        Optional<Instant> resumedAt =
                evidence.report().flatMap(report -> report.pause().resumedAt());
        if (evidence.manifest().isPresent() && pausedAt.isEmpty()) {
            findings.add(FindingCode.TIME_UNKNOWN, "The manifest does not tell when exporting was paused.");
        }
        for (Component component : plan.inPause()) {
            String name = component.displayName();
            start(evidence, component)
                    .filter(start -> pausedAt.filter(
                                    pause -> start.plus(evidence.clockSkew()).isBefore(pause))
                            .isPresent())
                    .ifPresent(start -> findings.add(
                            FindingCode.ORDER_VIOLATED,
                            component,
                            name + " was begun at " + start + ", before exporting was paused at "
                                    + pausedAt.orElseThrow() + "."));
            latest(evidence, component)
                    .filter(last -> resumedAt
                            .filter(resume -> last.isAfter(resume.plus(evidence.clockSkew())))
                            .isPresent())
                    .ifPresent(last -> findings.add(
                            FindingCode.ORDER_VIOLATED,
                            component,
                            name + " was still being taken at " + last + ", after exporting was resumed at "
                                    + resumedAt.orElseThrow() + "."));
        }
    }

    /** An end or a beginning of something. */
    private record End(Component component, String what, Optional<Instant> at) {
        String describe() {
            return component.displayName() + " " + what + " at "
                    + at.map(Instant::toString).orElse("?");
        }
    }

    private static void before(End first, End second, Duration tolerance, Findings findings) {
        if (first.at().isPresent()
                && second.at().isPresent()
                && first.at().get().isAfter(second.at().get().plus(tolerance))) {
            findings.add(
                    FindingCode.ORDER_VIOLATED,
                    first.component(),
                    first.describe() + ", and " + second.describe() + ", which must be later (" + tolerance.toSeconds()
                            + " s are allowed for clocks).");
        }
    }

    private static void ids(Evidence evidence, Findings findings) {
        evidence.snapshots().stream()
                .flatMap(snapshot -> snapshot.startedAt().stream())
                .min(Instant::compareTo)
                .ifPresent(start -> evidence.neighbours().forEach(other -> {
                    boolean lower = other.backupId().compareTo(evidence.backupId()) < 0;
                    if (lower
                            ? other.startedAt().isAfter(start)
                            : other.startedAt().isBefore(start)) {
                        findings.add(
                                FindingCode.IDS_OUT_OF_ORDER,
                                "This backup was begun at " + start + ", and " + other.backupId() + " at "
                                        + other.startedAt() + ".");
                    }
                }));
    }

    private static void unknownTimes(Component component, Evidence evidence, Findings findings) {
        boolean unknown = component.equals(Component.ZEEBE)
                ? evidence.zeebe().stream()
                        .flatMap(reported -> reported.partitions().stream())
                        .anyMatch(partition -> partition.state() == BackupState.COMPLETED
                                && partition.createdAt().isEmpty())
                : evidence.snapshots(component).stream()
                        .anyMatch(snapshot -> snapshot.state() == SnapshotState.SUCCESS
                                && (snapshot.startedAt().isEmpty()
                                        || snapshot.endedAt().isEmpty()));
        if (unknown) {
            findings.add(FindingCode.TIME_UNKNOWN, component, "It is not reported when all of it was begun and ended.");
        }
    }

    private static Optional<Instant> start(Evidence evidence, Component component) {
        return component.equals(Component.ZEEBE)
                ? evidence.zeebe().stream()
                        .flatMap(reported -> reported.partitions().stream())
                        .flatMap(partition -> partition.createdAt().stream())
                        .min(Instant::compareTo)
                : evidence.snapshots(component).stream()
                        .flatMap(snapshot -> snapshot.startedAt().stream())
                        .min(Instant::compareTo);
    }

    private static Optional<Instant> end(Evidence evidence, Component component) {
        return evidence.snapshots(component).stream()
                .flatMap(snapshot -> snapshot.endedAt().stream())
                .max(Instant::compareTo);
    }

    /** The latest moment at which something of it was read. */
    private static Optional<Instant> latest(Evidence evidence, Component component) {
        return component.equals(Component.ZEEBE)
                ? evidence.zeebe().stream()
                        .flatMap(reported -> reported.partitions().stream())
                        .flatMap(partition -> partition.createdAt().stream())
                        .max(Instant::compareTo)
                : end(evidence, component);
    }
}
