package io.github.camundabackup.snapshot;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * An index of the engine.
 *
 * @param name its name
 * @param open whether it is open
 * @param documents how many documents it holds, nested ones counted, as of the last refresh; 0 for a closed one
 * @param replicas how many copies of each primary shard it wants
 * @param primaries how many primary shards it has; 0 if that is not known
 * @param bytes how much of the disks it takes up, copies counted; 0 if that is not known
 * @param created when it was made, by the engine's clock; of a restored one, when its original was. Empty if the store
 *     cannot say
 */
public record IndexInfo(
        String name, boolean open, long documents, int replicas, int primaries, long bytes, Optional<Instant> created) {
    public IndexInfo {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(created, "created");
    }

    /** An index of which no more is known. */
    public IndexInfo(String name, boolean open, long documents, int replicas) {
        this(name, open, documents, replicas, 0, 0, Optional.empty());
    }

    /** An index without replicas, of which no more is known. */
    public IndexInfo(String name, boolean open, long documents) {
        this(name, open, documents, 0);
    }
}
