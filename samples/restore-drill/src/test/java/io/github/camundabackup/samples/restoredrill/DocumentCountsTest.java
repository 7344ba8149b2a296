package io.github.camundabackup.samples.restoredrill;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.report.RestoreReport;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DocumentCountsTest {
    private static final RestoreReport RESTORED = RestoreReport.fromJson("""
            {
              "formatVersion" : 1, "backupId" : 17, "outcome" : "COMPLETED", "snapshotStore" : "somewhere",
              "startedAt" : "2026-01-01T00:00:00Z", "endedAt" : "2026-01-01T00:00:01Z", "deleted" : [ ],
              "indices" : [
                { "name" : "same", "snapshot" : "s", "state" : "RESTORED", "documents" : 3 },
                { "name" : "fewer", "snapshot" : "s", "state" : "RESTORED", "documents" : 4 }
              ],
              "remaining" : [ ], "warnings" : [ ]
            }
            """);

    @Test
    void onlyWhatHadAsManyDocumentsBeforeAndAfterIsKnown() {
        DocumentCounts before = new DocumentCounts(Map.of("same", 3L, "written", 3L, "deleted", 3L));
        DocumentCounts after = new DocumentCounts(Map.of("same", 3L, "written", 4L, "made", 1L));

        assertThat(before.unchangedUntil(after).documents()).isEqualTo(Map.of("same", 3L));
    }

    @Test
    void anIndexWithOtherDocumentsAndOneThatIsGoneAreDifferences() {
        DocumentCounts expected = new DocumentCounts(Map.of("same", 3L, "fewer", 5L, "left alone", 1L, "gone", 2L));
        DocumentCounts now = new DocumentCounts(Map.of("same", 3L, "fewer", 4L, "left alone", 7L));

        assertThat(expected.differencesTo(RESTORED, now))
                .containsExactlyInAnyOrder(
                        "fewer held 5 documents at the backup, and 4 were restored.",
                        "gone held 2 documents at the backup, and is not there any more.");
    }
}
