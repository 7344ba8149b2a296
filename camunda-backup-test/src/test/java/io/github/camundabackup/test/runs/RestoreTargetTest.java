package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.report.RestoreReport.Outcome;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.RestoreFailedException;
import io.github.camundabackup.restore.plan.Obstacle.Code;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What would make an engine refuse a restore when the indices are deleted already. */
class RestoreTargetTest extends AbstractEngineTest {
    private static final String INDEX = "operate-event-8.3.0_";
    private static final String BLOCK = "index.blocks.write";

    private RestoreScene scene() {
        RestoreScene scene = new RestoreScene(CamundaLine.V8_8, engine(), stores());
        scene.stop();
        return scene;
    }

    private static void setEngine(RestoreScene scene, String setting, String value) {
        scene.web().send("PUT", "/_cluster/settings", "{\"persistent\":{\"" + setting + "\":" + value + "}}");
    }

    private static void setIndex(RestoreScene scene, String setting, String value) {
        scene.web().send("PUT", "/" + INDEX + "/_settings", "{\"" + setting + "\":" + value + "}");
    }

    private static void assertForbids(RestorePlan plan, Code code, String... words) {
        assertThat(plan.obstacles()).singleElement().satisfies(obstacle -> {
            assertThat(obstacle.code()).isEqualTo(code);
            assertThat(obstacle.message()).contains(words);
        });
    }

    @Test
    void thePlanFindsWhatTheEngineIsSetTo() {
        try (RestoreScene scene = scene()) {
            assertThat(scene.plan().obstacles()).isEmpty();

            setEngine(scene, "cluster.blocks.read_only_allow_delete", "true");
            assertForbids(scene.plan(), Code.ENGINE_BLOCKED, "cluster.blocks.read_only_allow_delete");
            setEngine(scene, "cluster.blocks.read_only_allow_delete", "null");

            setEngine(scene, "cluster.routing.allocation.enable", "\"none\"");
            assertForbids(scene.plan(), Code.NOT_ALLOCATED, "cluster.routing.allocation.enable=none");
            setEngine(scene, "cluster.routing.allocation.enable", "\"primaries\"");
            assertThat(scene.plan().obstacles()).isEmpty();
            assertThat(scene.plan().warnings())
                    .anySatisfy(warning -> assertThat(warning).contains("cluster.routing.allocation.enable=primaries"));
            setEngine(scene, "cluster.routing.allocation.enable", "null");

            setEngine(scene, "cluster.max_shards_per_node", "7");
            assertForbids(scene.plan(), Code.TOO_MANY_SHARDS, "takes 7", "cluster.max_shards_per_node");
            assertThat(scene.plan(scene.settings().accept(Code.TOO_MANY_SHARDS)).obstacles())
                    .isEmpty();
            setEngine(scene, "cluster.max_shards_per_node", "null");

            scene.scene().cluster().faults().disk(1L << 20, 0);
            setEngine(scene, "cluster.routing.allocation.disk.watermark.high", "\"1mb\"");
            setEngine(scene, "cluster.routing.allocation.disk.watermark.enable_for_single_data_node", "true");
            assertForbids(scene.plan(), Code.DISK_TOO_SMALL, "The snapshots hold 1 MB", "take 0 MB");
            scene.scene().cluster().faults().disk(1L << 40, 1L << 39);

            scene.web().send("PUT", "/_snapshot/" + scene.scene().cluster().repository() + "/nightly", "{}");
            assertThat(scene.plan().warnings())
                    .anySatisfy(warning -> assertThat(warning).contains(":nightly"));
        }
    }

    @Test
    void thePlanFindsWhatIndicesAreSetTo() {
        try (RestoreScene scene = scene()) {
            setIndex(scene, "index.blocks.read_only", "true");
            assertForbids(scene.plan(), Code.ENGINE_BLOCKED, INDEX + " (index.blocks.read_only)");
            setIndex(scene, "index.blocks.read_only", "null");

            setIndex(scene, "index.routing.allocation.require.box_type", "\"hot\"");
            assertForbids(scene.plan(), Code.NOT_ALLOCATED, INDEX, "box_type=hot", "ignoreIndexSettings");
            RestorePlan ignoring = scene.plan(scene.settings().ignoreIndexSettings("index.routing.allocation.*"));
            assertThat(ignoring.obstacles()).isEmpty();
            assertThat(ignoring.warnings())
                    .anySatisfy(warning -> assertThat(warning).contains("restored without index.routing.allocation.*"));
            setIndex(scene, "index.routing.allocation.require.box_type", "null");

            scene.web().write("rolled-over", "1");
            alias(scene, INDEX, "false");
            alias(scene, "rolled-over", "true");
            assertForbids(scene.plan(), Code.ALIAS_CONFLICT, "writing", INDEX, "rolled-over");
        }
    }

