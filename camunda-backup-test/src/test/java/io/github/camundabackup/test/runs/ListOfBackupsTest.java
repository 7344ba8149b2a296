package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.consistency.ConsistencyReport;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A component that cannot list its backups: the more there are, the longer it takes, until a gateway gives up
 * (camunda/camunda#61898).
 */
class ListOfBackupsTest extends AbstractEngineTest {
    private static final String ZEEBE = "/actuator/backupRuntime";

    @ParameterizedTest
    @CsvSource({
        "/actuator/backupRuntime, Zeebe",
        "/actuator/backupHistory, web applications",
        "/actuator/backups, Optimize"
    })
    void aBackupIsTakenWithoutItAndSaysSo(String path, String component) {
        try (Scene scene = scene(CamundaLine.V8_8)) {
            scene.backUp();
            refuse(scene, path, 504);
            scene.time().delay(Duration.ofMinutes(10)).join();

            BackupReport report = scene.backUp();

            assertThat(report.warnings())
                    .anySatisfy(warning -> assertThat(warning)
                            .containsIgnoringCase("the list of backups of " + component + " could not be read")
                            .contains("504"));
        }
    }

    @Test
    void aUsedIdIsRefusedAllTheSame() {
        try (Scene scene = scene(CamundaLine.V8_8)) {
            BackupId higher = BackupId.of(scene.time().now().getEpochSecond() + 100_000);
            scene.client().cluster().join().zeebe().take(higher).join();
            scene.time().delay(Duration.ofMinutes(10)).join();
            refuse(scene, ZEEBE, 504);

            assertThat(scene.client().preflight(higher))
                    .failsWithin(Duration.ofMinutes(1))
                    .withThrowableThat()
                    .withMessageContaining("The id " + higher + " is not higher than " + higher + ", which Zeebe has");
        }
    }

    @Test
    void aComponentThatShowsNoBackupEitherForbidsABackup() {
        try (Scene scene = scene(CamundaLine.V8_8)) {
            refuse(scene, ZEEBE, 504);
            refuse(scene, ZEEBE + "/*", 504);

            assertThat(scene.failToBackUp())
                    .hasMessageContaining("list the backups")
                    .hasMessageContaining("504");
            assertThat(scene.cluster().requests())
                    .noneMatch(request -> request.path().contains("exporting/pause"));
        }
    }

    @Test
    void theLatestRestorableBackupIsFoundWithoutIt() {
        try (Scene scene = scene(CamundaLine.V8_8)) {
            BackupId good = scene.backUp().backupId();
            scene.time().delay(Duration.ofMinutes(10)).join();
            BackupId gone = scene.backUp().backupId();
            scene.client().cluster().join().zeebe().delete(gone).join();
            refuse(scene, ZEEBE, 504);

            assertThat(scene.client().consistency().latestRestorable().join().map(ConsistencyReport::backupId))
                    .contains(good);
        }
    }

    @Test
    void whoShowsNoBackupEitherIsNotAskedForEach() {
        try (Scene scene = scene(CamundaLine.V8_8)) {
            for (int i = 0; i < 3; i++) {
                scene.backUp();
                scene.time().delay(Duration.ofMinutes(10)).join();
            }
            refuse(scene, ZEEBE, 504);
            refuse(scene, ZEEBE + "/*", 504);
            int before = scene.cluster().requests().size();

            assertThat(scene.client().consistency().latestRestorable().join()).isEmpty();

            assertThat(scene.cluster().requests().stream().skip(before))
                    .filteredOn(request -> request.path().startsWith(ZEEBE + "/"))
                    .as("questions for single backups")
                    .hasSize(1);
        }
    }

    private Scene scene(CamundaLine line) {
        return Scene.of(line, engine(), stores());
    }

    private static void refuse(Scene scene, String path, int status) {
        scene.cluster().faults().at(RequestMatcher.of("GET", path)).always().answer(Fault.status(status));
    }
}
