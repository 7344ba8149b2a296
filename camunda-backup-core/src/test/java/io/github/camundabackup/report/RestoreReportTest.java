package io.github.camundabackup.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.report.RestoreReport.Index;
import io.github.camundabackup.report.RestoreReport.Outcome;
import io.github.camundabackup.report.RestoreReport.State;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RestoreReportTest {
    private static final Instant AT = Instant.parse("2026-11-21T12:00:00.123Z");

    @Test
    void whatIsWrittenIsReadBack() {
        RestoreReport report = new RestoreReport(
                BackupId.of(17),
                Outcome.FAILED,
                "Elasticsearch, repository camunda, http://localhost:9200",
                AT,
                AT.plusSeconds(30),
                List.of("operate-list-view-8.3.0_"),
                List.of(
                        new Index("a", "camunda_operate_17_8.6.0_part_1_of_6", State.RESTORED, OptionalLong.of(3)),
                        new Index("b", "camunda_operate_17_8.6.0_part_1_of_6", State.UNKNOWN, OptionalLong.empty())),
                List.of("Restore Zeebe"),
                List.of("Accepted: TOO_FEW_DATA_NODES"),
                "The engine is gone.");

        RestoreReport read = RestoreReport.fromJson(report.toJson());

        assertThat(read).usingRecursiveComparison().isEqualTo(report);
        assertThat(read.toJson()).isEqualTo(report.toJson());
    }

    @Test
    void whatIsNoReportIsRefused() {
        assertThatThrownBy(() -> RestoreReport.fromJson("{\"formatVersion\":1,\"backupId\":17}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("This is no report of a restore: it has no outcome.");
    }
}