    @Test
    void aSnapshotThatIsBeingDeletedForbidsTheRestore() {
        try (RestoreScene scene = scene()) {
            String first = scene.plan().snapshots().get(0).name().toString();
            scene.scene().cluster().faults().deletes(first, Duration.ofMinutes(5));

            RestorePlan plan = scene.plan();

            assertForbids(plan, Code.SNAPSHOT_UNUSABLE, first, "is being deleted");
            assertThat(plan.warnings())
                    .anySatisfy(warning -> assertThat(warning)
                            .startsWith("Snapshots are being deleted: "
                                    + scene.scene().cluster().repository() + ":" + first));
        }
    }

    @Test
    void thePlanAndTheReportNamePoliciesThatTheEngineLacks() {
        String setting = engine() == SearchEngine.ELASTICSEARCH
                ? "index.lifecycle.name"
                : "index.plugins.index_state_management.policy_id";
        String path = engine() == SearchEngine.ELASTICSEARCH ? "/_ilm/policy/" : "/_plugins/_ism/policies/";
        try (RestoreScene scene = new RestoreScene(CamundaLine.V8_8, engine(), stores())) {
            setIndex(scene, setting, "\"camunda-retention-policy\"");
            scene.scene().time().delay(Duration.ofMinutes(1)).join();
            BackupId second = scene.scene().backUp().backupId();
            scene.stop();
            String lacking = "camunda-retention-policy (named by " + INDEX + ")";

            RestoreClient restore = scene.scene().client().restore();
            RestorePlan plan = restore.plan(second).join();
            assertThat(plan.obstacles()).isEmpty();
            assertThat(plan.warnings())
                    .anySatisfy(warning -> assertThat(warning).contains("If the backup holds the same", lacking));
            assertThat(restore(scene, second, scene.settings().ignoreIndexSettings(setting))
                            .warnings())
                    .noneMatch(warning -> warning.contains("camunda-retention-policy"));
            assertThat(restore(scene, second, scene.settings()).warnings())
                    .noneMatch(warning -> warning.contains(lacking));

            scene.web().delete("/" + INDEX);
            assertThat(restore(scene, second, scene.settings()).warnings())
                    .anySatisfy(warning -> assertThat(warning).contains(lacking));
            scene.web().send("PUT", path + "camunda-retention-policy", "{}");
            assertThat(restore.plan(second).join().warnings())
                    .noneMatch(warning -> warning.contains("camunda-retention-policy"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 500, 502, 503})
    void policiesThatCannotBeSeenForbidNoRestore(int status) {
        String setting = engine() == SearchEngine.ELASTICSEARCH
                ? "index.lifecycle.name"
                : "index.plugins.index_state_management.policy_id";
        String path = engine() == SearchEngine.ELASTICSEARCH ? "/_ilm/policy/*" : "/_plugins/_ism/policies/*";
        try (RestoreScene scene = scene()) {
            setIndex(scene, setting, "\"camunda-retention-policy\"");
            scene.stop();
            scene.scene()
                    .cluster()
                    .faults()
                    .at(RequestMatcher.of("GET", path))
                    .always()
                    .answer(Fault.status(status));

            RestorePlan plan = scene.plan();

            assertThat(plan.obstacles()).isEmpty();
            assertThat(plan.warnings())
                    .anySatisfy(warning ->
                            assertThat(warning).startsWith("Not checked: ").contains("camunda-retention-policy"));
        }
    }

    @Test
    void thePlanSaysWhatItMayNotAsk() {
        try (RestoreScene scene = scene()) {
            List<String> questions =
                    List.of("/_cluster/settings", "/_cluster/state/customs", "/_nodes", "/_cat/allocation", "/_alias");
            for (String question : questions) {
                scene.scene()
                        .cluster()
                        .faults()
                        .at(RequestMatcher.of("GET", question))
                        .answer(Fault.status(403));
            }

            RestorePlan plan = scene.plan();

            assertThat(plan.obstacles()).isEmpty();
            assertThat(plan.warnings())
                    .filteredOn(warning -> warning.startsWith("Not checked: "))
                    .hasSameSizeAs(questions);
        }
    }

    private static void alias(RestoreScene scene, String index, String write) {
        scene.web()
                .send(
                        "POST",
                        "/_aliases",
                        "{\"actions\":[{\"add\":{\"index\":\"" + index + "\",\"alias\":\"writing\",\"is_write_index\":"
                                + write + "}}]}");
    }

    @Test
    void theReportNamesWhatKeepsAShardFromEveryNode() {
        try (RestoreScene scene = scene()) {
            RestoreClient restore = scene.scene().client().restore();
            RestorePlan plan = restore.plan(scene.backupId()).join();
            setEngine(scene, "cluster.routing.allocation.enable", "\"none\"");

            RestoreFailedException failed = RestoreScene.failure(restore.execute(plan));

            assertThat(failed)
                    .hasMessageContaining("no node takes it. enable: no allocations are allowed due to cluster setting"
                            + " [cluster.routing.allocation.enable=none]")
                    .hasMessageNotContaining("Restore another backup");
            setEngine(scene, "cluster.routing.allocation.enable", "null");
            assertThat(scene.restore().outcome()).isEqualTo(Outcome.ENGINE_RESTORED);
            assertThat(scene.documents()).isEqualTo(scene.backedUp());
        }
    }

    @Test
    void theReportNamesTheFilterThatNoNodeMeets() {
        try (RestoreScene scene = new RestoreScene(CamundaLine.V8_8, engine(), stores())) {
            setIndex(scene, "index.routing.allocation.require.box_type", "\"hot\"");
            scene.scene().time().delay(Duration.ofMinutes(1)).join();
            BackupId second = scene.scene().backUp().backupId();
            scene.stop();
            RestoreClient restore = scene.scene()
                    .client()
                    .restore(scene.settings().accept(Code.NOT_ALLOCATED).build());

            assertThat(RestoreScene.failure(restore.execute(restore.plan(second).join())))
                    .hasMessageContaining("no node takes it. filter: node does not match index setting"
                            + " [index.routing.allocation.require] filters [box_type:\"hot\"]");
        }
    }

    /** OpenSearch does not look at the disk of its only node. */
    @Test
    void theReportNamesTheDiskThatIsTooFull() {
        try (RestoreScene scene = scene()) {
            RestoreClient restore = scene.scene().client().restore();
            RestorePlan plan = restore.plan(scene.backupId()).join();
            scene.scene().cluster().faults().disk(100L << 30, 1L << 30);

            if (engine() == SearchEngine.ELASTICSEARCH) {
                assertThat(RestoreScene.failure(restore.execute(plan)))
                        .hasMessageContaining("no node takes it. disk_threshold: the node is above the low watermark");
            } else {
                assertThat(restore.execute(plan).completion().join().outcome()).isEqualTo(Outcome.ENGINE_RESTORED);
            }
        }
    }

    @Test
    void settingsOfTheBackupCanBeLeftOutAndSetAndBlocksAreWarnedOf() {
        try (RestoreScene scene = new RestoreScene(CamundaLine.V8_8, engine(), stores())) {
            setIndex(scene, BLOCK, "true");
            setIndex(scene, "index.routing.allocation.require.box_type", "\"hot\"");
            scene.scene().time().delay(Duration.ofMinutes(1)).join();
            BackupId second = scene.scene().backUp().backupId();
            scene.stop();

            RestoreReport blocked =
                    restore(scene, second, scene.settings().ignoreIndexSettings("index.routing.allocation.require.*"));
            assertThat(blocked.warnings())
                    .anySatisfy(warning -> assertThat(warning)
                            .startsWith("Restored with a block")
                            .contains(INDEX + " (" + BLOCK + ")"));

            scene.web().delete("/" + INDEX);
            RestoreReport open = restore(
                    scene,
                    second,
                    scene.settings()
                            .ignoreIndexSettings("index.routing.*", "index.blocks.*")
                            .indexSetting("index.number_of_replicas", "0"));
            assertThat(open.warnings()).noneMatch(warning -> warning.startsWith("Restored with a block"));
            assertThat(scene.web().send("GET", "/" + INDEX + "/_settings", "")).doesNotContain("blocks", "box_type");
            assertThat(List.of(blocked.outcome(), open.outcome())).containsOnly(Outcome.ENGINE_RESTORED);
        }
    }

    private static RestoreReport restore(RestoreScene scene, BackupId backupId, RestoreSettings.Builder settings) {
        RestoreClient restore = scene.scene().client().restore(settings.build());
        return restore.execute(restore.plan(backupId).join()).completion().join();
    }
}
