package io.github.camundabackup.snapshot;

import java.util.Objects;

/**
 * An index of the engine.
 *
 * @param name its name
 * @param open whether it is open
 * @param documents how many documents it holds, nested ones counted, as of the last refresh; 0 for a closed one
 */
public record IndexInfo(String name, boolean open, long documents) {
    public IndexInfo {
        Objects.requireNonNull(name, "name");
    }
}
