package io.github.camundabackup.samples.restoredrill;

import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts the documents in a cluster's indices. No engine knows how many a snapshot holds, so they must be counted
 * before.
 */
record DocumentCounts(Map<String, Long> documents) {

    /** Counts them now. */
    static DocumentCounts of(SnapshotStore store, RestoreSettings settings) {
        List<String> patterns = Component.known().stream()
                .flatMap(component -> settings.indexPrefixes(component).stream())
                .map(prefix -> prefix + "*")
                .distinct()
                .toList();
        List<String> indices =
                store.listIndices(patterns).join().stream().map(IndexInfo::name).toList();
        return new DocumentCounts(store.documentCounts(indices).join());
    }

    /**
     * Those of the indices that had as many documents at both times: what a backup between them holds is known of these
     * only.
     */
    DocumentCounts unchangedUntil(DocumentCounts later) {
        Map<String, Long> unchanged = new TreeMap<>(documents);
        unchanged.entrySet().removeIf(index -> !index.getValue().equals(later.documents.get(index.getKey())));
        return new DocumentCounts(unchanged);
    }

    /**
     * What is not as it was: a sentence for each index.
     *
     * @param now what there is; an index that is in no backup, and was left alone, must be among it
     */
    List<String> differencesTo(RestoreReport restored, DocumentCounts now) {
        Map<String, Long> found = new TreeMap<>();
        restored.indices()
                .forEach(index -> found.put(index.name(), index.documents().orElse(-1)));
        List<String> differences = new ArrayList<>();
        documents.forEach((index, expected) -> {
            if (found.containsKey(index) && !expected.equals(found.get(index))) {
                differences.add(index + " held " + expected + " documents at the backup, and " + found.get(index)
                        + " were restored.");
            } else if (!now.documents.containsKey(index)) {
                differences.add(index + " held " + expected + " documents at the backup, and is not there any more.");
            }
        });
        return differences;
    }
}
