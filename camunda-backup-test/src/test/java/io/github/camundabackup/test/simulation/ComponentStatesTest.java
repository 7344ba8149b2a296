package io.github.camundabackup.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.test.simulation.model.BackupFate;
import io.github.camundabackup.test.simulation.model.ObjectStoreState;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import io.github.camundabackup.test.simulation.model.Server;
import io.github.camundabackup.test.time.VirtualTime;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The components' state machines, on virtual time. */
class ComponentStatesTest {
    private final Web web = new Web();
    private final List<Situation> opened = new ArrayList<>();

    @AfterEach
    void closeClusters() {
        opened.forEach(Situation::close);
    }

    private Situation start(SimulatedCluster.Builder builder) {
        Situation situation = new Situation(builder);
        opened.add(situation);
        return situation;
    }

    private Situation start() {
        return start(SimulatedCluster.builder());
    }

    private Situation startNew(String version) {
        return start(SimulatedCluster.builder().line(CamundaLine.V8_8).version(version));
    }

    /** The different states in their order, looking every half second. */
    private List<String> states(Situation situation, URI base, String path, int seconds) {
        List<String> states = new ArrayList<>();
        for (int i = 0; i <= 2 * seconds; i++) {
            String state = web.state(base, path);
            if (states.isEmpty() || !states.get(states.size() - 1).equals(state)) {
                states.add(state);
            }
            situation.after(Duration.ofMillis(500));
        }
        return states;
    }

