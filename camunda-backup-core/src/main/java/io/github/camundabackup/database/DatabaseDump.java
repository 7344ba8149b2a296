package io.github.camundabackup.database;

import java.util.Objects;
import java.util.Optional;

/**
 * What is in the place of the dumps under one name.
 *
 * @param id its name
 * @param state how far it is
 * @param backup what its manifest says; present if it is {@link State#COMPLETE}
 * @param detail what is to be known of one that is not complete, as a sentence; empty otherwise
 */
public record DatabaseDump(DumpId id, State state, Optional<DatabaseBackup> backup, String detail) {
    public DatabaseDump {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(detail, "detail");
        if (backup.isPresent() != (state == State.COMPLETE)) {
            throw new IllegalArgumentException("What is complete has a manifest, and nothing else has.");
        }
    }

    /** How far a dump is. */
    public enum State {
        /** Its manifest is there. Whether its files are as they were written, {@link DatabaseStore#verify} finds out. */
        COMPLETE,
        /** It is being made, or nothing shows yet that it is not. */
        RUNNING,
        /** Whoever made it has ended before. It is never good; the next backup removes it. */
        UNFINISHED,
        /** Its manifest cannot be read, or was written by a later version of this library. Nothing removes it. */
        UNREADABLE
    }
}
