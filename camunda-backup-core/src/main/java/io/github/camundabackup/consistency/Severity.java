package io.github.camundabackup.consistency;

/** The severity of a finding: what it means for the verdict. */
public enum Severity {
    /** It proves that the backup must not be restored. */
    ERROR,
    /** Something is still being made. */
    PENDING,
    /** Something could not be verified. */
    UNVERIFIED,
    /** Worth knowing; it does not change the verdict. */
    NOTE
}
