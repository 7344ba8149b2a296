package io.github.camundabackup.recovery;

/** What to do about a pause of exporting of which no journal knows: one of another tool, or of a person. */
public enum UnknownPause {
    /** Report it, and leave it alone. */
    REPORT,
    /** Resume exporting. Only for somebody who knows that nobody needs the pause. */
    RESUME
}
