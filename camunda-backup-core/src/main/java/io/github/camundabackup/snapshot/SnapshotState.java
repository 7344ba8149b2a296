package io.github.camundabackup.snapshot;

import java.util.Locale;

/** The state of a snapshot. */
public enum SnapshotState {
    /** It is being made; also called {@code STARTED} and, at first, {@code INIT}. */
    IN_PROGRESS,
    /** Complete. */
    SUCCESS,
    /** It ended, but some shards are missing: no backup. */
    PARTIAL,
    /** It ended, and nothing in it can be relied on. */
    FAILED,
    /** It was made by a version of the engine that this one cannot read. */
    INCOMPATIBLE,
    /**
     * The repository's catalogue names it, and what describes it cannot be read: its files are damaged or gone, or the
     * storage fails.
     */
    UNREADABLE,
    /** A word that this library does not know: neither ended nor a success. */
    UNKNOWN;

    /** Reads an engine's word for a state; never fails. */
    public static SnapshotState parse(String word) {
        return switch (word.strip().toUpperCase(Locale.ROOT)) {
            case "IN_PROGRESS", "STARTED", "INIT", "ABORTED" -> IN_PROGRESS;
            case "SUCCESS" -> SUCCESS;
            case "PARTIAL" -> PARTIAL;
            case "FAILED" -> FAILED;
            case "INCOMPATIBLE" -> INCOMPATIBLE;
            default -> UNKNOWN;
        };
    }

    /** Whether the engine will not change this state any more. */
    public boolean isTerminal() {
        return switch (this) {
            case SUCCESS, PARTIAL, FAILED, INCOMPATIBLE -> true;
            case IN_PROGRESS, UNREADABLE, UNKNOWN -> false;
        };
    }
}
