package io.github.camundabackup.test.simulation.model;

/** The course of a component's backups from the moment they are accepted. */
public enum BackupFate {
    /** Everything is taken. */
    SUCCEEDS,
    /** The second part (or Zeebe's first partition) fails, and nothing is taken after it. */
    FAILS,
    /**
     * The second part is a {@code PARTIAL} snapshot, which Camunda calls a failure; for Zeebe, the last partition
     * fails.
     */
    PARTIAL,
    /** The second part (or Zeebe's first partition) stays in progress for ever. */
    STUCK,
    /** Nothing is taken after the second part; Zeebe's last partition never begins. A single snapshot succeeds. */
    STAYS_INCOMPLETE,
    /**
     * A long pause lies between the second part and the third, or before Zeebe's last partition. A single snapshot
     * succeeds.
     */
    PAUSES_INCOMPLETE,
    /** The second part is {@code INCOMPATIBLE}. For Zeebe, which never says so, as {@link #FAILS}. */
    INCOMPATIBLE
}
