package io.github.camundabackup.line;

/** The way a component names its indices, by which their kind and their owner are recognized. */
public enum IndexNaming {
    /**
     * {@code <prefix><kind>-<schema version>_}, followed by a date in indices of finished instances, as
     * {@code operate-event-8.3.0_2026-11-21}.
     */
    VERSIONED,
    /**
     * Optimize's: {@code <prefix><kind>_v<schema version>}, where instances of processes and decisions have their key
     * in between.
     */
    OPTIMIZE,
    /** The exporter's, one for each type of record, version and day: {@code zeebe-record_job_8.6.0_2026-11-21}. */
    RECORDS
}
