package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.test.internal.camunda.PartitionLog.Written;
import io.github.camundabackup.test.internal.searchengine.SimulatedClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The records that exporters write into the search engine: with partition, position and a number in each value type,
 * without a gap; from 1, with the partition above the lower 51 bits (Zeebe's {@code RecordSequence}). Guarded by the
 * cluster's lock.
 */
public final class ExportedLog {
    private static final int PARTITION_SHIFT = 51;
    private static final String IMPORT_POSITIONS = "-import-position-";

    private final List<String> indices;
    private final int partitions;
    private final SimulatedClock clock;
    private final Map<Integer, PartitionLog> logs = new TreeMap<>();
    private final Map<Integer, Long> early = new HashMap<>();

    /**
     * @param all the indices of all components
     */
    public ExportedLog(List<String> all, ClusterSettings settings, SimulatedClock clock) {
        indices = all.stream().filter(ExportedLog::holdsRecords).toList();
        partitions = settings.partitions();
        this.clock = clock;
        lose();
    }

    public static boolean holdsRecords(String index) {
        return index.contains(IndexCatalog.RECORDS_PREFIX + "_");
    }

    /** Documents that are there from the beginning, by their ids: in each index as many. */
    public Map<String, Map<String, Object>> initial(String index, int count) {
        Map<String, Map<String, Object>> documents = new LinkedHashMap<>();
        for (int i = 1; i <= count; i++) {
            int partition = (i - 1) % partitions + 1;
            documents.put(
                    String.valueOf(i),
                    holdsRecords(index)
                            ? record(index, partition, Exporting.FIRST_POSITION + early.merge(partition, 1L, Long::sum))
                            : index.contains(IMPORT_POSITIONS)
                                    ? Map.of("partitionId", partition, "position", Exporting.FIRST_POSITION)
                                    : Map.of("position", i));
        }
        return documents;
    }

    /** More records in each partition, by their indices and ids. */
    public Map<String, Map<String, Map<String, Object>>> more(Exporting exporting, int count) {
        List<Written> written = new ArrayList<>();
        logs.forEach((partition, log) -> {
            log.confirm(exporting.exportedPosition(partition));
            for (int i = 0; i < count; i++) {
                long position = exporting.process(partition);
                if (!indices.isEmpty() && exporting.isWriting(partition)) {
                    String index = indices.get(i % indices.size());
                    Written record = new Written(index, position, record(index, partition, position));
                    log.append(record);
                    written.add(record);
                }
            }
        });
        return byIndex(written);
    }

    /**
     * What the exporters write when the brokers start: again all that they had written and not confirmed, under the
     * same ids.
     */
    Map<String, Map<String, Map<String, Object>>> again(Exporting exporting) {
        List<Written> written = new ArrayList<>();
        logs.forEach((partition, log) -> {
            if (exporting.isWriting(partition)) {
                written.addAll(log.unconfirmed());
            }
        });
        return byIndex(written);
    }

    /** What a backup holds of the log of one partition. */
    PartitionLog backUp(int partition, long exportedPosition) {
        PartitionLog copy = log(partition).copy();
        copy.confirm(exportedPosition);
        return copy;
    }

    /** Goes on from what a backup holds. */
    void restore(int partition, PartitionLog backup) {
        logs.put(partition, backup.copy());
    }

    /** Begins again from nothing. */
    void lose() {
        for (int partition = 1; partition <= partitions; partition++) {
            logs.put(partition, new PartitionLog());
        }
    }

    private Map<String, Object> record(String index, int partition, long position) {
        String type = index.split("_", -1)[1].toUpperCase(Locale.ROOT).replace('-', '_');
        return Map.of(
                "partitionId", partition,
                "position", position,
                "sequence",
                        ((long) partition << PARTITION_SHIFT) + log(partition).count(type),
                "valueType", type,
                "timestamp", clock.instant().toEpochMilli());
    }

    private PartitionLog log(int partition) {
        return Objects.requireNonNull(logs.get(partition));
    }

    private static Map<String, Map<String, Map<String, Object>>> byIndex(List<Written> written) {
        Map<String, Map<String, Map<String, Object>>> documents = new LinkedHashMap<>();
        written.forEach(record -> documents
                .computeIfAbsent(record.index(), name -> new LinkedHashMap<>())
                .put(record.id(), record.document()));
        return documents;
    }
}
