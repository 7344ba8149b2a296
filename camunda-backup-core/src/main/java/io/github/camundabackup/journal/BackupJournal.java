package io.github.camundabackup.journal;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The journal of one cluster's runs: one small text that outlives the process that wrote it. It is replaced only by a
 * writer that knows the present text, so that it is the lock too: without holding the lock, no process can write.
 *
 * <p>There is one in the search engine of each snapshot store of this library, and {@link DirectoryJournal}. Another
 * one must pass {@code io.github.camundabackup.test.contract.BackupJournalContract} of the module
 * {@code camunda-backup-test}.
 *
 * <p><strong>Rules for implementations.</strong> Thread-safe. No method blocks longer than a local disk does. What goes
 * wrong comes through the future, as a {@code CamundaBackupException}: a journal that could not be read is not an empty
 * one.
 */
public interface BackupJournal {

    /** What it is and where, for messages. Without secrets. */
    String description();

    /** What was written last; empty if nothing ever was. Sees every write that has completed, of any process. */
    CompletableFuture<Optional<JournalEntry>> read();

    /**
     * Replaces what is there, if it is what the caller believes. When this completes, the text survives a crash of the
     * machine, as far as the place can promise that. If an answer is lost, the implementation finds out what happened;
     * a failure leaves that open.
     *
     * @param text the new text, of some kilobytes
     * @param replaced what the caller has read or written before; empty if nothing must be there
     * @return what is there now; empty if something else was there than the caller believed, or another process is
     *     writing at the same time, and then nothing was changed
     */
    CompletableFuture<Optional<JournalEntry>> write(String text, Optional<JournalEntry> replaced);
}
