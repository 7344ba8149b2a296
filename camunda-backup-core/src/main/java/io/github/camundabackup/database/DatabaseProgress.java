package io.github.camundabackup.database;

import java.util.Objects;

/**
 * How far a dump or a restore is.
 *
 * @param phase what is done
 * @param bytes how much was written or read in this phase; 0 where that is not known
 */
public record DatabaseProgress(Phase phase, long bytes) {
    public DatabaseProgress {
        Objects.requireNonNull(phase, "phase");
    }

    /** What is done, in this order. */
    public enum Phase {
        /** The tools, the database and its positions are looked at. */
        PREPARING,
        /** A tool dumps the database. */
        DUMPING,
        /** A tool restores the database. */
        RESTORING,
        /** What was written is read and put on record, or compared with the record. */
        CHECKING,
        /** Everything is there but the manifest. */
        CLOSING
    }
}
