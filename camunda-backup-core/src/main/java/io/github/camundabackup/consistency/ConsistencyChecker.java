package io.github.camundabackup.consistency;

import io.github.camundabackup.bucket.ObjectStore;
import io.github.camundabackup.bucket.ZeebeBackups;
import io.github.camundabackup.component.ClusterEndpoints;
import io.github.camundabackup.consistency.evidence.BucketEvidence;
import io.github.camundabackup.consistency.evidence.BucketStatement;
import io.github.camundabackup.consistency.evidence.ClusterEvidence;
import io.github.camundabackup.consistency.evidence.ClusterSource;
import io.github.camundabackup.consistency.evidence.ComponentStatement;
import io.github.camundabackup.consistency.evidence.Evidence;
import io.github.camundabackup.consistency.evidence.PositionSource;
import io.github.camundabackup.consistency.evidence.RepositoryEvidence;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.contents.BackupContents;
import io.github.camundabackup.internal.contents.ShardCheck;
import io.github.camundabackup.internal.guard.GuardedSnapshotStore;
import io.github.camundabackup.internal.participants.ParticipantSource;
import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotState;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether a backup can be restored to a consistent cluster. Camunda has no such check: "there is no reliable
 * method to verify cross-component data integrity after backup"
 * (<a href="https://docs.camunda.io/docs/self-managed/operational-guides/backup-restore/backup-and-restore/">
 * documentation</a>).
 *
 * <p>Works with a running cluster, and without one from the snapshot repository alone; then the report says what it
 * could not verify. Thread-safe. Only reads, unless it is asked to look into the snapshots ({@link Depth#POSITIONS}).
 * No method blocks, and no source that cannot be read fails a check: it is in the report, and the verdict is
 * {@link Verdict#UNVERIFIABLE} at best.
 */
public final class ConsistencyChecker {
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(10);

    private final SnapshotStore store;
    private final @Nullable ClusterSource cluster;
    private final Optional<ZeebeBackups> bucket;
    private final CamundaLines lines;
    private final ClientResources resources;
    private final Duration clockSkew;

    private ConsistencyChecker(
            SnapshotStore store,
            @Nullable ClusterSource cluster,
            Optional<ZeebeBackups> bucket,
            CamundaLines lines,
            ClientResources resources,
            Duration clockSkew) {
        this.store = Objects.requireNonNull(store, "store");
        this.cluster = cluster;
        this.bucket = bucket;
        this.lines = lines;
        this.resources = resources;
        this.clockSkew = clockSkew;
    }

    /**
     * A checker for when there is no cluster any more.
     *
     * @param store the repository that the cluster's components wrote to; stays the caller's
     * @param resources must stay open as long as the checker is used
     */
    public static ConsistencyChecker of(SnapshotStore store, ClientResources resources) {
        return new ConsistencyChecker(
                GuardedSnapshotStore.of(store, resources),
                null,
                Optional.empty(),
                CamundaLines.known(),
                resources,
                CLOCK_SKEW);
    }

    /**
     * A checker that asks a cluster's components too.
     *
     * @param endpoints the cluster
     * @param store the repository that its components write to; stays the caller's
     * @param resources must stay open as long as the checker is used
     */
    public static ConsistencyChecker of(ClusterEndpoints endpoints, SnapshotStore store, ClientResources resources) {
        SnapshotStore guarded = GuardedSnapshotStore.of(store, resources);
        return new ConsistencyChecker(
                guarded,
                new ClusterSource(new ParticipantSource(endpoints, guarded, Optional.empty(), resources)),
                Optional.empty(),
                endpoints.lines(),
                resources,
                CLOCK_SKEW);
    }

    /**
     * The same checker with another tolerance for how far apart the clocks of brokers, search engine and this machine
     * may be. Default: 10 s.
     *
     * @param tolerance not negative
     */
    public ConsistencyChecker clockSkew(Duration tolerance) {
        if (tolerance.isNegative()) {
            throw new IllegalArgumentException(
                    "The tolerance for clocks must not be negative, but was " + tolerance + ".");
        }
        return new ConsistencyChecker(store, cluster, bucket, lines, resources, tolerance);
    }

    /**
     * The same checker with other lines that backups may be of. Default: those of this library, and the one that the
     * endpoints state.
     *
     * @param known with a line of the user's own, for example
     */
    public ConsistencyChecker lines(CamundaLines known) {
        return new ConsistencyChecker(store, cluster, bucket, known, resources, clockSkew);
    }

    /**
     * The same checker, which reads Zeebe's part from the object store that Zeebe writes its backups to: without a
     * cluster the only witness of it, with one a second witness. What the store holds counts, since that is what a
     * restore reads; where Zeebe says something else, that is a finding.
     *
     * @param zeebe stays the caller's; must be open as long as the checker is used
     */
    public ConsistencyChecker zeebeBackups(ObjectStore zeebe) {
        return new ConsistencyChecker(
                store, cluster, Optional.of(ZeebeBackups.of(zeebe, resources)), lines, resources, clockSkew);
    }

    /**
     * Checks one backup: with the names of what is in the repository, the snapshots of this backup and of its
     * neighbours, one more request for each of this backup's snapshots, and one to each component.
     *
     * @return completes whatever the sources answer; for an id that no source knows, with a finding that says so
     */
    public CompletableFuture<ConsistencyReport> check(BackupId backupId) {
        return check(backupId, Depth.METADATA);
    }

    /**
     * Checks one backup as deep as is wanted. {@link Depth#POSITIONS} restores indices under scratch names, which begin
     * with {@code consistency-check-}, and deletes them again; what a check has left that was killed is deleted by one
     * that begins hours later.
     *
     * @return as {@link #check(BackupId)}
     */
    public CompletableFuture<ConsistencyReport> check(BackupId backupId, Depth depth) {
        return check(backupId, Optional.empty(), depth);
    }

    /**
     * As {@link #check(BackupId)}, and compares with what the run has reported: the strongest evidence there is of what
     * belongs to the backup.
     */
    public CompletableFuture<ConsistencyReport> check(BackupReport report) {
        return check(report, Depth.METADATA);
    }

    /** As {@link #check(BackupId, Depth)}, and compares with what the run has reported. */
    public CompletableFuture<ConsistencyReport> check(BackupReport report, Depth depth) {
        return check(report.backupId(), Optional.of(report), depth);
    }

    /**
     * Checks every backup that is known to the repository or to a component, with one listing of the repository and one
     * request to each component; with Zeebe's object store, besides, one listing of that and every manifest in it.
     * Without it, Zeebe's list does not report positions, so that {@link ConsistencyReport#partitions()} proves nothing
     * here. And a listing does not name the indices in the snapshots, so that these are not looked at:
     * {@link #check(BackupId)} does, and so does {@link #latestRestorable()}.
     *
     * @return the highest id first
     */
    public CompletableFuture<List<ConsistencyReport>> checkAll() {
        return judgedAll(list(RepositoryEvidence.ofAll(store)));
    }

    private CompletableFuture<ClusterEvidence> aboutAll() {
        return cluster == null ? CompletableFuture.completedFuture(ClusterEvidence.NONE) : cluster.aboutAll();
    }

    private CompletableFuture<Optional<BucketEvidence>> inBucket(
            Function<ZeebeBackups, CompletableFuture<BucketEvidence>> question) {
        return bucket.map(zeebe -> question.apply(zeebe).thenApply(Optional::of))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    private CompletableFuture<List<ConsistencyReport>> judgedAll(CompletableFuture<Listing> listed) {
        CompletableFuture<ClusterEvidence> asked = aboutAll();
        CompletableFuture<Optional<BucketEvidence>> stored = inBucket(BucketEvidence::ofAll);
        return listed.thenCompose(repository ->
                asked.thenCombine(stored, (reported, inBucket) -> judgeAll(repository, reported, inBucket)));
    }

    private List<ConsistencyReport> judgeAll(
            Listing repository, ClusterEvidence reported, Optional<BucketEvidence> stored) {
        Set<BackupId> ids = new TreeSet<>(reported.ids());
        stored.ifPresent(known -> ids.addAll(known.ids()));
        ids.addAll(repository.evidence().ids());
        return ids.stream()
                .sorted(Comparator.reverseOrder())
                .map(id -> ConsistencyReport.of(
                        gather(id, repository, reported, stored, Optional.empty()), store.description()))
                .toList();
    }

    /**
     * The backup with the highest id that can be restored ({@link ConsistencyReport#isRestorable()}).
     *
     * @return empty if there is none; also if no source could be read, which {@link #checkAll()} reports
     */
    public CompletableFuture<Optional<ConsistencyReport>> latestRestorable() {
        CompletableFuture<Listing> listed = list(RepositoryEvidence.ofAll(store));
        return judgedAll(listed)
                .thenCompose(all -> firstRestorable(
                        listed,
                        all.stream().filter(ConsistencyChecker::mayBeRestorable).toList(),
                        0));
    }

    /**
     * Positions, which are not in lists, may prove what was not observed; and who cannot list backups may show a single
     * one.
     */
    private static boolean mayBeRestorable(ConsistencyReport listed) {
        return listed.isRestorable()
                || (listed.verdict() == Verdict.UNVERIFIABLE
                        && listed.findings().stream()
                                .filter(finding -> finding.severity() == Severity.UNVERIFIED)
                                .allMatch(finding -> finding.code() == FindingCode.PAUSE_NOT_OBSERVED
                                        || isComponentUnreadable(finding)));
    }

    private static boolean isComponentUnreadable(Finding finding) {
        return finding.code() == FindingCode.SOURCE_UNREADABLE
                && finding.component().isPresent();
    }

    /**
     * The lists of components hold fewer details than their answers for one backup, so what these show as good is
     * checked again.
     */
    private CompletableFuture<Optional<ConsistencyReport>> firstRestorable(
            CompletableFuture<Listing> listed, List<ConsistencyReport> candidates, int index) {
        if (index == candidates.size()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        ConsistencyReport candidate = candidates.get(index);
        return check(candidate.backupId(), listed, Optional.empty(), Depth.METADATA)
                .thenCompose(report -> {
                    if (report.isRestorable()) {
                        return CompletableFuture.completedFuture(Optional.of(report));
                    }
                    // Whoever shows neither a list nor a backup shows no other one either.
                    boolean silent = candidate.findings().stream().anyMatch(ConsistencyChecker::isComponentUnreadable)
                            && report.findings().stream().anyMatch(ConsistencyChecker::isComponentUnreadable);
                    return silent
                            ? CompletableFuture.completedFuture(Optional.empty())
                            : firstRestorable(listed, candidates, index + 1);
                });
    }

    private CompletableFuture<ConsistencyReport> check(BackupId backupId, Optional<BackupReport> report, Depth depth) {
        return check(backupId, list(RepositoryEvidence.about(backupId, store)), report, depth);
    }

    private CompletableFuture<ConsistencyReport> check(
            BackupId backupId, CompletableFuture<Listing> listed, Optional<BackupReport> report, Depth depth) {
        CompletableFuture<ClusterEvidence> asked =
                cluster == null ? CompletableFuture.completedFuture(ClusterEvidence.NONE) : cluster.about(backupId);
        CompletableFuture<Optional<BucketEvidence>> stored = inBucket(zeebe -> BucketEvidence.about(backupId, zeebe));
        return listed.thenCompose(repository -> asked.thenCombine(
                        stored, (reported, inBucket) -> gather(backupId, repository, reported, inBucket, report)))
                .thenCompose(this::withContents)
                .thenCompose(evidence -> switch (depth) {
                    case METADATA -> CompletableFuture.completedFuture(evidence);
                    case POSITIONS ->
                        withShards(evidence)
                                .thenCompose(known -> new PositionSource(store, resources.time())
                                        .read(known)
                                        .thenApply(known::with));
                })
                .thenApply(evidence -> ConsistencyReport.of(evidence, store.description()));
    }

    private CompletableFuture<Evidence> withContents(Evidence evidence) {
        return BackupContents.read(successes(evidence), store).thenApply(evidence::with);
    }

    private CompletableFuture<Evidence> withShards(Evidence evidence) {
        List<String> names =
                successes(evidence).stream().map(SnapshotName::toString).toList();
        return Futures.recover(
                        ShardCheck.of(names, store),
                        error -> error instanceof CamundaBackupException known
                                ? CompletableFuture.completedFuture(
                                        ShardCheck.notMade(String.valueOf(known.getMessage())))
                                : CompletableFuture.failedFuture(error))
                .thenApply(evidence::with);
    }

    private static List<SnapshotName> successes(Evidence evidence) {
        return evidence.snapshots().stream()
                .filter(snapshot -> snapshot.state() == SnapshotState.SUCCESS)
                .map(snapshot -> snapshot.name(evidence.backupId()))
                .toList();
    }

    /**
     * What is known of the repository.
     *
     * @param problem why it could not be read; then the evidence is empty
     */
    private record Listing(RepositoryEvidence evidence, Optional<String> problem) {}

    private static CompletableFuture<Listing> list(CompletableFuture<RepositoryEvidence> gathered) {
        return Futures.recover(
                gathered.thenApply(evidence -> new Listing(evidence, Optional.empty())),
                error -> error instanceof CamundaBackupException known
                        // Half a listing would show as missing what only was not listed.
                        ? CompletableFuture.completedFuture(new Listing(
                                RepositoryEvidence.NOTHING, Optional.of(String.valueOf(known.getMessage()))))
                        : CompletableFuture.failedFuture(error));
    }

    private Evidence gather(
            BackupId backupId,
            Listing repository,
            ClusterEvidence reported,
            Optional<BucketEvidence> stored,
            Optional<BackupReport> report) {
        Map<Component, ComponentStatement> statements = new TreeMap<>(reported.statements(backupId));
        Optional<BucketStatement> inBucket =
                stored.map(known -> known.about(backupId, Optional.ofNullable(statements.get(Component.ZEEBE))));
        inBucket.ifPresent(known -> statements.put(Component.ZEEBE, known.decisive()));
        return new Evidence(
                backupId,
                resources.time().now(),
                clockSkew,
                repository.problem(),
                repository.evidence().snapshots(backupId),
                repository.evidence().manifest(backupId),
                repository.evidence().manifestProblem(backupId),
                repository.evidence().outcome(backupId),
                report,
                statements,
                inBucket,
                lines,
                reported.line(),
                reported.partitions(),
                Optional.ofNullable(cluster).map(ClusterSource::physicalTenant),
                repository.evidence().neighbours(backupId),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
