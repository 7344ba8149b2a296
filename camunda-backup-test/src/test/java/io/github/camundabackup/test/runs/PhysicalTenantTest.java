package io.github.camundabackup.test.runs;

import static io.github.camundabackup.test.assertion.BackupAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.PreflightFailedException;
import io.github.camundabackup.consistency.FindingCode;
import io.github.camundabackup.endpoint.Wire;
import io.github.camundabackup.error.ConfigurationMismatchException;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.RecordedRequest;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.Server;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Backups of single physical tenants of a cluster that has several. */
class PhysicalTenantTest extends AbstractEngineTest {
    private final Scene.Stage stage = Scene.Stage.create();
    private final TenantScene scene =
            new TenantScene(engine(), stores(), stage.resources(), cluster -> cluster.time(stage.time()));

    @AfterEach
    void close() {
        scene.close();
        stage.close();
    }

    @ParameterizedTest
    @EnumSource
    void backupOfATenantIsWholeAndTouchesNoOther(Wire wire) {
        try (CamundaBackupClient client = scene.client(scene.eu(), wire).build()) {
            BackupReport backup = client.backup().completion().join();

            assertThat(client.consistency().check(backup).join())
                    .isConsistent()
                    .hasOnlyFindings(FindingCode.INDEX_PREFIX_UNUSUAL)
                    .provesEveryPartition();
            assertThat(backup.physicalTenant()).hasToString(TenantScene.EU);
            assertThat(BackupReport.fromJson(backup.toJson()).physicalTenant()).isEqualTo(backup.physicalTenant());
            assertThat(backup.toString()).contains("of the physical tenant eu:");
            assertThat(backup.line()).contains("8.10");
            assertThat(backup.warnings()).isEmpty();
            assertThat(backup.pause().state()).isEqualTo(PauseReport.State.RESUMED);
            assertThat(scene.eu().pauseWindows()).hasSize(1);
            scene.eu().invariants().assertHold();
            for (SimulatedCluster other : List.of(scene.cluster(), scene.west())) {
                assertThat(other.pauseWindows()).isEmpty();
            }
            for (SimulatedCluster other : List.of(scene.cluster(), scene.west())) {
                try (CamundaBackupClient others = scene.client(other, wire).build()) {
                    assertThat(others.consistency().checkAll().join()).isEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyRequestNamesTheTenant(Wire wire) {
        try (CamundaBackupClient client = scene.client(scene.eu(), wire).build()) {
            client.backup().completion().join();

            assertThat(scene.cluster().requests())
                    .filteredOn(request -> request.server() == Server.ORCHESTRATION
                            && !request.path().equals("/actuator"))
                    .isNotEmpty()
                    .extracting(RecordedRequest::query)
                    .allSatisfy(query ->
                            assertThat(query).containsAnyOf("physicalTenant=eu", "physicalTenant=no-such-tenant"));
            assertThat(scene.cluster().requests())
                    .filteredOn(request -> request.server() == Server.REST_API)
                    .extracting(RecordedRequest::path)
                    .allSatisfy(path -> assertThat(path).startsWith("/physical-tenants/eu/v2/"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutATenantTheDefaultOneIsMeant(Wire wire) {
        try (CamundaBackupClient client = scene.client(scene.cluster(), wire).build()) {
            BackupReport backup = client.backup().completion().join();

            assertThat(client.consistency().check(backup).join()).isConsistent().hasOnlyFindings();
            assertThat(scene.eu().pauseWindows()).isEmpty();
            assertThat(scene.west().pauseWindows()).isEmpty();
            for (SimulatedCluster other : List.of(scene.eu(), scene.west())) {
                try (CamundaBackupClient others = scene.client(other, wire).build()) {
                    assertThat(others.consistency().checkAll().join()).isEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void idsAreUniqueWithinATenantOnly(Wire wire) {
        BackupId id = BackupId.of(1_900_000_000);
        try (CamundaBackupClient eu = scene.client(scene.eu(), wire).build();
                CamundaBackupClient west = scene.client(scene.west(), wire).build()) {
            eu.backup(id).completion().join();
            west.backup(id).completion().join();

            assertThat(eu.consistency().check(id).join()).isConsistent();
            assertThat(west.consistency().check(id).join()).isConsistent();
            assertThat(Scene.failure(eu.backup(id))).hasMessageContaining("is not higher than " + id);
        }
    }

    @Test
    void restoreTouchesTheIndicesOfItsTenantOnly() {
        try (CamundaBackupClient client =
                scene.client(scene.eu(), Wire.ACTUATOR).build()) {
            Map<String, Long> backedUp = scene.documents(client);
            BackupId id = client.backup().completion().join().backupId();
            new EngineWeb(scene.eu().searchEngineUri())
                    .write(backedUp.keySet().stream().sorted().toList(), "later");
            List.of(scene.cluster(), scene.eu()).forEach(Scene::stop);

            RestoreClient restore = client.restore(scene.restore(scene.eu()).build());
            RestorePlan plan = restore.plan(id).join();
            RestoreReport report = restore.execute(plan).completion().join();

            assertThat(report.outcome()).isEqualTo(RestoreReport.Outcome.ENGINE_RESTORED);
            assertThat(plan.zeebe().command()).contains("--tenantId=eu");
            assertThat(plan.zeebe().kubernetesEnvironment()).containsEntry("ZEEBE_RESTORE_TENANT_ID", "eu");
            assertThat(plan.kubernetesInstructions())
                    .contains("Delete the data of the physical tenant eu on every Zeebe broker")
                    .doesNotContain("kubectl delete persistentvolumeclaim");
            assertThat(RestoreClient.create(
                                    client.snapshotStore(),
                                    scene.restore(scene.eu()).build(),
                                    stage.resources())
                            .plan(id)
                            .join()
                            .zeebe()
                            .physicalTenant())
                    .as("without a cluster, the backup says it itself")
                    .hasToString("eu");
            assertThat(plan.deletions())
                    .isNotEmpty()
                    .allSatisfy(index -> assertThat(index)
                            .startsWith(TenantScene.EU_INDICES)
                            .doesNotStartWith(TenantScene.WEST_INDICES));
            assertThat(scene.documents(client))
                    .allSatisfy((index, documents) -> assertThat(documents)
                            .as(index)
                            .isEqualTo(backedUp.getOrDefault(index, 0L)
                                    + (plan.deletions().contains(index) ? 0 : 1)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void unknownTenantIsRefusedBeforeAnythingStarts(Wire wire) {
        try (CamundaBackupClient client =
                scene.client(scene.eu(), wire).physicalTenant("eur").build()) {
            assertThat(Scene.failure(client.backup()))
                    .hasCauseInstanceOf(ConfigurationMismatchException.class)
                    .hasMessageContaining("has no physical tenant eur")
                    .hasMessageContaining("Configured physical tenants: [default, eu, euwest]");

            assertThat(scene.cluster().requests())
                    .allMatch(request -> request.method().equals("GET"));
        }
    }

    @Test
    void clusterThatKnowsNoTenantsIsNotTakenForOne() {
        try (SimulatedCluster older = SimulatedCluster.builder()
                        .line(CamundaLine.V8_9)
                        .engine(engine())
                        .time(stage.time())
                        .build();
                CamundaBackupClient client = Scene.client(older, stores(), stage.resources())
                        .physicalTenant("eu")
                        .build()) {
            assertThatThrownBy(() -> client.cluster().join())
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(ConfigurationMismatchException.class)
                    .hasMessageContaining("knows no physical tenants, and so has no eu");
        }
    }

    @Test
    void repositoryOfAnotherTenantIsRefusedAndItsBackupsAreForeign() {
        try (CamundaBackupClient eu = scene.client(scene.eu(), Wire.ACTUATOR).build();
                CamundaBackupClient mistaken = scene.client(scene.west(), Wire.ACTUATOR)
                        .snapshotStore(
                                scene.client(scene.eu(), Wire.ACTUATOR).build().snapshotStore())
                        .build()) {
            BackupId id = eu.backup().completion().join().backupId();

            assertThat(Scene.failure(mistaken.backup()))
                    .hasCauseInstanceOf(PreflightFailedException.class)
                    .hasMessageContaining("holds backups of the physical tenant eu");
            assertThat(mistaken.consistency().check(id).join()).isInconsistent().hasFinding(FindingCode.TENANT_FOREIGN);
            assertThat(scene.west().pauseWindows()).isEmpty();
            assertThat(scene.cluster().requests(RequestMatcher.post("/actuator/exporting/pause")).stream()
                            .map(RecordedRequest::query)
                            .collect(Collectors.toSet()))
                    .containsExactly("soft=true&physicalTenant=eu");
        }
    }

    /** Then nobody can be asked which tenant it is. */
    @Test
    void restoreOfAnotherTenantsBackupHasAnObstacleAlsoWhereNothingRuns() {
        try (CamundaBackupClient eu = scene.client(scene.eu(), Wire.ACTUATOR).build();
                CamundaBackupClient mistaken = scene.client(scene.cluster(), Wire.ACTUATOR)
                        .snapshotStore(
                                scene.client(scene.eu(), Wire.ACTUATOR).build().snapshotStore())
                        .build()) {
            BackupId id = eu.backup().completion().join().backupId();
            List.of(scene.cluster(), scene.eu()).forEach(Scene::stop);

            RestorePlan plan =
                    mistaken.restore(scene.restore(scene.eu()).build()).plan(id).join();

            assertThat(plan.obstacles())
                    .filteredOn(obstacle -> obstacle.finding().equals(Optional.of(FindingCode.TENANT_FOREIGN)))
                    .singleElement()
                    .satisfies(obstacle -> assertThat(obstacle.message())
                            .contains("the physical tenant eu, and this is a restore of the tenant default"));
        }
    }
}
