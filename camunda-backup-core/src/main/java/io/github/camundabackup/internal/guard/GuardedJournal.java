package io.github.camundabackup.internal.guard;

import io.github.camundabackup.internal.foreign.ForeignCalls;
import io.github.camundabackup.journal.BackupJournal;
import io.github.camundabackup.journal.JournalEntry;
import io.github.camundabackup.runtime.ClientResources;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A journal held to the rules of its port, whoever implements it; as {@link GuardedSnapshotStore}. A journal that
 * blocks, on a file system that hangs for example, blocks no run. Thread-safe.
 */
public final class GuardedJournal implements BackupJournal {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final BackupJournal journal;
    private final String description;
    private final ForeignCalls calls;

    private GuardedJournal(BackupJournal journal, ForeignCalls calls) {
        this.journal = journal;
        description = journal.description();
        this.calls = calls;
    }

    /** The journal itself if it is guarded already. */
    public static BackupJournal of(BackupJournal journal, ClientResources resources) {
        return journal instanceof GuardedJournal ? journal : new GuardedJournal(journal, ForeignCalls.of(resources));
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public CompletableFuture<Optional<JournalEntry>> read() {
        return calls.send(description + ": reading", LIMIT, journal::read);
    }

    @Override
    public CompletableFuture<Optional<JournalEntry>> write(String text, Optional<JournalEntry> replaced) {
        return calls.send(description + ": writing", LIMIT, () -> journal.write(text, replaced));
    }

    @Override
    public String toString() {
        return description;
    }
}
