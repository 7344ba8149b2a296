package io.github.camundabackup.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.exporting.PauseEvidence;
import io.github.camundabackup.journal.JournaledRun;
import io.github.camundabackup.journal.RunHolder;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.recovery.RecoveryReport.Outcome;
import io.github.camundabackup.recovery.StepOutcome.Found;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.IndexCoverage;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.report.StepReport;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecoveryReportTest {
    private static final Instant AT = Instant.parse("2026-11-21T12:00:00.123Z");

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsReadBack(Outcome outcome) {
        RecoveryReport report = new RecoveryReport(
                outcome,
                AT,
                Optional.of(
                        JournaledRun.builder(BackupId.of(17), new RunHolder("id", "host", 4711, Optional.empty(), AT))
                                .state(JournaledRun.State.RECOVERING)
                                .pause(PauseReport.State.PAUSED, Optional.of(AT.minusSeconds(60)))
                                .lease(Duration.ofSeconds(61))
                                .steps(Map.of(Component.OPERATE, StepReport.State.STARTED))
                                .task(Optional.of(new JournaledRun.Task(Optional.of("zeebe-record_*"), "store")))
                                .evidence(Optional.of(new PauseEvidence(AT, Map.of(1, 100L, 2, -1L))))
                                .build()),
                new PauseReport(
                        PauseReport.State.RESUMED,
                        Optional.of(AT.minusSeconds(60)),
                        Optional.of(AT),
                        false,
                        true,
                        Optional.of(URI.create("http://zeebe:9600"))),
                List.of(
                        new StepOutcome(
                                Component.OPERATE, StepReport.State.STARTED, Found.UNKNOWN, Optional.of("INCOMPLETE")),
                        new StepOutcome(
                                Component.ZEEBE, StepReport.State.COMPLETED, Found.COMPLETED, Optional.empty())),
                Optional.of(new BackupReport(
                        BackupId.of(17),
                        PhysicalTenant.DEFAULT,
                        BackupReport.Outcome.COMPLETED,
                        null,
                        "store",
                        AT,
                        AT,
                        List.of(),
                        PauseReport.none(),
                        List.of(),
                        null,
                        IndexCoverage.of(List.of("operate-batch-operation-1.0.0_2026-10-01")))),
                List.of("The journal could not be written."));

        RecoveryReport read = RecoveryReport.fromJson(report.toJson());

        assertThat(read).usingRecursiveComparison().isEqualTo(report);
        assertThat(read.toJson()).isEqualTo(report.toJson());
    }

    @Test
    void whatIsNotKnownIsNotWritten() {
        RecoveryReport report = new RecoveryReport(
                Outcome.NOTHING_FOUND,
                AT,
                Optional.empty(),
                PauseReport.none(),
                List.of(),
                Optional.empty(),
                List.of());

        assertThat(RecoveryReport.fromJson(report.toJson()))
                .usingRecursiveComparison()
                .isEqualTo(report);
    }

    @Test
    void whatIsNoReportIsRefused() {
        assertThatThrownBy(() -> RecoveryReport.fromJson("no JSON"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("This is no report of a recovery: ");
        assertThatThrownBy(() -> RecoveryReport.fromJson("{\"formatVersion\":2}"))
                .hasMessageContaining("formatVersion is 2, and 1 is known");
        assertThatThrownBy(() -> RecoveryReport.fromJson("{\"formatVersion\":1}"))
                .hasMessageContaining("it has no outcome");
        assertThatThrownBy(() -> RecoveryReport.fromJson("{\"formatVersion\":1,\"outcome\":\"WON\"}"))
                .hasMessageContaining("a value that is not known: WON");
    }
}
