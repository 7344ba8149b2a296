package io.github.camundabackup.component;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.snapshot.SnapshotState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A backup of Optimize, Operate, Tasklist or the web applications: a number of snapshots in the search engine's
 * repository. Immutable.
 */
public final class SnapshotBackup implements ComponentBackup {
    private final Component component;
    private final BackupId backupId;
    private final BackupState state;
    private final @Nullable String failureReason;
    private final List<Part> parts;

    SnapshotBackup(
            Component component,
            BackupId backupId,
            BackupState state,
            @Nullable String failureReason,
            List<Part> parts) {
        this.component = component;
        this.backupId = backupId;
        this.state = state;
        this.failureReason = failureReason;
        this.parts = List.copyOf(parts);
    }

    @Override
    public Component component() {
        return component;
    }

    @Override
    public BackupId backupId() {
        return backupId;
    }

    @Override
    public BackupState state() {
        return state;
    }

    @Override
    public Optional<String> failureReason() {
        return Optional.ofNullable(failureReason);
    }

    /** The snapshots that the component has started so far, in its order. */
    public List<Part> parts() {
        return parts;
    }

    @Override
    public int partsDone() {
        return (int) parts.stream()
                .filter(part -> part.state() == SnapshotState.SUCCESS)
                .count();
    }

    @Override
    public int partsShown() {
        return parts.size();
    }

    @Override
    public OptionalInt partsExpected() {
        return names().mapToInt(SnapshotName::partCount).max();
    }

    @Override
    public List<String> snapshots() {
        return parts.stream().map(Part::snapshotName).toList();
    }

    @Override
    public List<String> versions() {
        return names().flatMap(name -> name.version().stream()).distinct().toList();
    }

    @Override
    public List<String> partFailures() {
        return parts.stream()
                .filter(part -> !part.failures().isEmpty())
                .map(part -> part.snapshotName() + ": " + part.failures().get(0))
                .toList();
    }

    private Stream<SnapshotName> names() {
        return parts.stream().flatMap(part -> SnapshotName.parse(part.snapshotName()).stream());
    }

    @Override
    public String toString() {
        return "backup " + backupId + " of " + component.displayName() + ": " + state + ", " + partsDone() + " of "
                + partsShown() + " started snapshots done";
    }

    /**
     * One snapshot.
     *
     * @param snapshotName its name in the repository
     * @param state its state, which comes from the search engine
     * @param startTime when it was started, if the component says so
     * @param failures why shards failed; empty if none did or the component does not say
     */
    public record Part(String snapshotName, SnapshotState state, Optional<Instant> startTime, List<String> failures) {
        public Part {
            failures = List.copyOf(failures);
        }
    }
}
