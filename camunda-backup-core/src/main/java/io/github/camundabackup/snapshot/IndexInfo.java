package io.github.camundabackup.snapshot;

import java.util.Objects;

/**
 * An index of the engine.
 *
 * @param name its name
 * @param open whether it is open
 * @param documents how many documents it holds, nested ones counted, as of the last refresh; 0 for a closed one
 * @param replicas how many copies of each primary shard it wants
 * @param primaries how many primary shards it has; 0 if that is not known
 * @param bytes how much of the disks it takes up, copies counted; 0 if that is not known
 */
public record IndexInfo(String name, boolean open, long documents, int replicas, int primaries, long bytes) {
    public IndexInfo {
        Objects.requireNonNull(name, "name");
    }

    /** An index of which no more is known. */
    public IndexInfo(String name, boolean open, long documents, int replicas) {
        this(name, open, documents, replicas, 0, 0);
    }

    /** An index without replicas. */
    public IndexInfo(String name, boolean open, long documents) {
        this(name, open, documents, 0, 0, 0);
    }
}
