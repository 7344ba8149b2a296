package io.github.camundabackup.test.internal.searchengine;

import io.github.camundabackup.test.simulation.model.BackupFate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The operations that Camunda's components need of a search engine. */
public interface Snapshots {

    boolean repositoryExists();

    /** The snapshots that are there and whose names begin with the prefix, the oldest first. */
    List<Part> find(String prefix);

    /** Begins to take parts one after the other (or all at once). */
    void take(Series series);

    /** Whether parts that this prefix begins are still being taken or waiting. */
    boolean isTaking(String prefix);

    /** Forgets the parts that have not begun, as a component does that is restarted. */
    void forgetQueue(String prefix);

    /** Deletes what is there and what is still to come, after a while. */
    void delete(String prefix, Duration after);

    /**
     * A snapshot as a component reads it.
     *
     * @param name its name
     * @param uuid its id
     * @param state the engine's word
     * @param start when it began
     * @param end when it ended; its start, as long as it has not
     * @param failures what failed
     * @param partCount how many parts there are according to its metadata
     */
    record Part(
            String name, String uuid, String state, Instant start, Instant end, List<String> failures, int partCount) {}

    /**
     * A part to be taken.
     *
     * @param name the snapshot's name
     * @param indices the indices that go into it; those that do not exist are left out
     * @param metadata the snapshot's metadata
     */
    record PlannedPart(String name, List<String> indices, Map<String, Object> metadata) {}

    /**
     * Parts that belong together.
     *
     * @param prefix what all their names begin with
     * @param parts the parts in their order
     * @param slot how long one part takes, with the gap that follows it
     * @param gap how much of that lies between the end of one part and the beginning of the next
     * @param atOnce whether all begin at once
     * @param fate how they go
     * @param longPause the pause of {@link BackupFate#PAUSES_INCOMPLETE}
     */
    record Series(
            String prefix,
            List<PlannedPart> parts,
            Duration slot,
            Duration gap,
            boolean atOnce,
            BackupFate fate,
            Duration longPause) {

        /** How long a part is in progress, so that all of them together take as long as their slots. */
        Duration duration(boolean last) {
            if (atOnce) {
                return slot.multipliedBy(parts.size());
            }
            return last ? slot : slot.minus(gap);
        }
    }
}
