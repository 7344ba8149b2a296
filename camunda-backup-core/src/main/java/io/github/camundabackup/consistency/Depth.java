package io.github.camundabackup.consistency;

/** The depth of a check. */
public enum Depth {
    /**
     * Looks at what the repository and the components say about the backup. Only reads, and takes a few requests. A
     * shard whose files are lost is not seen: a plan of a restore sees it, and {@link #POSITIONS}.
     */
    METADATA,
    /**
     * Asks the snapshots themselves too: restores the indices of exported records, and those of the import positions of
     * Operate and Tasklist, under scratch names beside what there is, reads them, and deletes them again. Takes as long
     * as a restore of these indices, and as much room in the search engine. Reads besides what describes each shard,
     * without which no engine restores it.
     */
    POSITIONS
}
