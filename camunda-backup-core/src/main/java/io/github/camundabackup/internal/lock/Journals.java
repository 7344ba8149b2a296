package io.github.camundabackup.internal.lock;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.SnapshotStoreException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.concurrent.Polling;
import io.github.camundabackup.journal.BackupJournal;
import io.github.camundabackup.journal.JournalEntry;
import io.github.camundabackup.journal.JournaledRun;
import io.github.camundabackup.journal.RunHolder;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.runtime.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The journals of one cluster, which hold its lock: that of the snapshot store, if it keeps one, and a configured one.
 */
public final class Journals {
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final List<Place> places;
    private final JournaledRun.Kind kind;
    private final Optional<PhysicalTenant> tenant;
    private final TimeSource time;

    /**
     * @param kind what is going to be done
     * @param tenant whose backup that is; empty if it is not known
     */
    public Journals(
            Optional<BackupJournal> ofStore,
            Optional<BackupJournal> configured,
            JournaledRun.Kind kind,
            Optional<PhysicalTenant> tenant,
            TimeSource time) {
        places = Stream.concat(
                        ofStore.stream().map(journal -> new Place(journal, true)),
                        configured.stream().map(journal -> new Place(journal, false)))
                .toList();
        this.kind = kind;
        this.tenant = tenant;
        this.time = time;
    }

    /**
     * A journal.
     *
     * @param dispensable whether backups are taken without it if it is refused, as it was not configured
     */
    record Place(BackupJournal journal, boolean dispensable) {
        /**
         * Whether to go on without it after such a failure. Only where a privilege is missing, that is so for ever and
         * for all; anything else may pass, and meanwhile another run may hold the lock.
         */
        boolean canDoWithout(Throwable failure) {
            return dispensable
                    && failure instanceof SnapshotStoreException refusal
                    && refusal.reason() == SnapshotStoreException.Reason.FORBIDDEN;
        }
    }

    /** What a journal holds. */
    record Page(Place place, Optional<JournalEntry> entry, Optional<JournaledRun> run) {
        static Page of(Place place, Optional<JournalEntry> entry) {
            return new Page(
                    place,
                    entry,
                    entry.map(found ->
                            JournaledRun.fromJson(found.text(), place.journal().description())));
        }

        public Optional<JournaledRun> unfinished() {
            return run.filter(JournaledRun::needsRecovery);
        }
    }

    /** What all of them hold. */
    public record Found(List<Page> pages, List<String> warnings) {
        /** A run that has not ended, or left a pause behind. */
        public Optional<JournaledRun> unfinished() {
            return allUnfinished().findFirst();
        }

        Stream<JournaledRun> allUnfinished() {
            return pages.stream().flatMap(page -> page.unfinished().stream());
        }

        /** All but what holds yet another unfinished run, which must not be overwritten. */
        public Found without(JournaledRun run) {
            return new Found(
                    pages.stream()
                            .filter(page -> page.unfinished()
                                    .filter(other -> !other.holder()
                                            .id()
                                            .equals(run.holder().id()))
                                    .isEmpty())
                            .toList(),
                    warnings);
        }

        public Found warning(String more) {
            return new Found(
                    pages, Stream.concat(warnings.stream(), Stream.of(more)).toList());
        }

        /** Only what is written by the given holder. */
        Found heldBy(RunHolder holder) {
            return new Found(
                    pages.stream()
                            .filter(page -> page.run()
                                    .filter(run -> run.holder().id().equals(holder.id()))
                                    .isPresent())
                            .toList(),
                    warnings);
        }
    }

    public CompletableFuture<Found> look() {
        List<String> warnings = new ArrayList<>();
        return Futures.all(places.stream().map(place -> look(place, warnings)).toList())
                .thenApply(pages -> {
                    List<Page> there = pages.stream().flatMap(Optional::stream).toList();
                    there.forEach(this::requireOwn);
                    if (there.isEmpty()) {
                        warnings.add(withoutJournal(kind));
                    }
                    return new Found(there, List.copyOf(warnings));
                });
    }

