package io.github.camundabackup.samples.classpath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import io.github.camundabackup.test.time.VirtualTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BackupToolTest {
    @Test
    void theLibraryRunsOnTheClassPath() {
        VirtualTime time = new VirtualTime(Instant.ofEpochSecond(1_700_000_000));
        try (SimulatedCluster cluster = SimulatedCluster.builder()
                        .line(CamundaLine.V8_8)
                        .engine(SearchEngine.OPENSEARCH)
                        .withoutOptimize()
                        .time(time)
                        .build();
                BackupTool tool = new BackupTool(
                        Endpoint.of(cluster.orchestrationUri()),
                        Endpoint.of(cluster.searchEngineUri()),
                        cluster.repository(),
                        ClientResources.builder().time(time).build())) {
            BackupId id = tool.nextId();

            assertEquals(BackupId.of(1_700_000_000), id);
            assertEquals("camunda_zeebe_records_backup_1700000000 at " + cluster.searchEngineUri(), tool.plan(id));

            BackupReport report = tool.backUp(id);

            assertEquals(BackupReport.Outcome.COMPLETED, report.outcome(), report.toString());
            cluster.invariants().assertHold();
            assertFalse(BackupId.class.getModule().isNamed());
        }
    }
}
