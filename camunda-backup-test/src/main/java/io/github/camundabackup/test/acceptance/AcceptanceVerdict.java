package io.github.camundabackup.test.acceptance;

/** What came of a question. */
public enum AcceptanceVerdict {
    /** The cluster answered as the simulated one does. */
    SAME,
    /** The cluster answered otherwise. */
    DIFFERENT,
    /** The question was not asked; the reason says why. */
    NOT_ASKED,
    /** No answer came. */
    UNREACHABLE
}
