package io.github.camundabackup.consistency;

import java.util.Collection;

/** The verdict of a check on a backup. What could not be read makes it {@link #UNVERIFIABLE} at best. */
public enum Verdict {
    /**
     * Everything that a restore needs is there, complete, of one version and in the right order; nothing is left open.
     */
    CONSISTENT,
    /** Something is missing, broken, or does not belong together. It must not be restored. */
    INCONSISTENT,
    /** It is still being taken. */
    IN_PROGRESS,
    /** Nothing is known against it, but a source could not be read, or something has no evidence. */
    UNVERIFIABLE;

    /** One error decides, whatever else is open; then what is in progress counts, then what could not be verified. */
    static Verdict of(Collection<Finding> findings) {
        if (has(findings, Severity.ERROR)) {
            return INCONSISTENT;
        }
        if (has(findings, Severity.PENDING)) {
            return IN_PROGRESS;
        }
        return has(findings, Severity.UNVERIFIED) ? UNVERIFIABLE : CONSISTENT;
    }

    private static boolean has(Collection<Finding> findings, Severity severity) {
        return findings.stream().anyMatch(finding -> finding.severity() == severity);
    }
}
