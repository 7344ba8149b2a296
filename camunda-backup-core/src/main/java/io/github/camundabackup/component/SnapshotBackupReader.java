package io.github.camundabackup.component;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.text.Phrases;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.snapshot.RepositoryInfo;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotState;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Reads the state of a component's backup from its snapshots, for when the component cannot be asked. The states are
 * computed as the components do it.
 */
final class SnapshotBackupReader {
    private final Component component;
    private final SnapshotStore store;

    SnapshotBackupReader(Component component, SnapshotStore store) {
        this.component = component;
        this.store = store;
    }

    /** Empty if the repository holds no snapshot of such a backup. */
    CompletableFuture<Optional<SnapshotBackup>> read(BackupId backupId) {
        List<SnapshotInfo> snapshots = Collections.synchronizedList(new ArrayList<>());
        return store.list(List.of(SnapshotName.prefix(component, backupId) + "*"), snapshots::add)
                .thenApply(listed -> describe(component, backupId, List.copyOf(snapshots)));
    }

    /**
     * What the repository itself shows as the reason why a backup does not complete: a sentence. A component asks for
     * its snapshots behind the scenes, and an engine that refuses one is heard by its log alone.
     */
    CompletableFuture<Optional<String>> whyIncomplete(BackupId backupId) {
        List<SnapshotInfo> snapshots = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<Optional<String>> found = store.list(
                        List.of(SnapshotName.prefix(component, backupId) + "*"), snapshots::add)
                .thenCompose(listed -> failed(List.copyOf(snapshots))
                        .map(why -> CompletableFuture.completedFuture(Optional.of(why)))
                        .orElseGet(() -> store.verifyRepository()
                                .thenApply(verified -> Optional.of("The repository can be read and written, and holds "
                                        + snapshots.size() + " of the snapshots: the log of "
                                        + component.displayName() + " says why there are no more."
                                        + twice(verified)))));
        return Futures.recover(
                found,
                error -> error instanceof CamundaBackupException known
                        ? CompletableFuture.completedFuture(
                                Optional.of("The repository cannot be used: " + known.getMessage()))
                        : CompletableFuture.failedFuture(error));
    }

    private static String twice(RepositoryInfo repository) {
        return repository.alsoAs().isEmpty()
                ? ""
                : " The engine has the same place registered as " + Phrases.some(repository.alsoAs())
                        + ", too, and each of the two breaks what is written by the other one.";
    }

    private static Optional<String> failed(List<SnapshotInfo> snapshots) {
        return snapshots.stream()
                .filter(info -> !info.failures().isEmpty())
                .findFirst()
                .map(info -> "The snapshot " + info.name() + " is " + info.state() + ": "
                        + info.failures().get(0) + ".");
    }

    static Optional<SnapshotBackup> describe(Component component, BackupId backupId, List<SnapshotInfo> snapshots) {
        List<Part> parts = snapshots.stream()
                .flatMap(info -> SnapshotName.parse(info.name())
                        .filter(name -> name.component().equals(component)
                                && name.backupId().equals(backupId))
                        .map(name -> new Part(name, info))
                        .stream())
                .sorted(Comparator.comparingInt(part -> part.name().part()))
                .toList();
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SnapshotBackup(
                component,
                backupId,
                state(parts),
                null,
                parts.stream()
                        .map(part -> new SnapshotBackup.Part(
                                part.info().name(),
                                part.info().state(),
                                part.info().startTime(),
                                part.info().failures()))
                        .toList()));
    }

    private static BackupState state(List<Part> parts) {
        int expected = parts.get(0).name().partCount();
        if (has(parts, SnapshotState.FAILED) || has(parts, SnapshotState.PARTIAL) || parts.size() > expected) {
            return BackupState.FAILED;
        }
        if (has(parts, SnapshotState.INCOMPATIBLE)) {
            return BackupState.INCOMPATIBLE;
        }
        if (has(parts, SnapshotState.IN_PROGRESS)) {
            return BackupState.IN_PROGRESS;
        }
        if (has(parts, SnapshotState.UNKNOWN) || has(parts, SnapshotState.UNREADABLE)) {
            return BackupState.UNKNOWN;
        }
        return parts.size() == expected ? BackupState.COMPLETED : BackupState.INCOMPLETE;
    }

    private static boolean has(List<Part> parts, SnapshotState state) {
        return parts.stream().anyMatch(part -> part.info().state() == state);
    }

    private record Part(SnapshotName name, SnapshotInfo info) {}
}
