package io.github.camundabackup.test.runs;

import static io.github.camundabackup.test.assertion.BackupAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.backup.BackupListener;
import io.github.camundabackup.consistency.ConsistencyChecker;
import io.github.camundabackup.consistency.ConsistencyReport;
import io.github.camundabackup.consistency.FindingCode;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.BackupFate;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RecordedRequest;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a check says of whole backups, on each engine. */
class ConsistencyTest extends AbstractEngineTest {
    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void ownBackupProvesEveryPartition(CamundaLine line) {
        try (Scene scene = scene(line)) {
            BackupReport backup = scene.backUp();

            ConsistencyReport report = check(scene, backup.backupId());

            assertThat(report).isConsistent().hasOnlyFindings().provesEveryPartition();
            assertThat(report.line()).contains(line);
            assertThat(report.components()).hasSameSizeAs(backup.steps());
            assertThat(scene.client().consistency().check(backup).join()).isConsistent();
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void verifiesAllButZeebeWithoutACluster(CamundaLine line) {
        try (Scene scene = scene(line)) {
            BackupId id = scene.backUp().backupId();
            int before = scene.cluster().requests().size();
            ConsistencyChecker checker = ConsistencyChecker.of(scene.client().snapshotStore(), scene.resources());

            ConsistencyReport report = checker.check(id).join();

            assertThat(report)
                    .isUnverifiable()
                    .hasOnlyFindings(FindingCode.NOT_ASKED)
                    .isRestorable();
            assertThat(checker.latestRestorable().join().map(ConsistencyReport::backupId))
                    .contains(id);
            List<RecordedRequest> requests = scene.cluster().requests();
            assertThat(requests.subList(before, requests.size()))
                    .allSatisfy(request -> assertThat(request.server()).isEqualTo(Server.SEARCH_ENGINE));
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void inconsistentFromTheFirstLostSnapshotToTheLast(CamundaLine line) {
        try (Scene scene = scene(line)) {
            BackupId id = scene.backUp().backupId();
            List<String> snapshots = new ArrayList<>();
            scene.client()
                    .snapshotStore()
                    .listNames(List.of("camunda_*"), snapshots::add)
                    .join();

            for (String snapshot : snapshots) {
                scene.client().snapshotStore().deleteSnapshot(snapshot).join();

                assertThat(check(scene, id)).isInconsistent();
            }
            assertThat(scene.client().consistency().latestRestorable().join()).isEmpty();
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void notConsistentWithoutItsPartInZeebe(CamundaLine line) {
        try (Scene scene = scene(line)) {
            BackupId id = scene.backUp().backupId();
            scene.client().cluster().join().zeebe().delete(id).join();
            scene.time().delay(Duration.ofMinutes(6)).join();

            assertThat(check(scene, id)).isInconsistent().hasFinding(FindingCode.COMPONENT_MISSING, Component.ZEEBE);
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void failedBackupIsInconsistent(CamundaLine line) {
        try (Scene scene = scene(line)) {
            scene.cluster().faults().fate(Component.ZEEBE, BackupFate.FAILS);
            BackupId id = scene.failToBackUp().report().backupId();

            assertThat(check(scene, id)).isInconsistent().hasFinding(FindingCode.PARTITION_FAILED);
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void backupThatIsBeingTakenIsInProgress(CamundaLine line) {
        try (Scene scene = scene(line)) {
            BackupId id = BackupId.of(17);
            Component application = line.equals(CamundaLine.UP_TO_8_7) ? Component.OPERATE : Component.WEB_APPLICATIONS;
            scene.client().cluster().join().snapshotClients().stream()
                    .filter(client -> client.component().equals(application))
                    .forEach(client -> client.take(id).join());

            assertThat(check(scene, id)).isInProgress();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIMIZE", "ZEEBE"})
    void unverifiableWhileAComponentDoesNotAnswer(Component silent) {
        try (Scene scene = scene(CamundaLine.UP_TO_8_7)) {
            BackupId id = scene.backUp().backupId();
            scene.cluster().faults().unreachable(silent.equals(Component.ZEEBE) ? Server.ZEEBE : Server.OPTIMIZE);

            assertThat(check(scene, id)).isUnverifiable().hasFinding(FindingCode.SOURCE_UNREADABLE, silent);
        }
    }

    @Test
    void unverifiableWhileTheRepositoryDoesNotAnswer() {
        try (Scene scene = scene(CamundaLine.V8_8)) {
            BackupId id = scene.backUp().backupId();
            scene.cluster().faults().unreachable(Server.SEARCH_ENGINE);

            assertThat(check(scene, id)).isUnverifiable().hasFinding(FindingCode.SOURCE_UNREADABLE);
            assertThat(scene.client().consistency().latestRestorable().join()).isEmpty();
        }
    }

    @Test
    void unknownIdIsNotFound() {
        try (Scene scene = scene(CamundaLine.V8_8)) {
            scene.backUp();

            ConsistencyReport report = check(scene, BackupId.of(1));

            assertThat(report).isInconsistent().hasOnlyFindings(FindingCode.BACKUP_NOT_FOUND);
            assertThatThrownBy(() -> assertThat(report).isConsistent())
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("Expected backup 1 to be CONSISTENT")
                    .hasMessageContaining(report.toString());
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void checksAllWithOneListingAndOneRequestEach(CamundaLine line) {
        try (Scene scene = scene(line)) {
            BackupId first = backUp(scene);
            BackupId second = backUp(scene);
            BackupId third = backUp(scene);
            scene.client()
                    .snapshotStore()
                    .deleteSnapshot("camunda_zeebe_records_backup_" + third)
                    .join();
            int before = scene.cluster().requests().size();

            List<ConsistencyReport> reports =
                    scene.client().consistency().checkAll().join();

            assertThat(reports).extracting(ConsistencyReport::backupId).containsExactly(third, second, first);
            assertThat(reports.get(0)).isInconsistent();
            assertThat(reports.get(1)).isConsistent();
            assertThat(reports.get(2)).isConsistent();
            List<RecordedRequest> requests = scene.cluster().requests();
            assertThat(requests.subList(before, requests.size()))
                    .filteredOn(request -> request.server() == Server.SEARCH_ENGINE)
                    .filteredOn(request -> request.path().contains("_snapshot"))
                    .hasSize(1);
            Optional<ConsistencyReport> latest =
                    scene.client().consistency().latestRestorable().join();
            assertThat(latest.map(ConsistencyReport::backupId)).contains(second);
        }
    }

    @Test
    void theLatestIsFoundWithOneListingHoweverManyAreBad() {
        try (Scene scene = scene(CamundaLine.V8_8)) {
            BackupId good = scene.backUp().backupId();
            for (int bad = 0; bad < 3; bad++) {
                scene.time().delay(Duration.ofMinutes(10)).join();
                BackupId id = scene.backUp().backupId();
                scene.client().cluster().join().zeebe().delete(id).join();
            }
            int before = scene.cluster().requests().size();

            Optional<ConsistencyReport> latest =
                    scene.client().consistency().latestRestorable().join();

            assertThat(latest.map(ConsistencyReport::backupId)).contains(good);
            assertThat(scene.cluster().requests().stream().skip(before))
                    .filteredOn(request -> request.server() == Server.SEARCH_ENGINE)
                    .filteredOn(request -> request.path().contains("_snapshot"))
                    // The contents of the good one are read, and of no other.
                    .filteredOn(request -> !request.path().contains("_" + good))
                    .hasSize(1);
        }
    }

    @Test
    void aPauseThatNobodySawToItsEndMakesNoConsistentBackup() {
        try (Scene scene = scene(CamundaLine.V8_8)) {
            scene.cluster()
                    .faults()
                    .at(RequestMatcher.of("GET", "/actuator/partitions"))
                    .always()
                    .answer(Fault.status(404));
            BackupReport run = scene.backUp();
            assertThat(run.pause().held()).isFalse();
            scene.time().delay(Duration.ofMinutes(10)).join();

            assertThat(check(scene, run.backupId())).isUnverifiable().hasFinding(FindingCode.PAUSE_NOT_OBSERVED);
            assertThat(scene.client().consistency().check(run).join())
                    .isUnverifiable()
                    .hasFinding(FindingCode.PAUSE_NOT_OBSERVED);
            assertThat(scene.client().consistency().checkAll().join())
                    .singleElement()
                    .satisfies(
                            listed -> assertThat(listed).isUnverifiable().hasFinding(FindingCode.PAUSE_NOT_OBSERVED));
            assertThat(scene.client().consistency().latestRestorable().join()).isEmpty();

            ConsistencyReport onTheLastDay = ConsistencyChecker.of(
                            scene.client().snapshotStore(), scene.resources())
                    .check(run)
                    .join();
            assertThat(onTheLastDay).isUnverifiable().hasFinding(FindingCode.PAUSE_NOT_OBSERVED);
            assertThat(onTheLastDay.isRestorable()).isFalse();
        }
    }

    @Test
    void aCheckOfOneBackupReadsNoOthersButItsNeighbours() {
        try (Scene scene = scene(CamundaLine.V8_8)) {
            List<BackupId> ids = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                ids.add(backUp(scene));
            }
            int before = scene.cluster().requests().size();

            assertThat(check(scene, ids.get(2))).isConsistent();

            assertThat(scene.cluster().requests().stream()
                            .skip(before)
                            .filter(request -> request.path().contains("_snapshot"))
                            .map(request -> request.path().replace("%2A", "*")))
                    // The contents of its own snapshots are read, each by its name.
                    .filteredOn(path -> path.contains("*"))
                    .hasSize(2)
                    .noneMatch(path -> path.contains(ids.get(0).toString()))
                    .noneMatch(path -> path.contains(ids.get(4).toString()))
                    .anyMatch(path -> path.contains("camunda_*_" + ids.get(1))
                            && path.contains("camunda_*_" + ids.get(2) + "_*")
                            && path.contains("camunda_*_" + ids.get(3)));
        }
    }

    @Test
    void theBackupOfARunThatFailedAtItsEndIsNotTheLatest() {
        try (Scene scene = scene(CamundaLine.V8_8)) {
            BackupId good = scene.backUp().backupId();
            scene.time().delay(Duration.ofMinutes(10)).join();
            // All parts are complete soon; the run does not see it.
            scene.cluster()
                    .faults()
                    .at(RequestMatcher.of("GET", "/actuator/backupRuntime/1*"))
                    .answer(Fault.status(401));
            BackupId failed = scene.failToBackUp().report().backupId();
            scene.time().delay(Duration.ofMinutes(10)).join();

            assertThat(check(scene, failed)).isInconsistent().hasFinding(FindingCode.RUN_FAILED);
            assertThat(scene.client().consistency().latestRestorable().join().map(ConsistencyReport::backupId))
                    .contains(good);
            assertThat(ConsistencyChecker.of(scene.client().snapshotStore(), scene.resources())
                            .latestRestorable()
                            .join()
                            .map(ConsistencyReport::backupId))
                    .as("when everything but the repository is gone")
                    .contains(good);
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void pauseThatSomebodyElseEndedCostsTheProof(CamundaLine line) {
        AtomicReference<Scene> now = new AtomicReference<>();
        BackupListener meddler = new BackupListener() {
            @Override
            public void stepStarted(BackupId backupId, Component component, Instant at) {
                if (component.equals(Component.ZEEBE_RECORDS)) {
                    Scene scene = Optional.ofNullable(now.get()).orElseThrow();
                    scene.client()
                            .cluster()
                            .thenCompose(cluster -> cluster.exporting().resume());
                }
            }
        };
        try (Scene scene = Scene.of(line, engine(), stores(), cluster -> cluster, client -> client.listener(meddler))) {
            now.set(scene);

            // The run itself notices, and fails; what it left behind must not pass either.
            ConsistencyReport report =
                    check(scene, scene.failToBackUp().report().backupId());

            assertThat(report).isInconsistent().hasOnlyFindings(FindingCode.RUN_FAILED, FindingCode.EXPORTED_TOO_FAR);
            assertThat(report.isRestorable()).isFalse();
        }
    }

    @Test
    void needsNoExportedRecordsWithoutOptimize() {
        try (Scene scene = scene(CamundaLine.V8_8, SimulatedCluster.Builder::withoutOptimize)) {
            assertThat(check(scene, scene.backUp().backupId())).isConsistent();
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void othersBackupsAreCheckedWithWeakerEvidence(CamundaLine line) {
        try (Scene scene = scene(line)) {
            BackupId id = BackupId.of(17);
            scene.client().cluster().join().snapshotClients().forEach(client -> {
                client.take(id).join();
                client.awaitCompletion(id, Duration.ofHours(1), progress -> {}).join();
            });
            scene.time().delay(Duration.ofMinutes(6)).join();

            assertThat(check(scene, id))
                    .isInconsistent()
                    .hasFinding(FindingCode.NO_MANIFEST)
                    .hasFinding(FindingCode.COMPONENT_MISSING, Component.ZEEBE)
                    .hasFinding(FindingCode.COMPONENT_MISSING, Component.ZEEBE_RECORDS);
        }
    }

    private static BackupId backUp(Scene scene) {
        scene.time().delay(Duration.ofMinutes(10)).join();
        return scene.backUp().backupId();
    }

    private static ConsistencyReport check(Scene scene, BackupId id) {
        return scene.client().consistency().check(id).join();
    }

    private Scene scene(CamundaLine line) {
        return scene(line, cluster -> cluster);
    }

    private Scene scene(CamundaLine line, UnaryOperator<SimulatedCluster.Builder> changes) {
        return Scene.of(line, engine(), stores(), changes, client -> client);
    }
}
