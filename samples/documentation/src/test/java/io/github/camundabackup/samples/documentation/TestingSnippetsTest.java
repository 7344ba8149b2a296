package io.github.camundabackup.samples.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.backup.BackupHandle;
import io.github.camundabackup.elasticsearch.ElasticsearchSnapshotStore;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.SimulatedControl;
import io.github.camundabackup.test.simulation.model.BackupFate;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RecordedRequest;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import io.github.camundabackup.test.simulation.model.Server;
import io.github.camundabackup.test.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** For README.md and docs/guide/testing.md: what is shown there is run here. */
class TestingSnippetsTest {

    // snippet
    @Test
    void aBackupOfAnHourIsTestedInMilliseconds() {
        VirtualTime time = VirtualTime.create();
        try (SimulatedCluster cluster = SimulatedCluster.builder()
                        .line(CamundaLine.V8_8)
                        .duration(Component.OPTIMIZE, Duration.ofHours(1))
                        .time(time)
                        .build();
                ClientResources resources = ClientResources.builder().time(time).build();
                CamundaBackupClient client = client(cluster, resources)) {
            BackupReport report = client.backup().completion().join();

            assertThat(report.duration()).isGreaterThan(Duration.ofHours(1));
            cluster.invariants().assertHold();
        }
    }

    private static CamundaBackupClient client(SimulatedCluster cluster, ClientResources resources) {
        return CamundaBackupClient.builder()
                .orchestrationCluster(cluster.orchestrationUri())
                .optimize(cluster.optimizeUri())
                .snapshotStore(ElasticsearchSnapshotStore.builder()
                        .endpoint(cluster.searchEngineUri())
                        .repository(cluster.repository())
                        .resources(resources)
                        .build())
                .resources(resources)
                .build();
    }
    // end

    @Test
    void clustersOfBothLinesCanBeDescribed() {
        // snippet
        SimulatedCluster.Builder builder = SimulatedCluster.builder()
                .line(CamundaLine.UP_TO_8_7)
                .version("8.7.2")
                .engine(SearchEngine.OPENSEARCH)
                .partitions(3)
                .duration(Component.OPERATE, Duration.ofSeconds(2))
                .contextPath(Server.OPERATE, "/operate");
        // end
        try (SimulatedCluster cluster = builder.build()) {
            assertThat(cluster.operateUri().getPath()).isEqualTo("/operate");
            assertThat(cluster.version()).isEqualTo("8.7.2");
        }
    }

    @Test
    void aFateIsShown() {
        VirtualTime time = VirtualTime.create();
        try (SimulatedCluster cluster = cluster(time);
                ClientResources resources = ClientResources.builder().time(time).build();
                CamundaBackupClient client = client(cluster, resources)) {
            // snippet
            cluster.faults().fate(Component.WEB_APPLICATIONS, BackupFate.FAILS);

            BackupHandle handle = client.backup();

            assertThatThrownBy(() -> handle.completion().join()).hasCauseInstanceOf(BackupFailedException.class);
            assertThat(cluster.exportingPaused()).isFalse();
            cluster.invariants().assertHold();
            // end
        }
    }

    @Test
    void aLostReplyIsShown() {
        VirtualTime time = VirtualTime.create();
        try (SimulatedCluster cluster = cluster(time);
                ClientResources resources = ClientResources.builder().time(time).build();
                CamundaBackupClient client = client(cluster, resources)) {
            // snippet
            RequestMatcher takeBackup = RequestMatcher.post("/actuator/backupRuntime");
            cluster.faults().at(takeBackup).answer(Fault.of(Fault.Kind.CUT_AFTERWARDS));

            BackupReport report = client.backup().completion().join();

            assertThat(cluster.faults().outstanding()).isZero();
            assertThat(cluster.requests(takeBackup)).hasSize(1);
            assertThat(report.step(Component.ZEEBE).orElseThrow().adopted()).isTrue();
            // end
        }
    }

    @Test
    void stepsCanBeEnumerated() {
        VirtualTime time = VirtualTime.create();
        try (SimulatedCluster cluster = cluster(time);
                ClientResources resources = ClientResources.builder().time(time).build();
                CamundaBackupClient client = client(cluster, resources)) {
            client.backup().completion().join();
            // snippet
            List<RecordedRequest> steps = cluster.steps();
            List<Fault> faults = Fault.all();
            // end
            assertThat(steps).extracting(RecordedRequest::step).contains("ORCHESTRATION POST /actuator/backupRuntime");
            assertThat(faults).isNotEmpty();
        }
    }

    @Test
    void aLossIsShown() {
        VirtualTime time = VirtualTime.create();
        try (SimulatedCluster cluster = cluster(time);
                ClientResources resources = ClientResources.builder().time(time).build();
                CamundaBackupClient client = client(cluster, resources)) {
            // snippet
            BackupReport backup = client.backup().completion().join();
            cluster.load(20);

            cluster.loseData();
            SimulatedControl control = cluster.control();
            control.start(control.components()).join(); // once on nothing, for the index templates

            RestoreClient restore =
                    client.restore(RestoreSettings.builder().control(control).build());
            RestorePlan plan = restore.plan(backup.backupId()).join();
            RestoreReport report = restore.execute(plan).completion().join();

            assertThat(report.outcome()).isEqualTo(RestoreReport.Outcome.COMPLETED);
            // end
            assertThat(report.remaining()).isEmpty();
        }
    }

    private static SimulatedCluster cluster(VirtualTime time) {
        return SimulatedCluster.builder().line(CamundaLine.V8_8).time(time).build();
    }
}
