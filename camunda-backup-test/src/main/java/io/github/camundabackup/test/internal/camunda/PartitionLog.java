package io.github.camundabackup.test.internal.camunda;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The exported records of one partition: how many of each value type there were, and those that its exporters have not
 * confirmed. Guarded by the cluster's lock.
 */
final class PartitionLog {
    private final Map<String, Long> counters = new HashMap<>();
    private final List<Written> unconfirmed = new ArrayList<>();

    /**
     * A record as an exporter writes it.
     *
     * @param index where it goes
     * @param position its position in the log
     * @param document what is written
     */
    record Written(String index, long position, Map<String, Object> document) {
        /** The document's id: with the same record, always the same. */
        String id() {
            return document.get("partitionId") + "-" + position;
        }
    }

    /** The number of one more record of a value type, from 1. */
    long count(String type) {
        return counters.merge(type, 1L, Long::sum);
    }

    void append(Written record) {
        unconfirmed.add(record);
    }

    /** Forgets what is confirmed: no exporter will write it again. */
    void confirm(long exportedPosition) {
        unconfirmed.removeIf(record -> record.position() <= exportedPosition);
    }

    List<Written> unconfirmed() {
        return List.copyOf(unconfirmed);
    }

    PartitionLog copy() {
        PartitionLog copy = new PartitionLog();
        copy.counters.putAll(counters);
        copy.unconfirmed.addAll(unconfirmed);
        return copy;
    }
}
