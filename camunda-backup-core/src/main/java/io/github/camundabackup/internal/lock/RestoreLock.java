package io.github.camundabackup.internal.lock;

import io.github.camundabackup.internal.failure.Outages;
import io.github.camundabackup.journal.BackupJournal;
import io.github.camundabackup.journal.JournaledRun;
import io.github.camundabackup.journal.JournaledRun.State;
import io.github.camundabackup.journal.RunHolder;
import io.github.camundabackup.journal.RunInProgressException;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.runtime.TimeSource;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The lock that keeps a restore away from backups of the same cluster, and from other restores: the one that backups
 * take, in the same journals. Thread-safe.
 */
public final class RestoreLock {
    private final Journals journals;
    private final Optional<PhysicalTenant> tenant;
    private final TimeSource time;

    private RestoreLock(Journals journals, Optional<PhysicalTenant> tenant, TimeSource time) {
        this.journals = journals;
        this.tenant = tenant;
        this.time = time;
    }

    /**
     * Makes a lock that is not taken yet. Nothing is sent.
     *
     * @param store done without if it keeps no journal, or refuses it
     * @param configured the journal that the cluster's backups are configured with beside it; must work
     * @param tenant whose backups are restored; empty if it is not known
     */
    public static RestoreLock of(
            SnapshotStore store, Optional<BackupJournal> configured, Optional<PhysicalTenant> tenant, TimeSource time) {
        return new RestoreLock(
                new Journals(store.journal(), configured, JournaledRun.Kind.RESTORE, tenant, time), tenant, time);
    }

    /**
     * Takes the lock, also from a run that was interrupted.
     *
     * @param backupId what is going to be restored
     * @param beforeTaking called as soon as no other run is known to live, and before anything is written; if it
     *     throws, nothing is
     * @param onLoss called once, if the lock is lost: another run may have it, so nothing may be changed any more
     * @return takes as long as the lease of its lock if there is an unfinished run: so long it is watched for a sign of
     *     life. Fails with {@link RunInProgressException} if it gives one, and if a journal cannot be read
     */
    public CompletableFuture<Held> take(BackupId backupId, Runnable beforeTaking, Consumer<Throwable> onLoss) {
        return journals.look()
                .thenCompose(found -> awaitSilence(found, Set.of()))
                .thenCompose(found -> {
                    beforeTaking.run();
                    return acquire(found, backupId, onLoss);
                });
    }

    /**
     * Completes when every run that has not ended is known to be dead.
     *
     * @param dead the holders of which that is known
     */
    private CompletableFuture<Journals.Found> awaitSilence(Journals.Found found, Set<String> dead) {
        Optional<JournaledRun> next = found.allUnfinished()
                .filter(run -> !dead.contains(run.holder().id()))
                .findFirst();
        if (next.isEmpty()) {
            return CompletableFuture.completedFuture(found);
        }
        String holder = next.get().holder().id();
        return journals.watch(found, next.get()).thenCompose(watched -> {
            if (!watched.alive()) {
                return awaitSilence(
                        watched.found(),
                        Stream.concat(dead.stream(), Stream.of(holder)).collect(Collectors.toSet()));
            }
            return watched.found()
                    .allUnfinished()
                    .filter(run -> run.holder().id().equals(holder))
                    .findFirst()
                    .map(run -> CompletableFuture.<Journals.Found>failedFuture(new RunInProgressException(run)))
                    .orElseGet(() -> awaitSilence(watched.found(), dead));
        });
    }

    private CompletableFuture<Held> acquire(Journals.Found found, BackupId backupId, Consumer<Throwable> onLoss) {
        RunHolder holder = RunHolder.here(time.now());
        Optional<JournaledRun> unfinished = found.allUnfinished().max(Comparator.comparing(JournaledRun::mayBePaused));
        JournaledRun.Builder ours = JournaledRun.builder(backupId, holder)
                .physicalTenant(unfinished
                        .map(JournaledRun::physicalTenant)
                        .or(() -> tenant)
                        .orElse(PhysicalTenant.DEFAULT));
        return RunJournal.acquire(
                        found,
                        holder,
                        State.RUNNING,
                        State.CANCELLED,
                        state -> content(ours.build().toBuilder(), state, unfinished),
                        time,
                        onLoss)
                .thenApply(journal -> new Held(
                        journal,
                        Stream.of(
                                        found.warnings().stream(),
                                        journal.warnings().stream(),
                                        unfinished.map(run -> run + " did not end well.").stream())
                                .flatMap(warnings -> warnings)
                                .toList()));
    }

    /**
     * A run that was interrupted stays so, with the pause that it may have left behind, until a restore has put an end
     * to it.
     */
    private static JournaledRun content(JournaledRun.Builder ours, State state, Optional<JournaledRun> unfinished) {
        ours.kind(JournaledRun.Kind.RESTORE).state(state);
        return switch (state) {
            case RUNNING, RECOVERING, FAILED -> {
                unfinished.ifPresent(run -> ours.pause(run.pause(), run.pausedAt()));
                yield ours.build();
            }
            case CANCELLED -> unfinished.orElseGet(ours::build);
            case COMPLETED, ABANDONED -> ours.build();
        };
    }

    /** A lock that is held, and renewed until it is given back. */
    public static final class Held {
        private final RunJournal journal;
        private final List<String> warnings;

        private Held(RunJournal journal, List<String> warnings) {
            this.journal = journal;
            this.warnings = warnings;
        }

        /** What an operator should know: that there is no journal, or that a run was interrupted before. */
        public List<String> warnings() {
            return warnings;
        }

        /** As {@link RunJournal#outlastOutages}. */
        public void outlastOutages(Duration longest, Outages.Watcher watcher) {
            journal.outlastOutages(longest, watcher);
        }

        /** To be waited for before each change: fails if the lock is lost, or if that cannot be found out. */
        public CompletableFuture<Void> confirm() {
            return journal.write();
        }

        /** Gives it back after a restore that is complete. Never fails; a warning if that could not be written. */
        public CompletableFuture<Optional<String>> completed() {
            return journal.end(State.COMPLETED);
        }

        /** As {@link #completed()}, after one that has changed nothing: all is as it was before the lock was taken. */
        public CompletableFuture<Optional<String>> unchanged() {
            return journal.end(State.CANCELLED);
        }

        /**
         * As {@link #completed()}, after one that ended half way: no backup is taken until another restore is complete.
         */
        public CompletableFuture<Optional<String>> incomplete() {
            return journal.end(State.FAILED);
        }
    }
}
