package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.test.internal.searchengine.SimulatedClock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What exporters write into the search engine: records with partition, position and a number in each value type, without a gap; from 1,
 * with the partition above the lower 51 bits (Zeebe's {@code RecordSequence}). Guarded by the cluster's lock.
 */
public final class ExportedLog {
    private static final int PARTITION_SHIFT = 51;
    private static final String IMPORT_POSITIONS = "-import-position-";

    private final List<String> indices;
    private final int partitions;
    private final SimulatedClock clock;
    private final Map<String, Long> counters = new HashMap<>();
    private final Map<Integer, Long> early = new HashMap<>();

    /**
     * @param all the indices of all components
     */
    public ExportedLog(List<String> all, ClusterSettings settings, SimulatedClock clock) {
        indices = all.stream().filter(ExportedLog::holdsRecords).toList();
        partitions = settings.partitions();
        this.clock = clock;
    }

    public static boolean holdsRecords(String index) {
        return index.startsWith(IndexCatalog.RECORDS_PREFIX);
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
        Map<String, Map<String, Map<String, Object>>> written = new LinkedHashMap<>();
        for (int partition = 1; partition <= partitions; partition++) {
            for (int i = 0; i < count; i++) {
                long position = exporting.process(partition);
                if (!indices.isEmpty() && exporting.isWriting(partition)) {
                    String index = indices.get(i % indices.size());
                    written.computeIfAbsent(index, name -> new LinkedHashMap<>())
                            .put(partition + "-" + position, record(index, partition, position));
                }
            }
        }
        return written;
    }

    private Map<String, Object> record(String index, int partition, long position) {
        String type = index.split("_", -1)[1].toUpperCase(Locale.ROOT).replace('-', '_');
        long number = counters.merge(partition + type, 1L, Long::sum);
        return Map.of(
                "partitionId", partition,
                "position", position,
                "sequence", ((long) partition << PARTITION_SHIFT) + number,
                "valueType", type,
                "timestamp", clock.instant().toEpochMilli());
    }
}
