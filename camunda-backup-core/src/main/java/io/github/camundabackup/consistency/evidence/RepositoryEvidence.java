package io.github.camundabackup.consistency.evidence;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.report.BackupManifest;
import io.github.camundabackup.report.RunOutcome;
import io.github.camundabackup.snapshot.SnapshotInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The evidence from one listing of the repository: for each id its snapshots, as far as they are wanted, and when it
 * was begun. Snapshots that are not Camunda's are passed over. Filled by one thread at a time.
 */
public final class RepositoryEvidence {
    private final Predicate<BackupId> wanted;
    private final NavigableMap<BackupId, Backup> backups = new TreeMap<>();
    private final Map<BackupId, RunOutcome> outcomes = new HashMap<>();
    private final Map<BackupId, String> outcomeProblems = new HashMap<>();
    private final Map<String, String> versions = new HashMap<>();

    /**
     * @param wanted whose snapshots are kept; of all others only the time is
     */
    public RepositoryEvidence(Predicate<BackupId> wanted) {
        this.wanted = wanted;
    }

    public void add(SnapshotInfo info) {
        SnapshotName.parseOutcome(info.name()).filter(wanted).ifPresent(id -> readOutcome(id, info.metadata()));
        SnapshotName.parse(info.name()).ifPresent(name -> {
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
    public Optional<RunOutcome> outcome(BackupId backupId) {
        return Optional.ofNullable(outcomes.get(backupId));
    }

    private void readOutcome(BackupId backupId, Map<String, String> metadata) {
        try {
            outcomes.put(backupId, RunOutcome.fromMetadata(metadata));
        } catch (IllegalArgumentException e) {
            outcomeProblems.put(backupId, String.valueOf(e.getMessage()));
        }
    }

    /** The backups with the next lower and the next higher id whose time is known. */
    public List<Neighbour> neighbours(BackupId backupId) {
        List<Neighbour> found = new ArrayList<>();
        nearest(backups.headMap(backupId, false).descendingMap()).ifPresent(found::add);
        nearest(backups.tailMap(backupId, false)).ifPresent(found::add);
        return found;
    }

    private static Optional<Neighbour> nearest(NavigableMap<BackupId, Backup> others) {
        return others.entrySet().stream()
                .flatMap(other -> Optional.ofNullable(other.getValue().startedAt).stream()
                        .map(at -> new Neighbour(other.getKey(), at)))
                .findFirst();
    }

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
