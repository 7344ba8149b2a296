package io.github.camundabackup.consistency.evidence;

import io.github.camundabackup.backup.BackupPlan;
import io.github.camundabackup.consistency.evidence.RepositoryEvidence.Neighbour;
import io.github.camundabackup.consistency.evidence.RepositoryEvidence.WrittenOutcome;
import io.github.camundabackup.internal.contents.BackupContents;
import io.github.camundabackup.internal.contents.ShardCheck;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.report.BackupManifest;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.RunOutcome;
import io.github.camundabackup.snapshot.SnapshotState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The evidence on one backup: all that the repository, the cluster and the run's report say of it, gathered before the
 * rules are applied. Immutable.
 *
 * @param backupId the id
 * @param checkedAt when it was gathered, by this machine's clock
 * @param clockSkew how far apart the clocks of different machines may be
 * @param repositoryProblem why the repository could not be read; empty if it was
 * @param snapshots everything under this id in the repository
 * @param manifest what the run left with the backup
 * @param manifestProblem why it cannot be read
 * @param written how a run under this id ended, as it wrote down itself in the repository
 * @param report what the caller knows from the run
 * @param statements what each configured component says, and the object store for Zeebe; none if nothing is to be asked
 * @param bucket what the object store shows of Zeebe's part; empty if there is none to ask
 * @param lines the lines that the cluster may be of
 * @param liveLine the cluster's line now
 * @param livePartitions the cluster's partitions now
 * @param tenant the physical tenant that is asked; empty if no cluster is
 * @param neighbours the backups with the next lower and the next higher id
 * @param contents the indices in the snapshots; empty if they were not read
 * @param shards whether the snapshots' shards can be read; empty if that was not asked
 * @param positions what the snapshots themselves hold; empty if they were not asked
 */
