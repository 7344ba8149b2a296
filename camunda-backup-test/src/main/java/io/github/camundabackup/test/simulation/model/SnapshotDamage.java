package io.github.camundabackup.test.simulation.model;

/** The damage of a snapshot: which of its files are lost from the repository, whose catalogue still names it. */
public enum SnapshotDamage {
    /** What describes the snapshot as a whole: it cannot be read, and hides all others from a plain listing. */
    DESCRIPTION,
    /** What describes its shards: it looks like a success, and cannot be restored. */
    SHARDS
}
