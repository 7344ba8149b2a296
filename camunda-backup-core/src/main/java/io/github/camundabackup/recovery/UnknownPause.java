package io.github.camundabackup.recovery;

/**
 * The choice of what a recovery does about a pause of exporting of which no journal knows: one that another tool or an
 * operator began.
 */
public enum UnknownPause {
    /** Report it, and leave it alone. */
    REPORT,
    /** Resume exporting. Only for an operator who knows that the pause is not needed. */
    RESUME
}
