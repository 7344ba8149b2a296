package io.github.camundabackup.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.model.Component;
import io.github.camundabackup.test.simulation.model.BackupFate;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.Invariant;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.Violation;
import io.github.camundabackup.test.time.VirtualTime;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The engine outside is another simulation's; what it is asked is what a real one would be asked. */
class ExternalEngineTest {
    private static final String RECORDS = "/_snapshot/camunda_backup/camunda_zeebe_records_backup_5";

    private final Web web = new Web();
    private final SimulatedCluster outside = SimulatedCluster.builder()
            .withoutOptimize()
            .time(VirtualTime.create())
            .duration(Duration.ZERO)
            .build();
    private final SimulatedCluster cluster =
            SimulatedCluster.builder().externalEngine(outside.searchEngineUri()).build();

    @AfterEach
    void close() {
        cluster.close();
        outside.close();
    }

    private void awaitState(URI base, String state) {
        for (int i = 0; i < 10_000; i++) {
            if (web.state(base, "/actuator/backups/5").equals(state)) {
                return;
            }
        }
        throw new AssertionError("never " + state);
    }

    @Test
    void partsAreRealSnapshotsWithMetadataAndIndices() {
        assertThat(web.backup(cluster.optimizeUri(), 5).status()).isEqualTo(202);
        awaitState(cluster.optimizeUri(), "COMPLETED");

        var snapshot = web.get(
                        outside.searchEngineUri(), "/_snapshot/camunda_backup/camunda_optimize_5_8.6.0_part_2_of_2")
                .json()
                .path("snapshots")
                .get(0);
        assertThat(snapshot.at("/metadata/backupId").asInt()).isEqualTo(5);
        assertThat(snapshot.at("/metadata/partCount").asInt()).isEqualTo(2);
        assertThat(snapshot.path("indices")).hasSize(3);
        assertThat(web.get(outside.searchEngineUri(), "/optimize-process-definition_v6/_count")
                        .json()
                        .path("count")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void emptyPartsAreEmptySnapshots() {
        web.backup(cluster.operateUri(), 5);
        awaitState(cluster.operateUri(), "COMPLETED");

        assertThat(web.get(outside.searchEngineUri(), "/_snapshot/camunda_backup/camunda_operate_5_8.6.0_part_3_of_6")
                        .json()
                        .at("/snapshots/0/indices"))
                .isEmpty();
    }

    @Test
    void whatClientsAskGoesThroughTheJournalAndTheFaults() {
        cluster.faults().at(RequestMatcher.put(RECORDS)).answer(Fault.status(503));
        assertThat(web.put(cluster.searchEngineUri(), RECORDS, "{}").status()).isEqualTo(503);
        assertThat(web.put(cluster.searchEngineUri(), RECORDS, "{}").status()).isEqualTo(200);

        assertThat(cluster.requests(RequestMatcher.put(RECORDS))).hasSize(2);
        assertThat(web.get(outside.searchEngineUri(), RECORDS).status()).isEqualTo(200);
    }

    @Test
    void invariantsHoldForRealSnapshotsToo() {
        web.post(cluster.zeebeUri(), "/actuator/exporting/pause?soft=true");
        web.backup(cluster.zeebeUri(), 5);
        assertThat(cluster.invariants().violations())
                .extracting(Violation::invariant)
                .contains(Invariant.RECORDS_ARE_OLDER_THAN_CHECKPOINT);
    }

    @Test
    void aBackupCanStayIncompleteButNotFail() {
        cluster.faults().fate(Component.OPERATE, BackupFate.STAYS_INCOMPLETE);
        web.backup(cluster.operateUri(), 5);
        awaitState(cluster.operateUri(), "INCOMPLETE");

        assertThatThrownBy(() -> cluster.faults().fate(Component.OPERATE, BackupFate.FAILS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("real search engine");
        assertThatThrownBy(() -> cluster.faults().repositoryUnusable(true)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void deletingABackupDeletesItsSnapshots() {
        web.backup(cluster.optimizeUri(), 5);
        awaitState(cluster.optimizeUri(), "COMPLETED");

        web.delete(cluster.optimizeUri(), "/actuator/backups/5");
        awaitState(cluster.optimizeUri(), "404");
    }
}
