package io.github.camundabackup.consistency.evidence;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.report.BackupManifest;
import io.github.camundabackup.report.RunOutcome;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The evidence from the repository: for each id its snapshots, and when it was begun. Snapshots that are not Camunda's
 * are passed over. Filled by one thread at a time.
 */
public final class RepositoryEvidence {
    /** There is nothing, or it could not be read. */
    public static final RepositoryEvidence NOTHING = new RepositoryEvidence(id -> false, id -> false);

    // One of each backup, so that a repository with 100,000 snapshots tells few names; and where no records are taken,
    // one of each component.
    private static final String RECORDS = SnapshotName.RECORDS_PREFIX + "*";
    private static final String FIRST_PARTS = "camunda_*_part_1_of_*";

    private final Predicate<BackupId> wanted;
    private final Predicate<BackupId> whole;
    private final NavigableMap<BackupId, Backup> backups = new TreeMap<>();
    private final Map<BackupId, WrittenOutcome> outcomes = new HashMap<>();
    private final Map<BackupId, String> outcomeProblems = new HashMap<>();
    private final Map<String, String> versions = new HashMap<>();

    /**
     * @param wanted whose snapshots are kept; of all others only the time is
     */
    public RepositoryEvidence(Predicate<BackupId> wanted) {
        this(wanted, id -> true);
    }

    /**
     * @param wanted whose snapshots are kept
     * @param whole of which all snapshots are handed over; nothing is kept of others, and the time of these
     */
    private RepositoryEvidence(Predicate<BackupId> wanted, Predicate<BackupId> whole) {
        this.wanted = wanted;
        this.whole = whole;
    }

    /** On all backups, from one listing of the repository. */
    public static CompletableFuture<RepositoryEvidence> ofAll(SnapshotStore store) {
        return new RepositoryEvidence(id -> true).read(store, List.of("camunda_*"));
    }

    /**
     * On one backup, and the times of its neighbours: those are found among the names, and then only the snapshots of
     * these three are asked for.
     */
    public static CompletableFuture<RepositoryEvidence> about(BackupId backupId, SnapshotStore store) {
        Neighbourhood ids = new Neighbourhood(backupId);
        Consumer<String> named = name -> SnapshotName.parse(name).ifPresent(found -> ids.add(found.backupId()));
        return store.listNames(List.of(RECORDS), named)
                .thenCompose(done -> ids.all().size() > 1
                        ? CompletableFuture.completedFuture(null)
                        : store.listNames(List.of(FIRST_PARTS), named))
                .thenCompose(done -> {
                    Set<BackupId> asked = ids.all();
                    return new RepositoryEvidence(backupId::equals, asked::contains)
                            .read(
                                    store,
                                    asked.stream()
                                            .flatMap(id -> Stream.of("camunda_*_" + id, "camunda_*_" + id + "_*"))
                                            .toList());
                });
    }

    private CompletableFuture<RepositoryEvidence> read(SnapshotStore store, List<String> patterns) {
        return store.list(patterns, this::add).thenApply(done -> this);
    }

    /** An id, and the next ones that there are. */
    private static final class Neighbourhood {
        private final BackupId backupId;
        private @Nullable BackupId lower;
        private @Nullable BackupId higher;

        Neighbourhood(BackupId backupId) {
            this.backupId = backupId;
        }

        synchronized void add(BackupId other) {
            int order = other.compareTo(backupId);
            if (order < 0 && (lower == null || other.compareTo(lower) > 0)) {
                lower = other;
            } else if (order > 0 && (higher == null || other.compareTo(higher) < 0)) {
                higher = other;
            }
        }