public record Evidence(
        BackupId backupId,
        Instant checkedAt,
        Duration clockSkew,
        Optional<String> repositoryProblem,
        List<SnapshotEvidence> snapshots,
        Optional<BackupManifest> manifest,
        Optional<String> manifestProblem,
        Optional<WrittenOutcome> written,
        Optional<BackupReport> report,
        Map<Component, ComponentStatement> statements,
        Optional<BucketStatement> bucket,
        CamundaLines lines,
        Optional<CamundaLine> liveLine,
        Set<Integer> livePartitions,
        Optional<PhysicalTenant> tenant,
        List<Neighbour> neighbours,
        Optional<BackupContents> contents,
        Optional<ShardCheck> shards,
        Optional<PositionEvidence> positions) {
    /**
     * How long something that is missing may still be on its way. Camunda's web applications themselves wait that long
     * for a part (incomplete-check-timeout).
     */
    private static final Duration GRACE = Duration.ofMinutes(5);

    public Evidence {
        snapshots = List.copyOf(snapshots);
        statements = Map.copyOf(statements);
        livePartitions = Set.copyOf(livePartitions);
        neighbours = List.copyOf(neighbours);
    }

    public List<SnapshotEvidence> snapshots(Component component) {
        return snapshots.stream()
                .filter(snapshot -> snapshot.component().equals(component))
                .toList();
    }

    public Optional<ComponentStatement> statement(Component component) {
        return Optional.ofNullable(statements.get(component));
    }

    public Optional<ComponentStatement.Reported> zeebe() {
        return statement(Component.ZEEBE).flatMap(ComponentStatement::reported);
    }

    /** What Zeebe reports of one partition, if it is complete and all details are reported. */
    public Optional<PartitionEvidence> partition(int partitionId) {
        return zeebe().filter(ComponentStatement.Reported::complete).stream()
                .flatMap(reported -> reported.partitions().stream())
                .filter(partition ->
                        partition.partitionId() == partitionId && partition.state() == BackupState.COMPLETED)
                .findFirst();
    }

    /** The same with the indices in the snapshots. */
    public Evidence with(BackupContents read) {
        return with(Optional.of(read), shards, positions);
    }

    /** The same with whether the snapshots' shards can be read. */
    public Evidence with(ShardCheck read) {
        return with(contents, Optional.of(read), positions);
    }

    /** The same with what the snapshots themselves hold. */
    public Evidence with(PositionEvidence read) {
        return with(contents, shards, Optional.of(read));
    }

    private Evidence with(
            Optional<BackupContents> newContents,
            Optional<ShardCheck> newShards,
            Optional<PositionEvidence> newPositions) {
        return new Evidence(
                backupId,
                checkedAt,
                clockSkew,
                repositoryProblem,
                snapshots,
                manifest,
                manifestProblem,
                written,
                report,
                statements,
                bucket,
                lines,
                liveLine,
                livePartitions,
                tenant,
                neighbours,
                newContents,
                newShards,
                newPositions);
    }

    /** How the run ended, as it wrote down itself in the repository. */
    public Optional<RunOutcome> outcome() {
        return written.filter(found -> !isOlder(found)).map(WrittenOutcome::outcome);
    }

    /** What a run left that ended before this backup was begun, so that it is another one's under the same id. */
    public Optional<WrittenOutcome> olderOutcome() {
        return written.filter(this::isOlder);
    }

    /**
     * Ids begin again after Zeebe was set up anew. A run ends after all of its snapshots were begun; one that fails may
     * have asked for some that are begun later.
     */
    private boolean isOlder(WrittenOutcome found) {
        Stream<Instant> begun = snapshots.stream().flatMap(snapshot -> snapshot.startedAt().stream());
        return (found.outcome().whole() ? begun.max(Instant::compareTo) : begun.min(Instant::compareTo))
                .filter(begin -> found.writtenAt().plus(clockSkew).isBefore(begin))
                .isPresent();
    }

    /** How the run ended, as its report says or as it wrote down itself. */
    public Optional<RunOutcome> ending() {
        return report.map(RunOutcome::of).or(this::outcome);
    }

    /** Whether there is a cluster that could be asked. */
    public boolean isLive() {
        return statements.keySet().stream()
                .anyMatch(component -> !component.equals(Component.ZEEBE)
                        || bucket.isEmpty()
                        || bucket.get().zeebe().isPresent());
    }

    /** The components that have something under this id. */
    public Set<Component> present() {
        Set<Component> present = new TreeSet<>();
        snapshots.forEach(snapshot -> present.add(snapshot.component()));
        statements.forEach((component, statement) -> statement
                .reported()
                .filter(reported -> !isInRepository(component) && reported.state() != BackupState.DOES_NOT_EXIST)
                .ifPresent(reported -> present.add(component)));
        return present;
    }

    /** Whether the repository shows what there is of a component; otherwise only the component itself can. */
    public boolean isInRepository(Component component) {
        return component.hasSnapshots() || !snapshots(component).isEmpty();
    }

    /** What the run wrote down, or what the snapshots' versions and names show, or what the cluster is now. */
    public Optional<CamundaLine> line() {
        // A line that was written down and is not known is not guessed: its order may be another one.
        return writtenLine()
                .map(lines::byId)
                .orElseGet(() -> lineOfVersions()
                        .or(() -> snapshots.isEmpty() ? Optional.empty() : lines.having(present()))
                        .or(() -> liveLine));
    }

    /** The id of the line that the run wrote down. */
    public Optional<String> writtenLine() {
        return report.flatMap(BackupReport::line).or(() -> manifest.map(BackupManifest::line));
    }

    private Optional<CamundaLine> lineOfVersions() {
        Set<CamundaLine> named = snapshots.stream()
                .flatMap(snapshot -> lines.ofVersion(snapshot.version()).stream())
                .collect(Collectors.toSet());
        return named.size() == 1 ? named.stream().findFirst().filter(line -> line.has(present())) : Optional.empty();
    }

    /** The plan of a backup of what is there, whose order it must have. Empty if the line is not known. */
    public Optional<BackupPlan> plan() {
        return line().map(line -> BackupPlan.of(line, present()));
    }

    /**
     * Whether what is missing of the component may still be on its way: nothing later has begun, and something happened
     * lately.
     */
    public boolean isAwaited(Component component) {
        boolean laterHasBegun = line().map(line -> line.orderWith(Set.of(component)))
                .filter(order -> present().stream()
                        .anyMatch(other -> order.group(other).orElse(0)
                                > order.group(component).orElse(0)))
                .isPresent();
        return !laterHasBegun
                && (isRunning()
                        || lastSign()
                                .filter(sign -> sign.plus(GRACE).isAfter(checkedAt))
                                .isPresent());
    }

    private boolean isRunning() {
        return snapshots.stream().anyMatch(snapshot -> snapshot.state() == SnapshotState.IN_PROGRESS)
                || statements.values().stream()
                        .flatMap(statement -> statement.reported().stream())
                        .anyMatch(reported -> reported.state() == BackupState.IN_PROGRESS);
    }

    private Optional<Instant> lastSign() {
        Stream<Instant> snapshotTimes = snapshots.stream()
                .flatMap(snapshot -> Stream.of(snapshot.startedAt(), snapshot.endedAt()))
                .flatMap(Optional::stream);
        Stream<Instant> partitionTimes = zeebe().stream()
                .flatMap(reported -> reported.partitions().stream())
                .flatMap(partition -> partition.createdAt().stream());
        return Stream.of(snapshotTimes, partitionTimes)
                .flatMap(Function.identity())
                .max(Instant::compareTo);
    }
}
