package io.github.camundabackup.model;

import java.util.Locale;

/**
 * The state of one component's backup, in the union of the words that Camunda's components use. {@link #UNKNOWN} stands
 * for a word that this library does not know: it is neither terminal nor a success.
 */
public enum BackupState {
    /** Everything of it exists. Optimize's documentation writes {@code COMPLETE}, which is read as this. */
    COMPLETED(true),
    /** It is being taken. */
    IN_PROGRESS(false),
    /**
     * Parts are missing: a passing state between two parts, and a lasting one when a component was restarted in the
     * middle.
     */
    INCOMPLETE(false),
    /** It failed; its id cannot be used again. */
    FAILED(true),
    /** A snapshot of it cannot be read by the search engine. */
    INCOMPATIBLE(true),
    /** There is nothing under that id (yet). */
    DOES_NOT_EXIST(false),
    /** It was deleted (Camunda 8.9 and later). */
    DELETED(true),
    /** A word that this library does not know. */
    UNKNOWN(false);

    private final boolean terminal;

    BackupState(boolean terminal) {
        this.terminal = terminal;
    }

    /** Whether the component will not change this state by itself any more. */
    public boolean isTerminal() {
        return terminal;
    }

    /** Reads a component's word for a state, in any case; never fails. */
    public static BackupState parse(String word) {
        return switch (word.strip().toUpperCase(Locale.ROOT)) {
            case "COMPLETED", "COMPLETE" -> COMPLETED;
            case "IN_PROGRESS" -> IN_PROGRESS;
            case "INCOMPLETE" -> INCOMPLETE;
            case "FAILED" -> FAILED;
            case "INCOMPATIBLE" -> INCOMPATIBLE;
            case "DOES_NOT_EXIST" -> DOES_NOT_EXIST;
            case "DELETED" -> DELETED;
            default -> UNKNOWN;
        };
    }
}