        synchronized Set<BackupId> all() {
            return Stream.of(Optional.of(backupId), Optional.ofNullable(lower), Optional.ofNullable(higher))
                    .flatMap(Optional::stream)
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    public void add(SnapshotInfo info) {
        SnapshotName.parseOutcome(info.name()).filter(wanted).ifPresent(id -> readOutcome(id, info));
        SnapshotName.parse(info.name())
                .filter(name -> whole.test(name.backupId()))
                .ifPresent(name -> {
                    Backup backup = backups.computeIfAbsent(name.backupId(), id -> new Backup());
                    info.startTime().ifPresent(backup::started);
                    if (wanted.test(name.backupId())) {
                        backup.snapshots.add(SnapshotEvidence.of(name, info, versions));
                        if (name.component().equals(Component.ZEEBE_RECORDS)) {
                            backup.readManifest(info.metadata());
                        }
                    }
                });
    }

    public Set<BackupId> ids() {
        return backups.keySet();
    }

    public List<SnapshotEvidence> snapshots(BackupId backupId) {
        return Optional.ofNullable(backups.get(backupId))
                .map(backup -> List.copyOf(backup.snapshots))
                .orElse(List.of());
    }

    public Optional<BackupManifest> manifest(BackupId backupId) {
        return Optional.ofNullable(backups.get(backupId)).flatMap(backup -> Optional.ofNullable(backup.manifest));
    }

    /** Why there is a manifest, or the outcome of a run, that cannot be read. */
    public Optional<String> manifestProblem(BackupId backupId) {
        return Optional.ofNullable(backups.get(backupId))
                .flatMap(backup -> Optional.ofNullable(backup.problem))
                .or(() -> Optional.ofNullable(outcomeProblems.get(backupId)));
    }

    /** How the run ended, as it wrote down itself. */
    public Optional<WrittenOutcome> outcome(BackupId backupId) {
        return Optional.ofNullable(outcomes.get(backupId));
    }

    private void readOutcome(BackupId backupId, SnapshotInfo info) {
        try {
            RunOutcome outcome = RunOutcome.fromMetadata(info.metadata());
            outcomes.put(backupId, new WrittenOutcome(outcome, info.startTime().orElse(outcome.endedAt())));
        } catch (IllegalArgumentException e) {
            outcomeProblems.put(backupId, String.valueOf(e.getMessage()));
        }
    }

    /** The backups with the next lower and the next higher id whose time is known. */
    public List<Neighbour> neighbours(BackupId backupId) {
        List<Neighbour> found = new ArrayList<>();
        nearest(backupId, backups::lowerEntry).ifPresent(found::add);
        nearest(backupId, backups::higherEntry).ifPresent(found::add);
        return found;
    }

    // A stream over a part of the map would count that part first, which a check of all backups does for each.
    private static Optional<Neighbour> nearest(
            BackupId backupId, Function<BackupId, Map.@Nullable Entry<BackupId, Backup>> next) {
        Map.Entry<BackupId, Backup> other = next.apply(backupId);
        while (other != null) {
            Instant startedAt = other.getValue().startedAt;
            if (startedAt != null) {
                return Optional.of(new Neighbour(other.getKey(), startedAt));
            }
            other = next.apply(other.getKey());
        }
        return Optional.empty();
    }

    /**
     * The outcome of a run, as it wrote it down itself.
     *
     * @param writtenAt when, by the clock of the engine, as that of the snapshots; if it does not tell, by the run's
     */
    public record WrittenOutcome(RunOutcome outcome, Instant writtenAt) {}

    /**
     * Another backup in the same repository.
     *
     * @param startedAt when its first snapshot was started
     */
    public record Neighbour(BackupId backupId, Instant startedAt) {}

    private static final class Backup {
        private final List<SnapshotEvidence> snapshots = new ArrayList<>(4);
        private @Nullable Instant startedAt;
        private @Nullable BackupManifest manifest;
        private @Nullable String problem;

        private void started(Instant at) {
            if (startedAt == null || at.isBefore(startedAt)) {
                startedAt = at;
            }
        }

        private void readManifest(Map<String, String> metadata) {
            try {
                manifest = BackupManifest.fromMetadata(metadata).orElse(null);
            } catch (IllegalArgumentException e) {
                problem = e.getMessage();
            }
        }
    }
}
