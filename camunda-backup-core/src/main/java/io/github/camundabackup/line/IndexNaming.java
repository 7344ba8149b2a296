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
    /**
     * The exporter's, one for each type of record, version and day: {@code zeebe-record_job_8.6.0_2026-11-21}. Its
     * prefix has no underscore, so that {@code zeebe-record-eu_job_8.6.0_2026-11-21} is another cluster's.
     */
    RECORDS;

    /** What all names begin with that are of a prefix, and no names that are of a longer one where that can be seen. */
    public String beginning(String prefix) {
        return switch (this) {
            case VERSIONED, OPTIMIZE -> prefix;
            case RECORDS -> prefix + "_";
        };
    }

    /** A pattern of search engines for all names that are of a prefix. */
    public String pattern(String prefix) {
        return beginning(prefix) + "*";
    }
}
