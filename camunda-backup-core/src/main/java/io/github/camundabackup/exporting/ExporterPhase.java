package io.github.camundabackup.exporting;

import java.util.Locale;

/** The phase of a partition's exporters on one broker. */
public enum ExporterPhase {
    /** They export, and confirm to the log how far. */
    EXPORTING,
    /** They do not export. */
    PAUSED,
    /**
     * They export, but do not confirm to the log how far, so that nothing is deleted from it that a backup may need.
     */
    SOFT_PAUSED,
    /** They are not running. */
    CLOSED,
    /** A word that this library does not know. */
    UNKNOWN;

    static ExporterPhase parse(String word) {
        return switch (word.strip().toUpperCase(Locale.ROOT)) {
            case "EXPORTING" -> EXPORTING;
            case "PAUSED" -> PAUSED;
            case "SOFT_PAUSED" -> SOFT_PAUSED;
            case "CLOSED" -> CLOSED;
            default -> UNKNOWN;
        };
    }
}
