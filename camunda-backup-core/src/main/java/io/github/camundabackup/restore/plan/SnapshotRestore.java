package io.github.camundabackup.restore.plan;

import io.github.camundabackup.model.SnapshotName;
import java.util.List;
import java.util.Objects;

/**
 * A snapshot that a plan restores, whole: with the aliases of its indices, without global state and feature states.
 *
 * @param name its name
 * @param uuid distinguishes it from another one of that name
 * @param indices the indices in it; none for a part of a young cluster
 */
public record SnapshotRestore(SnapshotName name, String uuid, List<String> indices) {
    public SnapshotRestore {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(uuid, "uuid");
        indices = List.copyOf(indices);
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
