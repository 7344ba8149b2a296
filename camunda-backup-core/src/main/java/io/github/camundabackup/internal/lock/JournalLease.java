package io.github.camundabackup.internal.lock;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.journal.BackupJournal;
import io.github.camundabackup.journal.JournalEntry;
import io.github.camundabackup.journal.JournaledRun;
import io.github.camundabackup.journal.RunHolder;
import io.github.camundabackup.runtime.TimeSource;
import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A lease on the lock in one journal, renewed by each write of its run. A write fails once another process has written.
 * For one write at a time.
 */
final class JournalLease {
    private static final int ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final BackupJournal journal;
    private final RunHolder holder;
    private final TimeSource time;
    private volatile JournalEntry entry;

    /**
     * @param holder the run that writes
     * @param entry what it wrote
     */
    JournalLease(BackupJournal journal, RunHolder holder, JournalEntry entry, TimeSource time) {
        this.journal = journal;
        this.holder = holder;
        this.entry = entry;
        this.time = time;
    }

    /** Fails with {@link LostException} if the journal is not the run's any more. */
    CompletableFuture<Void> write(String text) {
        return write(text, ATTEMPTS);
    }

    private CompletableFuture<Void> write(String text, int attempts) {
        return journal.write(text, Optional.of(entry)).thenCompose(written -> {
            if (written.isPresent()) {
                entry = written.get();
                return CompletableFuture.completedFuture(null);
            }
            return journal.read().thenCompose(found -> {
                requireOurs(found);
                entry = found.orElseThrow(this::deleted);
                return attempts > 1
                        ? time.delay(PAUSE).thenCompose(passed -> write(text, attempts - 1))
                        : CompletableFuture.failedFuture(Journals.contended(journal));
            });
        });
    }

    /** Fails with {@link LostException} if another run has the lock. */
    CompletableFuture<Void> requireOurs() {
        return journal.read().thenAccept(this::requireOurs);
    }

    private void requireOurs(Optional<JournalEntry> found) {
        found.map(other -> JournaledRun.fromJson(other.text(), journal.description()))
                .filter(other -> !other.holder().id().equals(holder.id()))
                .ifPresent(other -> {
                    throw new LostException(
                            other + " has taken it, as this run gave no sign of life for too long.", true);
                });
    }

    private LostException deleted() {
        return new LostException(journal.description() + " was deleted.", false);
    }

    /** The lock was lost. */
    static final class LostException extends CamundaBackupException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final boolean takenOver;

        LostException(String how, boolean takenOver) {
            super("The lock was lost: " + how);
            this.takenOver = takenOver;
        }

        /** Whether another run has it now, and with it the duty to resume exporting. */
        boolean isTakenOver() {
            return takenOver;
        }
    }
}
