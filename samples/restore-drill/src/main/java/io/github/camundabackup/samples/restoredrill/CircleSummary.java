package io.github.camundabackup.samples.restoredrill;

import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.RestoreReport;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The summary of the whole circle.
 *
 * @param compared how many documents were expected, of the indices of which that is known
 * @param records how many exported records existed at the backup
 * @param recoveryTime from the loss until the cluster could be backed up again
 * @param lostTime how long before the loss the backup's state is
 * @param lostRecords how many exported records were younger than the backup
 * @param problems what is not as it was
 */
record CircleSummary(
        BackupReport backup,
        RestoreReport restored,
        DocumentCounts compared,
        long records,
        Duration recoveryTime,
        Duration lostTime,
        long lostRecords,
        List<String> problems) {

    /** In lines for people. */
    @Override
    public String toString() {
        long documents = restored.indices().stream()
                .mapToLong(index -> index.documents().orElse(0))
                .sum();
        int indices = restored.indices().size();
        int known = compared.documents().size();
        return String.join(
                        "\n",
                        "The whole circle: " + (problems.isEmpty() ? "PASSED" : "FAILED"),
                        "  Backup:        " + backup.backupId(),
                        "  Restored:      " + indices + " indices with " + documents + " documents, and Zeebe",
                        "  Compared:      " + known + " indices "
                                // That all of them fit is said only if there is no problem.
                                + (problems.isEmpty()
                                        ? "hold as many documents as were counted at the backup; "
                                        : "with the documents that were counted at the backup; ")
                                + (indices - known) + " were written to meanwhile",
                        "  Records:       " + records + " existed at the backup, and none is missing or doubled",
                        "  Recovery time: " + seconds(recoveryTime)
                                + " from the loss until a backup could be taken again",
                        "  Data loss:     the last " + seconds(lostTime) + " before the loss, with " + lostRecords
                                + " exported records")
                + problems.stream().map(problem -> "\n  PROBLEM: " + problem).collect(Collectors.joining());
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
