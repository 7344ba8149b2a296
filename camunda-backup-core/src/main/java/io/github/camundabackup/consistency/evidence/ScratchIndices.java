package io.github.camundabackup.consistency.evidence;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.RemoteCallException;
import io.github.camundabackup.error.SnapshotStoreException;
import io.github.camundabackup.error.WaitTimedOutException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.concurrent.Polling;
import io.github.camundabackup.internal.failure.FailureKind;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.runtime.TimeSource;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.RestoreProgress;
import io.github.camundabackup.snapshot.RestoreRequest;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Indices of snapshots, restored for a short time beside those in use, under names that no component takes for its own:
 * {@code consistency-check-<backup id>-<milliseconds of its beginning>-<part>-<name>}. What was made is deleted again,
 * whatever happens, and nothing else; what a killed check has left is recognized by its age.
 */
final class ScratchIndices {
    private static final String BASE = "consistency-check-";
    private static final Pattern NAME = Pattern.compile(BASE + "\\d+-(?<began>\\d{1,15})-.+");
    private static final Duration PATIENCE = Duration.ofHours(1);
    /** No check waits so long, with a margin for the clocks of two machines. */
    private static final Duration LEFTOVER_AGE = PATIENCE.multipliedBy(4);

    private final SnapshotStore store;
    private final TimeSource time;
    private final String prefix;
    private final List<String> leftBehind = new CopyOnWriteArrayList<>();

    ScratchIndices(SnapshotStore store, BackupId backupId, TimeSource time) {
        this.store = store;
        this.time = time;
        prefix = BASE + backupId + "-" + time.now().toEpochMilli() + "-";
    }

    /** What could not be deleted, and why. */
    List<String> leftBehind() {
        return leftBehind;
    }

    /**
     * Deletes what an earlier check has left because it was killed; what may belong to one that still runs is left
     * alone.
     */
    CompletableFuture<Void> sweep() {
        Instant oldest = time.now().minus(LEFTOVER_AGE);
        CompletableFuture<Void> swept = store.listIndices(List.of(BASE + "*")).thenCompose(found -> {
            List<String> old = found.stream()
                    .map(IndexInfo::name)
                    .filter(name -> began(name).filter(oldest::isAfter).isPresent())
                    .toList();
            return old.isEmpty() ? CompletableFuture.completedFuture(null) : delete(old);
        });
        // What cannot be listed does not harm this check.
        return Futures.recover(swept, ScratchIndices::bearForGood);
    }

    private static Optional<Instant> began(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(Instant.ofEpochMilli(Long.parseLong(matcher.group("began"))))
                : Optional.empty();
    }

    /**
     * Restores, works, and deletes.
     *
     * @param part distinguishes what is restored by one call from what is by another
     * @param work gets a pattern that matches all of the restored indices and no others
     */
    <T> CompletableFuture<T> with(
            String part, String snapshot, List<String> indices, Function<String, CompletableFuture<T>> work) {
        String begin = prefix + part + "-";
        List<String> names = indices.stream().map(name -> begin + name).toList();
        RestoreRequest.Builder request = RestoreRequest.builder(snapshot).rename("(.+)", begin + "$1");
        indices.forEach(request::index);
        CompletableFuture<T> worked = store.restore(request.build())
                .thenCompose(accepted -> await(snapshot, names))
                .thenCompose(restored -> work.apply(begin + "*"))
                .thenCompose(result -> requireAllThere(names).thenApply(there -> result));
        return worked.handle((result, error) -> {
                    Throwable failure = error == null ? null : Futures.unwrap(error);
                    CompletableFuture<Void> cleaned = failure instanceof SnapshotStoreException refused
                                    && refused.reason() == SnapshotStoreException.Reason.INDEX_IN_THE_WAY
                            // Then these names belong to another process.
                            ? CompletableFuture.completedFuture(null)
                            : delete(names);
                    return cleaned.thenCompose(done -> worked);
                })
                .thenCompose(next -> next);
    }

    private CompletableFuture<Void> delete(List<String> names) {
        return Futures.recover(store.deleteIndices(names), error -> {
            leftBehind.add(String.join(", ", names) + " (" + error.getMessage() + ")");
            return bearForGood(error);
        });
    }

    private CompletableFuture<RestoreProgress> await(String snapshot, List<String> names) {
        return Polling.until(
                time,
                PATIENCE,
                () -> Futures.recover(
                        store.restoreProgress(names)
                                .thenApply(progress -> Optional.of(progress).filter(RestoreProgress::isComplete)),
                        ScratchIndices::bear),
                waited -> new WaitTimedOutException(
                        "The restore of the snapshot " + snapshot + " under scratch names",
                        waited,
                        "The engine says why with GET _cluster/allocation/explain."));
    }

    /** Retention knows restored indices by the age of the originals, and may delete one while it is read. */
    private CompletableFuture<Void> requireAllThere(List<String> names) {
        return store.restoreProgress(names).thenAccept(progress -> {
            if (!progress.isComplete()) {
                throw new CamundaBackupException(
                        "Restored scratch indices disappeared while they were read, so that what was read is worth nothing: "
                                + progress.indicesMissing() + " of " + names.size() + " are missing.");
            }
        });
    }

    /** An engine that cannot be asked for a moment does not end the wait; the deadline does. */
    private static <T> CompletableFuture<Optional<T>> bear(Throwable error) {
        return error instanceof RemoteCallException && FailureKind.of(error) != FailureKind.DENIED
                ? CompletableFuture.completedFuture(Optional.empty())
                : CompletableFuture.failedFuture(error);
    }

    private static CompletableFuture<Void> bearForGood(Throwable error) {
        return error instanceof CamundaBackupException
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(error);
    }
}