    /**
     * A pause that another physical tenant's run has left behind can only be ended at that tenant: whoever took over
     * its run would resume his own exporting, and call the run ended.
     */
    private void requireOwn(Page page) {
        page.unfinished()
                .filter(run ->
                        tenant.filter(own -> !own.equals(run.physicalTenant())).isPresent())
                .filter(run -> run.kind() == JournaledRun.Kind.BACKUP || run.mayBePaused())
                .ifPresent(run -> {
                    throw new CamundaBackupException(run + " has not ended, and stands in "
                            + page.place().journal().description()
                            + ", which is thus the journal of the physical tenant " + run.physicalTenant()
                            + ". Give each tenant a snapshot repository and a journal of its own. If it does not end"
                            + " any more, recover it with a client of that tenant.");
                });
    }

    private static CompletableFuture<Optional<Page>> look(Place place, List<String> warnings) {
        return Futures.recover(
                place.journal().read().thenApply(entry -> Optional.of(Page.of(place, entry))), failure -> {
                    if (!place.canDoWithout(failure)) {
                        return CompletableFuture.failedFuture(failure);
                    }
                    synchronized (warnings) {
                        warnings.add(refused(failure));
                    }
                    return CompletableFuture.completedFuture(Optional.empty());
                });
    }

    static String refused(Throwable failure) {
        return "The journal in the search engine cannot be used: " + failure.getMessage();
    }

    static CamundaBackupException contended(BackupJournal journal) {
        return new CamundaBackupException(
                "Another process is writing to " + journal.description() + " at the same moment. Try again.");
    }

    static String withoutJournal(JournaledRun.Kind kind) {
        String known = switch (kind) {
            case BACKUP ->
                "no recovery will find this backup, and exporting stays paused until an operator resumes it; and"
                        + " nothing keeps another backup";
            case RESTORE -> "no recovery will find this restore; and nothing keeps a backup or another restore";
        };
        return "There is no journal: should this process be killed, " + known
                + " from starting meanwhile. Configure a directory for the"
                + " journal, or grant what the one in the search engine needs.";
    }

    /**
     * Watches the journal until the run gives a sign of life, or has given none for as long as it may be silent. No
     * clock but this machine's own is asked, and that only how much has passed: clocks differ, and jump. A process that
     * is known to have ended is not watched.
     *
     * @return what is there in the end, and whether the run lives
     */
    public CompletableFuture<Watched> watch(Found first, JournaledRun run) {
        if (!run.state().isOpen()) {
            return CompletableFuture.completedFuture(new Watched(first, false));
        }
        if (run.holder().hasEnded() && !mayHaveEffectsYet(run)) {
            return CompletableFuture.completedFuture(new Watched(first, false));
        }
        long start = time.nanoTime();
        return Polling.until(
                time,
                run.lease().plus(LOOK),
                () -> look().thenCompose(now -> {
                    if (isWrittenSince(versions(first.heldBy(run.holder())), versions(now.heldBy(run.holder())))) {
                        return CompletableFuture.completedFuture(Optional.of(new Watched(now, true)));
                    }
                    if (time.nanoTime() - start >= run.lease().toNanos()) {
                        return CompletableFuture.completedFuture(Optional.of(new Watched(now, false)));
                    }
                    return time.delay(LOOK).thenApply(passed -> Optional.empty());
                }),
                waited -> new CamundaBackupException("Could not find out whether " + run + " lives."));
    }

    /**
     * The last request of a process may be under way when it ends: a pause must not take effect after resuming, nor a
     * deletion in what is being restored.
     */
    private static boolean mayHaveEffectsYet(JournaledRun run) {
        return switch (run.kind()) {
            case BACKUP -> run.mayBePaused() && run.evidence().isEmpty();
            case RESTORE -> true;
        };
    }

    /** A journal that cannot be read any more, or is gone, shows no life. */
    private static boolean isWrittenSince(Map<Place, String> first, Map<Place, String> now) {
        return now.entrySet().stream()
                .anyMatch(page -> !page.getValue().equals(first.getOrDefault(page.getKey(), page.getValue())));
    }

    private static Map<Place, String> versions(Found found) {
        return found.pages().stream()
                .filter(page -> page.entry().isPresent())
                .collect(Collectors.toMap(
                        Page::place,
                        page -> page.entry().map(JournalEntry::version).orElseThrow()));
    }

    public record Watched(Found found, boolean alive) {}
}
