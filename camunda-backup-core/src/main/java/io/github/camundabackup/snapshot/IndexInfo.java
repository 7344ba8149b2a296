package io.github.camundabackup.snapshot;

import java.util.Objects;

/**
 * An index of the engine.
 *
 * @param name its name
 * @param open whether it is open
 * @param documents how many documents it holds, nested ones counted, as of the last refresh; 0 for a closed one
 * @param replicas how many copies of each primary shard it wants
 */
public record IndexInfo(String name, boolean open, long documents, int replicas) {
    public IndexInfo {
        Objects.requireNonNull(name, "name");
    }

    /** An index without replicas. */
    public IndexInfo(String name, boolean open, long documents) {
        this(name, open, documents, 0);
    }
}
