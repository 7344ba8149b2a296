package io.github.camundabackup.test.drill;

import io.github.camundabackup.internal.lock.RestoreLock;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.runtime.TimeSource;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The lock of restores, held until what a drill has restored is removed: another drill would delete it in the middle.
 * Used by one thread.
 */
final class DrillLock {
    private final CompletableFuture<Throwable> loss = new CompletableFuture<>();
    private RestoreLock.@Nullable Held held;

    /**
     * Takes it.
     *
     * @return what an operator should know
     */
    List<String> take(SnapshotStore store, BackupId backupId, TimeSource time) {
        RestoreLock.Held taken = RestoreLock.of(store, Optional.empty(), Optional.empty(), time)
                .take(backupId, () -> {}, loss::complete)
                .join();
        held = taken;
        return taken.warnings();
    }

    /**
     * Completes when it is lost, with the reason: then another run may have it, and nothing may be changed any more.
     */
    CompletableFuture<Throwable> loss() {
        return loss;
    }

    /**
     * To be called before each change: fails if it is lost, or if that cannot be found out. Where none was taken, none
     * is needed.
     */
    void confirm() {
        if (held != null) {
            held.confirm().join();
        }
    }

    /**
     * Gives it back, if it was taken.
     *
     * @return a warning if that was not possible
     */
    Optional<String> release() {
        return held == null ? Optional.empty() : held.completed().join();
    }
}
