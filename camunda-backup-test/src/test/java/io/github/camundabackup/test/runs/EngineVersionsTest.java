package io.github.camundabackup.test.runs;

import static io.github.camundabackup.test.assertion.BackupAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.consistency.Depth;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.error.SnapshotStoreException;
import io.github.camundabackup.error.SnapshotStoreException.Reason;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.report.BackupManifest;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.simulation.model.EngineVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Versions of a search engine answer differently, and all of them hold a backup that is proven. */
class EngineVersionsTest extends AbstractEngineTest {
    static Stream<EngineVersion> versions() {
        return Stream.of(EngineVersion.values())
                .filter(version -> version.engine() == EngineUnderTest.find().simulated());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theFirstBackupOfARepositoryIsProven(EngineVersion version) {
        try (Scene scene = scene(version)) {
            scene.cluster().load(20);
            scene.time().delay(Duration.ofMinutes(1)).join();

            BackupReport report = scene.backUp();

            assertThat(report.warnings()).isEmpty();
            SnapshotInfo records = scene.client()
                    .snapshotStore()
                    .get("camunda_zeebe_records_backup_" + report.backupId())
                    .join()
                    .orElseThrow();
            assertThat(BackupManifest.fromMetadata(records.metadata())
                            .orElseThrow()
                            .recordPositions())
                    .hasSize(3);
            assertThat(scene.client()
                            .consistency()
                            .check(report.backupId(), Depth.POSITIONS)
                            .join())
                    .isConsistent()
                    .hasOnlyFindings()
                    .provesEveryPartition();
            assertThat(RestoreClient.create(
                                    scene.client().snapshotStore(),
                                    RestoreSettings.builder().build(),
                                    scene.resources())
                            .plan(report.backupId())
                            .join()
                            .obstacles())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void anEmptyRepositoryIsEmptyAndAMissingOneIsMissing(EngineVersion version) {
        try (Scene scene = scene(version);
                SnapshotStore missing =
                        stores().create(Endpoint.of(scene.cluster().searchEngineUri()), "nowhere", scene.resources())) {
            for (List<String> patterns : List.of(List.of("*"), List.of("camunda_*", "a*"))) {
                List<Object> found = Collections.synchronizedList(new ArrayList<>());
                SnapshotStore store = scene.client().snapshotStore();
                store.list(patterns, found::add).join();
                store.listNames(patterns, found::add).join();

                assertThat(found).isEmpty();
                assertThatThrownBy(() -> missing.list(patterns, info -> {}).join())
                        .satisfies(EngineVersionsTest::saysThatItIsMissing);
                assertThatThrownBy(() -> missing.listNames(patterns, name -> {}).join())
                        .satisfies(EngineVersionsTest::saysThatItIsMissing);
            }
            assertThat(scene.client().snapshotStore().get("camunda_a").join()).isEmpty();
            assertThatThrownBy(() -> missing.get("camunda_a").join())
                    .satisfies(EngineVersionsTest::saysThatItIsMissing);
        }
    }

    private static void saysThatItIsMissing(Throwable failure) {
        assertThat(failure.getCause())
                .isInstanceOfSatisfying(
                        SnapshotStoreException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(Reason.REPOSITORY_MISSING));
    }

    private Scene scene(EngineVersion version) {
        return Scene.of(
                CamundaLine.UP_TO_8_7, engine(), stores(), cluster -> cluster.engineVersion(version), client -> client);
    }
}
