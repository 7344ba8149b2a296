package io.github.camundabackup.continuous;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the brokers say of their checkpoints and backups at a moment. The actuator leaves out what it could not read
 * without saying so: nothing said of a partition does not mean that there is nothing.
 *
 * @param newest the newest checkpoint of each partition
 * @param newestBackups the newest backup of each partition
 * @param ranges the ranges of each partition; those of one are in the order in which it gave them
 */
public record CheckpointState(
        Map<Integer, Checkpoint> newest,
        Map<Integer, Checkpoint> newestBackups,
        Map<Integer, List<CheckpointRange>> ranges) {
    public CheckpointState {
        newest = Collections.unmodifiableMap(new TreeMap<>(newest));
        newestBackups = Collections.unmodifiableMap(new TreeMap<>(newestBackups));
        Map<Integer, List<CheckpointRange>> copies = new TreeMap<>();
        ranges.forEach((partition, each) -> copies.put(partition, List.copyOf(each)));
        ranges = Collections.unmodifiableMap(copies);
    }
}
