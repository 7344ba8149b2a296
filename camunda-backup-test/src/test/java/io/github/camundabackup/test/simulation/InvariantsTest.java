package io.github.camundabackup.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.test.simulation.model.BackupFate;
import io.github.camundabackup.test.simulation.model.Invariant;
import io.github.camundabackup.test.simulation.model.PauseWindow;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.Server;
import io.github.camundabackup.test.simulation.model.Violation;
import io.github.camundabackup.test.time.VirtualTime;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A backup in the right order violates nothing, and every invariant is seen to fail. */
class InvariantsTest {
    private static final Duration BACKUP = Duration.ofMinutes(1);

    private final VirtualTime time = VirtualTime.create();
    private final Web web = new Web();
    private SimulatedCluster cluster = cluster(CamundaLine.UP_TO_8_7);

    private SimulatedCluster cluster(CamundaLine line) {
        return SimulatedCluster.builder().line(line).time(time).duration(BACKUP).build();
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private void useVersion8_8() {
        cluster.close();
        cluster = cluster(CamundaLine.V8_8);
    }

    private void pass() {
        time.delay(BACKUP).join();
    }

    private URI zeebe() {
        return cluster.line().equals(CamundaLine.UP_TO_8_7) ? cluster.zeebeUri() : cluster.orchestrationUri();
    }

    private void pause() {
        web.post(zeebe(), "/actuator/exporting/pause?soft=true");
    }

    private void resume() {
        web.post(zeebe(), "/actuator/exporting/resume");
    }

    private void records(long id) {
        web.put(
                cluster.searchEngineUri(),
                "/_snapshot/camunda_backup/camunda_zeebe_records_backup_" + id,
                "{\"indices\":\"zeebe-record*\"}");
    }

    private void webApplications(long id) {
        if (cluster.line().equals(CamundaLine.UP_TO_8_7)) {
            web.backup(cluster.operateUri(), id);
            web.backup(cluster.tasklistUri(), id);
        } else {
            web.post(cluster.orchestrationUri(), "/actuator/backupHistory", "{\"backupId\":" + id + "}");
        }
        web.backup(cluster.optimizeUri(), id);
    }

    private void checkpoint(long id) {
        String path = cluster.line().equals(CamundaLine.UP_TO_8_7) ? "/actuator/backups" : "/actuator/backupRuntime";
        web.post(zeebe(), path, "{\"backupId\":" + id + "}");
    }

    private void backup(long id) {
        if (cluster.line().equals(CamundaLine.UP_TO_8_7)) {
            webApplications(id);
            pass();
            pause();
        } else {
            pause();
            webApplications(id);
            pass();
        }
        records(id);
        pass();
        checkpoint(id);
        pass();
        resume();
    }

    private List<Invariant> violated() {
        return cluster.invariants().violations().stream()
                .map(Violation::invariant)
                .toList();
    }

    @Test
    void aBackupUpTo87InTheRightOrderViolatesNothing() {
        backup(5);
        backup(6);

        assertThat(violated()).isEmpty();
        assertThatCode(() -> cluster.invariants().assertHold()).doesNotThrowAnyException();
    }

    @Test
    void aBackupFrom88InTheRightOrderViolatesNothing() {
        useVersion8_8();
        backup(5);

        assertThat(violated()).isEmpty();
    }

    @Test
    void withoutOptimizeThereAreNoRecordsToSnapshotFrom88() {
        cluster.close();
        cluster = SimulatedCluster.builder()
                .line(CamundaLine.V8_8)
                .withoutOptimize()
                .time(time)
                .build();
        pause();
        checkpoint(5);
        resume();

        assertThat(violated()).isEmpty();
    }

    @Test
    void anEndlessPauseIsSeen() {
        pause();
        assertThat(violated()).containsExactly(Invariant.EXPORTING_IS_RESUMED);

        resume();
        assertThat(violated()).isEmpty();
    }

    @Test
    void recordsWithoutPauseAreSeen() {
        webApplications(5);
        pass();
        records(5);

        assertThat(violated()).containsExactly(Invariant.EXPORTING_IS_PAUSED_FOR_RECORDS_AND_ZEEBE);
    }

    @Test
    void halfAPauseIsNoPause() {
        webApplications(5);
        pass();
        cluster.faults().refusePause(1);
        pause();
        records(5);
        resume();

        assertThat(cluster.invariants().violations())
                .singleElement()
                .satisfies(violation -> assertThat(violation.description()).contains("some partitions only"));
    }

    @Test
    void aCheckpointWithoutPauseIsSeen() {
        webApplications(5);
        pass();
        pause();
        records(5);
        pass();
        resume();
        checkpoint(5);

        assertThat(violated()).containsExactly(Invariant.EXPORTING_IS_PAUSED_FOR_RECORDS_AND_ZEEBE);
    }

    @Test
    void aCheckpointBesideTheRecordsIsSeen() {
        webApplications(5);
        pass();
        pause();
        records(5);
        checkpoint(5);
        resume();

        assertThat(violated()).containsExactly(Invariant.RECORDS_ARE_OLDER_THAN_CHECKPOINT);
    }

    @Test
    void aCheckpointAfterFailedRecordsIsSeen() {
        cluster.faults().fate(Component.ZEEBE_RECORDS, BackupFate.PARTIAL);
        backup(5);

        assertThat(violated()).containsExactly(Invariant.RECORDS_ARE_OLDER_THAN_CHECKPOINT);
    }

    @Test
    void recordsOfAnotherBackupDoNotCount() {
        backup(50);
        webApplications(51);
        pass();
        pause();
        checkpoint(51);
        resume();

        assertThat(violated()).containsExactly(Invariant.RECORDS_ARE_OLDER_THAN_CHECKPOINT);
    }

    @Test
    void recordsBeforeTheWebApplicationsAreSeen() {
        web.backup(cluster.operateUri(), 5);
        pass();
        web.backup(cluster.tasklistUri(), 5);
        pause();
        records(5);
        resume();

        assertThat(cluster.invariants().violations(Invariant.WEB_APPLICATIONS_ARE_OLDER_THAN_RECORDS))
                .extracting(Violation::description)
                .satisfiesExactlyInAnyOrder(
                        tasklist -> assertThat(tasklist).contains("Tasklist"),
                        optimize -> assertThat(optimize).contains("Optimize"));
    }

    @Test
    void webApplicationsBeforeThePauseAreSeenFrom88() {
        useVersion8_8();
        webApplications(5);

        assertThat(violated()).containsExactly(Invariant.EXPORTING_IS_PAUSED_BEFORE_WEB_APPLICATIONS);
    }

    @Test
    void lowerIdsAreSeen() {
        web.backup(cluster.operateUri(), 5);
        web.backup(cluster.operateUri(), 5);
        assertThat(violated()).isEmpty();

        web.backup(cluster.operateUri(), 4);
        assertThat(violated()).containsExactly(Invariant.IDS_INCREASE);
    }

    @Test
    void deletionsAreSeen() {
        backup(5);
        web.delete(cluster.operateUri(), "/actuator/backups/5");
        web.delete(cluster.zeebeUri(), "/actuator/backups/5");
        web.delete(cluster.searchEngineUri(), "/_snapshot/camunda_backup/camunda_zeebe_records_backup_5");
        web.delete(cluster.searchEngineUri(), "/_snapshot/camunda_backup/nosuch");

        assertThat(violated())
                .containsExactly(
                        Invariant.NOTHING_IS_DELETED, Invariant.NOTHING_IS_DELETED, Invariant.NOTHING_IS_DELETED);
        assertThatCode(() -> cluster.invariants().assertHold(Invariant.NOTHING_IS_DELETED))
                .doesNotThrowAnyException();
    }

    @Test
    void deletionOfPartialRecordsInTheirPauseIsNone() {
        cluster.faults().shardFails("node left the cluster during snapshot", 3);
        webApplications(5);
        pass();
        pause();
        records(5);
        deleteRecords(5);
        assertThat(deletions()).as("it is going on").hasSize(1);
        records(5);
        pass();
        deleteRecords(5);
        assertThat(deletions()).as("it has ended as PARTIAL").hasSize(1);
        records(5);
        pass();
        resume();
        pause();
        deleteRecords(5);
        assertThat(deletions()).as("it was begun in another pause").hasSize(2);
        records(5);
        pass();
        deleteRecords(5);
        assertThat(deletions()).as("it is complete").hasSize(3);
    }

    private List<Violation> deletions() {
        return cluster.invariants().violations(Invariant.NOTHING_IS_DELETED);
    }

    private void deleteRecords(long id) {
        web.delete(cluster.searchEngineUri(), "/_snapshot/camunda_backup/camunda_zeebe_records_backup_" + id);
    }

    @Test
    void aFailingAssertionTellsTheStory() {
        pause();

        assertThatThrownBy(() -> cluster.invariants().assertHold())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("EXPORTING_IS_RESUMED")
                .hasMessageContaining("1. ZEEBE POST /actuator/exporting/pause?soft=true -> 200");
    }

    @Test
    void pausesAreMeasured() {
        pause();
        pass();
        assertThat(cluster.pauseWindows())
                .singleElement()
                .satisfies(open -> assertThat(open.end()).isEmpty());
        pause();
        resume();
        pass();
        pause();
        resume();

        assertThat(cluster.pauseWindows())
                .extracting(PauseWindow::duration)
                .satisfiesExactly(
                        first -> assertThat(first).contains(BACKUP),
                        second -> assertThat(second).contains(Duration.ZERO));
    }

    @Test
    void stepsOfABackupAreTheSameForEveryId() {
        backup(5);
        List<String> first =
                cluster.steps().stream().map(request -> request.step()).toList();
        backup(60);

        assertThat(first)
                .contains(
                        Server.OPERATE + " POST /actuator/backups",
                        Server.SEARCH_ENGINE + " PUT /_snapshot/camunda_backup/*");
        assertThat(cluster.steps()).hasSameSizeAs(first);
        assertThat(cluster.requests(cluster.steps().get(0).matcher())).hasSize(2);
        assertThat(cluster.requests(RequestMatcher.any())).hasSize(2 * first.size());
    }
}
