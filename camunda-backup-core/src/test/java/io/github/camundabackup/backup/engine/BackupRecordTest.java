package io.github.camundabackup.backup.engine;

import static io.github.camundabackup.support.Outcomes.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.backup.BackupListener;
import io.github.camundabackup.backup.BackupPlan;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.report.StepReport;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.support.SteppingTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BackupRecordTest {

    @Test
    void goesOnWhileAListenerTakesItsTime() throws Exception {
        try (ClientResources resources =
                ClientResources.builder().time(new SteppingTime()).build()) {
            goesOnWhileAListenerTakesItsTime(resources);
        }
    }

    private static void goesOnWhileAListenerTakesItsTime(ClientResources resources) throws Exception {
        CompletableFuture<Void> told = new CompletableFuture<>();
        CompletableFuture<Void> listenerReturns = new CompletableFuture<>();
        BackupRecord record = new BackupRecord(
                BackupId.of(17),
                PhysicalTenant.DEFAULT,
                "a repository",
                List.of(new BackupListener() {
                    @Override
                    public void stepStarted(BackupId backupId, Component component, Instant at) {
                        told.complete(null);
                        listenerReturns.join();
                    }
                }),
                resources,
                Instant.EPOCH);
        record.planned(BackupPlan.of(CamundaLine.V8_8, Set.of(Component.ZEEBE)), CamundaLines.known());
        record.stepIntended(Component.ZEEBE);

        record.stepStarted(Component.ZEEBE);
        resultOf(told);

        assertThat(record.states()).isEqualTo(Map.of(Component.ZEEBE, StepReport.State.STARTED));
        record.stepFailed(Component.ZEEBE, new IllegalStateException("for a test"));
        assertThat(record.states()).isEqualTo(Map.of(Component.ZEEBE, StepReport.State.FAILED));
        listenerReturns.complete(null);
    }
}
