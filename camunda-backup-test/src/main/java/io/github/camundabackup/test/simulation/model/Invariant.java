package io.github.camundabackup.test.simulation.model;

/** An invariant that must hold for every backup, whatever goes wrong. */
public enum Invariant {
    /** At the end, every partition exports. */
    EXPORTING_IS_RESUMED,
    /** Exporting is paused on every partition when the records' snapshot begins and when Zeebe's checkpoint is made. */
    EXPORTING_IS_PAUSED_FOR_RECORDS_AND_ZEEBE,
    /** From 8.8: exporting is paused on every partition before the backup of the web applications begins. */
    EXPORTING_IS_PAUSED_BEFORE_WEB_APPLICATIONS,
    /**
     * The records' snapshot has succeeded before Zeebe's checkpoint is made; later records would be ghosts after a
     * restore.
     */
    RECORDS_ARE_OLDER_THAN_CHECKPOINT,
    /** Up to 8.7: Operate, Tasklist and Optimize are complete before the records' snapshot begins. */
    WEB_APPLICATIONS_ARE_OLDER_THAN_RECORDS,
    /** No component is asked for a backup with a lower id than before. */
    IDS_INCREASE,
    /**
     * Taking a backup deletes nothing, but for a records' snapshot that began in the pause that is on and ended as
     * {@code PARTIAL}: it may be taken again.
     */
    NOTHING_IS_DELETED
}
