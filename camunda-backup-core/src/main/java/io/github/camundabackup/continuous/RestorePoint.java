package io.github.camundabackup.continuous;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A checkpoint to which all partitions can be restored, and what each is restored from.
 *
 * @param checkpointId the same in all partitions
 * @param time when it was made, by the clock of the first partition's broker; empty if it is not said
 * @param backups the ids of the backups of each partition, ascending, with no gap between them
 */
public record RestorePoint(long checkpointId, Optional<Instant> time, Map<Integer, List<Long>> backups) {
    public RestorePoint {
        Map<Integer, List<Long>> copies = new TreeMap<>();
        backups.forEach((partition, ids) -> copies.put(partition, List.copyOf(ids)));
        backups = Collections.unmodifiableMap(copies);
    }
}