    @Test
    void operateIsIncompleteBetweenParts() {
        Situation situation = start().backup(Server.OPERATE, 5);

        assertThat(states(situation, situation.cluster().operateUri(), "/actuator/backups/5", 21))
                .containsExactly("400", "IN_PROGRESS", "INCOMPLETE", "IN_PROGRESS", "INCOMPLETE", "IN_PROGRESS");
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCEEDS, COMPLETED",
        "FAILS, FAILED",
        "PARTIAL, FAILED",
        "STUCK, IN_PROGRESS",
        "STAYS_INCOMPLETE, INCOMPLETE",
        "PAUSES_INCOMPLETE, COMPLETED",
        "INCOMPATIBLE, INCOMPATIBLE"
    })
    void operateMeetsItsFate(BackupFate fate, String state) {
        Situation situation = start();
        situation.cluster().faults().fate(Component.OPERATE, fate);
        situation.backup(Server.OPERATE, 5).after(Duration.ofMinutes(2));

        assertThat(web.state(situation.cluster().operateUri(), "/actuator/backups/5"))
                .isEqualTo(state);
    }

    @Test
    void aLongPauseIsIncompleteUntilItEnds() {
        Situation situation = start(SimulatedCluster.builder().longPause(Duration.ofMinutes(1)));
        situation.cluster().faults().fate(Component.TASKLIST, BackupFate.PAUSES_INCOMPLETE);
        situation.backup(Server.TASKLIST, 5).after(75);
        assertThat(web.state(situation.cluster().tasklistUri(), "/actuator/backups/5"))
                .isEqualTo("INCOMPLETE");

        situation.after(45);
        assertThat(web.state(situation.cluster().tasklistUri(), "/actuator/backups/5"))
                .isEqualTo("COMPLETED");
    }

    @Test
    void aFailureNamesThePart() {
        Situation situation = start();
        situation.cluster().faults().fate(Component.OPERATE, BackupFate.FAILS);
        situation.backup(Server.OPERATE, 5).after(Situation.BACKUP);

        assertThat(web.get(situation.cluster().operateUri(), "/actuator/backups/5")
                        .json()
                        .path("failureReason")
                        .asText())
                .contains("camunda_operate_5_8.6.0_part_2_of_6");
    }

    @Test
    void aRestartLosesTheQueueForEver() {
        Situation situation = start().backup(Server.OPERATE, 5).after(12);
        situation.cluster().faults().restart(Server.OPERATE);
        situation.after(Duration.ofMinutes(10));

        JsonNode backup =
                web.get(situation.cluster().operateUri(), "/actuator/backups/5").json();
        assertThat(backup.path("state").asText()).isEqualTo("INCOMPLETE");
        assertThat(backup.path("details")).hasSize(2);
        assertThat(web.backup(situation.cluster().operateUri(), 6).status()).isEqualTo(200);
    }

    @Test
    void aStuckBackupKeepsOthersOut() {
        Situation situation = start();
        situation.cluster().faults().fate(Component.OPERATE, BackupFate.STUCK);
        situation.backup(Server.OPERATE, 5).after(Duration.ofHours(1));

        assertThat(web.backup(situation.cluster().operateUri(), 6).body()).contains("Another backup is running");
    }

    @Test
    void operateAndTasklistRunBesideEachOther() {
        Situation situation = start().backup(Server.OPERATE, 5);

        assertThat(web.backup(situation.cluster().tasklistUri(), 5).status()).isEqualTo(200);
    }

    @Test
    void withoutQuirksTheDocumentationIsTrue() {
        Situation situation = start(SimulatedCluster.builder().withoutQuirks().engine(SearchEngine.OPENSEARCH));
        URI operate = situation.cluster().operateUri();
        assertThat(web.get(operate, "/actuator/backups/5").status()).isEqualTo(404);

        situation.backup(Server.OPERATE, 5);
        assertThat(states(situation, operate, "/actuator/backups/5", 60)).containsExactly("IN_PROGRESS", "COMPLETED");

        situation.delete(Server.OPERATE, 5);
        assertThat(web.get(operate, "/actuator/backups/5").status()).isEqualTo(404);
    }

    @Test
    void optimizeTakesPartsInTurnOnElasticsearch() {
        Situation situation = start().backup(Server.OPTIMIZE, 5);

        assertThat(states(situation, situation.cluster().optimizeUri(), "/actuator/backups/5", 60))
                .containsExactly("404", "IN_PROGRESS", "INCOMPLETE", "IN_PROGRESS", "COMPLETED");
    }

    @Test
    void optimizeTakesBothPartsAtOnceOnOpenSearch() {
        Situation situation = start(SimulatedCluster.builder().engine(SearchEngine.OPENSEARCH))
                .backup(Server.OPTIMIZE, 5)
                .after(2);

        JsonNode details = web.get(situation.cluster().optimizeUri(), "/actuator/backups/5")
                .json()
                .path("details");
        assertThat(details).hasSize(2);
        assertThat(details.findValuesAsText("state")).containsOnly("IN_PROGRESS");
    }

    @Test
    void optimizeHasItsOwnKindOfErrors() {
        Situation situation = start().completed(Server.OPTIMIZE, 5);

        Web.Answer duplicate = web.backup(situation.cluster().optimizeUri(), 5);
        assertThat(duplicate.status()).isEqualTo(409);
        assertThat(duplicate.json().fieldNames())
                .toIterable()
                .containsExactly("errorCode", "errorMessage", "detailedMessage", "reportDefinition");
        assertThat(web.post(situation.cluster().optimizeUri(), "/actuator/backups", "{}")
                        .status())
                .isEqualTo(400);
        assertThat(web.get(situation.cluster().optimizeUri(), "/actuator/backups")
                        .json())
                .hasSize(1);
        assertThat(web.delete(situation.cluster().optimizeUri(), "/actuator/backups/77")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void zeebesPartitionsBeginAndEndAtDifferentTimes() {
        Situation situation = start(SimulatedCluster.builder().partitions(3)).backup(Server.ZEEBE, 5);
        URI zeebe = situation.cluster().zeebeUri();

        assertThat(states(situation, zeebe, "/actuator/backups/5", 30))
                .containsExactly("404", "INCOMPLETE", "IN_PROGRESS");
        situation.after(12);
        assertThat(web.get(zeebe, "/actuator/backups/5").json().findValuesAsText("state"))
                .containsExactly("IN_PROGRESS", "COMPLETED", "IN_PROGRESS", "IN_PROGRESS");
        situation.after(20);
        assertThat(web.state(zeebe, "/actuator/backups/5")).isEqualTo("COMPLETED");
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCEEDS, COMPLETED",
        "FAILS, FAILED",
        "PARTIAL, FAILED",
        "STUCK, IN_PROGRESS",
        "STAYS_INCOMPLETE, INCOMPLETE",
        "PAUSES_INCOMPLETE, COMPLETED",
        "INCOMPATIBLE, FAILED"
    })
    void zeebeMeetsItsFate(BackupFate fate, String state) {
        Situation situation = start();
        situation.cluster().faults().fate(Component.ZEEBE, fate);
        situation.backup(Server.ZEEBE, 5).after(Duration.ofMinutes(2));

        assertThat(web.state(situation.cluster().zeebeUri(), "/actuator/backups/5"))
                .isEqualTo(state);
    }

    @Test
    void onePartitionCanFail() {
        Situation situation = start();
        situation.cluster().faults().failPartition(2);
        situation.completed(Server.ZEEBE, 5);

        JsonNode backup =
                web.get(situation.cluster().zeebeUri(), "/actuator/backups/5").json();
        assertThat(backup.path("state").asText()).isEqualTo("FAILED");
        assertThat(backup.path("details").findValuesAsText("state")).containsExactly("COMPLETED", "FAILED");
        assertThatThrownBy(() -> situation.cluster().faults().failPartition(3))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void zeebeNeverTakesAnUsedIdAgain() {
        Situation situation = start().completed(Server.ZEEBE, 5).delete(Server.ZEEBE, 5);

        assertThat(web.backup(situation.cluster().zeebeUri(), 5).status()).isEqualTo(409);
        assertThat(web.backup(situation.cluster().zeebeUri(), 4).status()).isEqualTo(409);
        assertThat(web.backup(situation.cluster().zeebeUri(), 6).status()).isEqualTo(202);
    }

    @Test
    void aRestartCancelsZeebesBackupAndKeepsThePause() {
        Situation situation =
                start().pause("?soft=true").backup(Server.ZEEBE, 5).after(10);
        situation.cluster().faults().restart(Server.ZEEBE);

        assertThat(web.state(situation.cluster().zeebeUri(), "/actuator/backups/5"))
                .isEqualTo("FAILED");
        assertThat(situation.cluster().exportingPaused()).isTrue();
        assertThat(web.get(situation.cluster().zeebeUri(), "/actuator/partitions")
                        .json()
                        .findValuesAsText("exporterPhase"))
                .containsOnly("SOFT_PAUSED");
    }

    @ParameterizedTest
    @EnumSource(value = ObjectStoreState.class, mode = EnumSource.Mode.EXCLUDE, names = "UP")
    void aBackupIsLostWhileTheObjectStoreIsDown(ObjectStoreState state) {
        Situation situation = start();
        URI zeebe = situation.cluster().zeebeUri();
        situation.cluster().faults().objectStore(state);
        situation.backup(Server.ZEEBE, 5);
        int status = state == ObjectStoreState.HANGING ? 504 : 500;
        assertThat(web.get(zeebe, "/actuator/backups/5").status()).isEqualTo(status);

        situation.cluster().faults().objectStore(ObjectStoreState.UP);
        situation.after(Duration.ofHours(1));
        assertThat(web.get(zeebe, "/actuator/backups/5").status()).isEqualTo(404);
        assertThat(web.backup(zeebe, 5).status()).isEqualTo(409);
    }

    @Test
    void theExportedPositionStandsStillDuringAPause() {
        Situation situation = start().pause("?soft=true");
        long before = position(situation, "exportedPosition");
        long processed = position(situation, "processedPosition");
        situation.after(60);

        assertThat(position(situation, "exportedPosition")).isEqualTo(before);
        assertThat(position(situation, "processedPosition")).isGreaterThan(processed);
    }

    @Test
    void whatIsWrittenAfterACheckpointHasALaterPosition() {
        Situation situation = start();
        URI zeebe = situation.cluster().zeebeUri();
        web.backup(zeebe, 5);
        situation.cluster().load(1);
        long written = position(situation, "processedPosition");
        situation.after(Situation.BACKUP);

        assertThat(web.get(zeebe, "/actuator/backups/5")
                        .json()
                        .path("details")
                        .get(0)
                        .path("checkpointPosition")
                        .asLong())
                .isPositive()
                .isLessThan(written);
    }

    private long position(Situation situation, String field) {
        return web.get(situation.cluster().zeebeUri(), "/actuator/partitions")
                .json()
                .path("1")
                .path(field)
                .asLong();
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 7})
    void webApplicationsHaveFiveToSevenParts(int parts) {
        Situation situation =
                start(SimulatedCluster.builder().line(CamundaLine.V8_8).webApplicationParts(parts));
        URI orchestration = situation.cluster().orchestrationUri();

        JsonNode scheduled = web.post(orchestration, "/actuator/backupHistory", "{\"backupId\":5}")
                .json()
                .path("scheduledSnapshots");
        assertThat(scheduled).hasSize(parts);
        assertThat(scheduled.get(0).asText()).isEqualTo("camunda_webapps_5_8.8.0_part_1_of_" + parts);
        situation.after(Situation.BACKUP);
        assertThat(web.state(orchestration, "/actuator/backupHistory/5")).isEqualTo("COMPLETED");
    }

    @Test
    void webApplicationsSayIncompleteAfterFiveMinutesOnly() {
        Situation situation = startNew("8.8.0");
        situation.cluster().faults().fate(Component.WEB_APPLICATIONS, BackupFate.STAYS_INCOMPLETE);
        URI orchestration = situation.cluster().orchestrationUri();
        web.post(orchestration, "/actuator/backupHistory", "{\"backupId\":5}");

        situation.after(Duration.ofMinutes(4));
        assertThat(web.state(orchestration, "/actuator/backupHistory/5")).isEqualTo("IN_PROGRESS");
        situation.after(Duration.ofMinutes(2));
        assertThat(web.state(orchestration, "/actuator/backupHistory/5")).isEqualTo("INCOMPLETE");
    }

    @Test
    void webApplicationsCountTheFiveMinutesFromTheEndOfTheLastPart() {
        VirtualTime time = VirtualTime.create();
        try (SimulatedCluster cluster = SimulatedCluster.builder()
                .line(CamundaLine.V8_8)
                .time(time)
                .duration(Duration.ofHours(1))
                .build()) {
            web.post(cluster.orchestrationUri(), "/actuator/backupHistory", "{\"backupId\":5}");
            // Each part takes eight minutes, and a gap of two follows.
            time.delay(Duration.ofMinutes(9)).join();

            assertThat(web.state(cluster.orchestrationUri(), "/actuator/backupHistory/5"))
                    .isEqualTo("IN_PROGRESS");
        }
    }

    @Test
    void webApplicationsLieWhenAskedBriefly() {
        Situation situation = startNew("8.8.0");
        URI orchestration = situation.cluster().orchestrationUri();
        web.post(orchestration, "/actuator/backupHistory", "{\"backupId\":5}");
        situation.after(Situation.BACKUP);

        JsonNode brief =
                web.get(orchestration, "/actuator/backupHistory?verbose=false").json();
        assertThat(brief.get(0).path("state").asText()).isEqualTo("FAILED");
        assertThat(web.get(orchestration, "/actuator/backupHistory?pattern=6*").json())
                .isEmpty();
        assertThat(web.get(orchestration, "/actuator/backupHistory?pattern=5*").json())
                .hasSize(1);
    }

    @Test
    void webApplicationsExplainTheirErrors() {
        Situation situation = startNew("8.8.0");
        URI orchestration = situation.cluster().orchestrationUri();
        assertThat(web.get(orchestration, "/actuator/backupHistory/5").status()).isEqualTo(404);
        assertThat(web.delete(orchestration, "/actuator/backupHistory/5").status())
                .isEqualTo(404);
        assertThat(web.post(orchestration, "/actuator/backupHistory", "{\"backupId\":0}")
                        .status())
                .isEqualTo(400);
        assertThat(web.post(orchestration, "/actuator/backupHistory", "{\"backupId\":5}")
                        .status())
                .isEqualTo(200);
        assertThat(web.post(orchestration, "/actuator/backupHistory", "{\"backupId\":6}")
                        .body())
                .contains("Another backup is running");
        assertThat(web.post(orchestration, "/actuator/backupHistory", "{\"backupId\":5}")
                        .body())
                .contains("A backup with ID [5] already exists");
        assertThat(web.get(orchestration, "/actuator/backups").status()).isEqualTo(404);
    }

    @Test
    void zeebeTellsTheIdOnlyFrom89() {
        String path = "/actuator/backupRuntime";
        String body = "{\"backupId\":5}";
        assertThat(web.post(startNew("8.8.1").cluster().orchestrationUri(), path, body)
                        .json()
                        .has("backupId"))
                .isFalse();
        assertThat(web.post(startNew("8.9.0").cluster().orchestrationUri(), path, body)
                        .json()
                        .path("backupId")
                        .asLong())
                .isEqualTo(5);
    }

    @Test
    void zeebeMakesItsOwnIds() {
        Situation situation = start(SimulatedCluster.builder()
                .line(CamundaLine.V8_8)
                .version("8.9.0")
                .generatedBackupIds());
        URI orchestration = situation.cluster().orchestrationUri();

        assertThat(web.post(orchestration, "/actuator/backupRuntime", "{\"backupId\":5}")
                        .status())
                .isEqualTo(400);
        Web.Answer accepted = web.send("POST", orchestration, "/actuator/backupRuntime", Optional.empty(), "");
        assertThat(accepted.status()).isEqualTo(202);
        long id = accepted.json().path("backupId").asLong();
        assertThat(id).isGreaterThan(1_000_000_000_000L);
        situation.after(Situation.BACKUP);
        assertThat(web.state(orchestration, "/actuator/backupRuntime/" + id)).isEqualTo("COMPLETED");
        assertThat(web.get(orchestration, "/actuator/backupRuntime/1*").json()).hasSize(1);

        JsonNode state = web.get(orchestration, "/actuator/backupRuntime/state").json();
        assertThat(state.path("ranges")).hasSize(2);
        assertThat(state.path("backupStates").get(0).path("checkpointId").asLong())
                .isEqualTo(id);
    }

    @Test
    void theListOfLinksNamesWhatIsThere() {
        Situation old = start();
        assertThat(links(old.cluster().zeebeUri())).contains("backups", "exporting", "partitions");
        assertThat(links(old.cluster().operateUri())).contains("backups").doesNotContain("exporting");
        assertThat(links(startNew("8.8.0").cluster().orchestrationUri()))
                .contains("backupHistory", "backupRuntime", "exporting", "partitions")
                .doesNotContain("backups");
    }

    private List<String> links(URI base) {
        List<String> names = new ArrayList<>();
        web.get(base, "/actuator").json().path("_links").fieldNames().forEachRemaining(names::add);
        return names;
    }
}
