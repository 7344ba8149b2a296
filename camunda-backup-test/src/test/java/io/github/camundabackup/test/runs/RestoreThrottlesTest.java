package io.github.camundabackup.test.runs;

import static io.github.camundabackup.test.runs.EngineLimits.BYTES;
import static io.github.camundabackup.test.runs.EngineLimits.SHARDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.recovery.RecoveryReport;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.report.RestoreReport.Outcome;
import io.github.camundabackup.report.RestoreStatus;
import io.github.camundabackup.report.RestoreStatus.Step;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.RestoreFailedException;
import io.github.camundabackup.restore.RestoreHandle;
import io.github.camundabackup.restore.plan.RestoreListener;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.snapshot.RestoreThrottles;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits of the engine that are raised for the time of a restore, and put back whatever becomes of it. */
class RestoreThrottlesTest extends AbstractEngineTest {
    private static final RequestMatcher CHANGE = RequestMatcher.of("PUT", "/_cluster/settings");

    private RestoreScene scene;
    private URI uri;

    @BeforeEach
    void open() {
        scene = new RestoreScene(CamundaLine.V8_8, engine(), stores());
        uri = scene.scene().cluster().searchEngineUri();
        scene.stop();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private static RestoreListener whileRestoring(Runnable action) {
        return new RestoreListener() {
            @Override
            public void progress(BackupId backupId, RestoreStatus status) {
                if (status.step() == Step.RESTORING) {
                    action.run();
                }
            }
        };
    }

    private RestoreSettings.Builder settings() {
        return RestoreSettings.builder().raiseThrottles();
    }

    private EngineLimits limits() {
        return EngineLimits.of(uri);
    }

    @Test
    void limitsAreRaisedWhileItRestoresAndThenAsBefore() {
        EngineLimits.set(uri, "persistent", BYTES, "\"20mb\"");
        EngineLimits.set(uri, "transient", SHARDS, "2");
        List<EngineLimits> seen = new CopyOnWriteArrayList<>();

        RestorePlan plan = scene.plan(settings());
        RestoreReport report = scene.restore(settings().listener(whileRestoring(() -> seen.add(limits()))));

        assertThat(plan.throttles()).containsExactly(BYTES + " from 20mb to no limit", SHARDS + " from 2 to 20");
        assertThat(plan.toString())
                .contains("Raised for the time of the restore, and put back: "
                        + plan.throttles().get(0));
        assertThat(plan.toJson()).contains(plan.throttles().get(1));
        assertThat(report.warnings()).noneMatch(warning -> warning.contains("limit"));
        assertThat(seen).isNotEmpty().allSatisfy(during -> {
            assertThat(during.noted()).isTrue();
            assertThat(during.value("persistent", BYTES)).isEqualTo("0");
            assertThat(during.value("transient", SHARDS)).isEqualTo("20");
        });
        assertThat(limits().noted()).isFalse();
        assertThat(limits().value("persistent", BYTES)).isEqualTo("20mb");
        assertThat(limits().value("transient", SHARDS)).isEqualTo("2");
    }

    @Test
    void nothingIsRaisedThatNobodyAskedForOrThatSlowsNothingDown() {
        assertThat(scene.plan().throttles()).isEmpty();
        EngineLimits.set(uri, "persistent", BYTES, "\"-1\"");
        EngineLimits.set(uri, "persistent", SHARDS, "30");
        int before = scene.requests();

        RestoreReport report = scene.restore(settings());

        assertThat(report.outcome()).isEqualTo(Outcome.ENGINE_RESTORED);
        assertThat(scene.plan(settings()).throttles()).isEmpty();
        assertThat(scene.changes(before)).noneMatch(change -> change.contains("settings"));
    }

    @Test
    void theRepositorysOwnLimitIsLeftAndSaid() {
        String repository = scene.scene().cluster().repository();
        scene.web()
                .send(
                        "PUT",
                        "/_snapshot/" + repository,
                        "{\"type\":\"fs\",\"settings\":{\"location\":\"/backups/" + repository
                                + "\",\"max_restore_bytes_per_sec\":\"20mb\"}}");

        assertThat(scene.plan(settings()).warnings())
                .anySatisfy(warning ->
                        assertThat(warning).contains("max_restore_bytes_per_sec=20mb", "which is not raised"));
        assertThat(scene.plan().warnings()).noneMatch(warning -> warning.contains("bytes_per_sec"));
    }

    @Test
    void whatSomebodyChangesMeanwhileIsLeftAloneAndSaid() {
        RestoreReport report = scene.restore(
                settings().listener(whileRestoring(() -> EngineLimits.set(uri, "persistent", BYTES, "\"70mb\""))));

        assertThat(report.warnings())
                .anySatisfy(warning -> assertThat(warning)
                        .contains("Somebody has changed " + BYTES, "set to 70mb", "Before, it was not set"));
        assertThat(limits().value("persistent", BYTES)).isEqualTo("70mb");
        assertThat(limits().value("persistent", SHARDS)).isEmpty();
        assertThat(limits().noted()).isFalse();
    }

    @Test
    void withoutThePrivilegeItRestoresAtTheEnginesPace() {
        scene.scene().cluster().faults().at(CHANGE).always().answer(Fault.status(403));

        RestoreReport report = scene.restore(settings());

        assertThat(report.outcome()).isEqualTo(Outcome.ENGINE_RESTORED);
        assertThat(report.warnings())
                .filteredOn(warning -> warning.contains("limits"))
                .singleElement()
                .asString()
                .contains("at its own pace", "cluster:admin/settings/update");
        assertThat(limits().asAtFirst()).isTrue();
    }

    @Test
    void aRestoreThatFailsPutsThemBack() {
        scene.goOn();
        RestoreClient restore = scene.scene().client().restore(settings().build());
        RestorePlan plan = restore.plan(scene.backupId()).join();
        scene.scene()
                .cluster()
                .faults()
                .at(RequestMatcher.of("POST", "/_snapshot/*/*/_restore"))
                .always()
                .answer(Fault.status(400));

        RestoreFailedException failed = RestoreScene.failure(restore.execute(plan));

        assertThat(failed.report().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(limits().asAtFirst()).isTrue();
    }

    @Test
    void aRestoreThatIsCancelledPutsThemBack() {
        scene.goOn();
        RestoreClient restore = scene.scene().client().restore(settings().build());
        RestorePlan plan = restore.plan(scene.backupId()).join();
        CompletableFuture<RestoreHandle> handle = new CompletableFuture<>();
        scene.scene()
                .cluster()
                .faults()
                .at(RequestMatcher.of("POST", "/_snapshot/*/*/_restore"))
                .act(() -> handle.thenAccept(RestoreHandle::cancel));

        handle.complete(restore.execute(plan));
        RestoreFailedException failed = RestoreScene.failure(handle.join());

        assertThat(failed.report().outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(limits().asAtFirst()).isTrue();
    }

    @Test
    void limitsThatCannotBePutBackAreSaidAndPutBackByTheNextRestore() {
        scene.scene().cluster().faults().at(CHANGE).after(1).always().answer(Fault.status(500));

        RestoreReport report = scene.restore(settings());
        assertThat(report.outcome()).isEqualTo(Outcome.ENGINE_RESTORED);
        assertThat(report.warnings())
                .anySatisfy(warning -> assertThat(warning).contains("may still be raised", "recover()"));
        assertThat(limits().noted()).isTrue();
        scene.scene().cluster().faults().clear();

        RestoreReport next = scene.restore();
        assertThat(next.warnings())
                .anySatisfy(warning -> assertThat(warning)
                        .contains("left raised by the restore of backup " + scene.backupId(), BYTES, SHARDS));
        assertThat(limits().asAtFirst()).isTrue();
    }

    @Test
    void recoverPutsBackWhatAKilledRestoreHasLeft() {
        scene.start();
        throttles().raise("a restore that was killed").join();

        RecoveryReport report = scene.scene().client().recover().join();

        assertThat(report.warnings())
                .anySatisfy(warning -> assertThat(warning).contains("left raised by a restore that was killed"));
        assertThat(limits().asAtFirst()).isTrue();
        assertThat(scene.scene().client().recover().join().warnings()).isEmpty();
    }

    /** Clusters that share an engine have a repository, and so a lock, of their own each. */
    @Test
    void whatTheRestoreOfAnotherRepositoryHasRaisedIsLeftAndSaid() {
        try (SnapshotStore other = stores().create(
                        Endpoint.of(uri), "of_another_cluster", scene.scene().resources())) {
            other.restoreThrottles()
                    .orElseThrow()
                    .raise("the restore of another cluster")
                    .join();

            RestoreReport report = scene.restore(settings());

            assertThat(report.warnings())
                    .anySatisfy(warning -> assertThat(warning)
                            .contains(
                                    "raised by the restore of another cluster, from the repository of_another_cluster",
                                    "left so"));
            assertThat(limits().noted()).isTrue();
            assertThat(other.restoreThrottles().orElseThrow().putBack().join().done())
                    .isNotEmpty();
            assertThat(limits().asAtFirst()).isTrue();
        }
    }

    /** No lock says whether the one that has raised them lives. */
    @Test
    void aRestoreBesideWhatIsInUseLeavesThoseOfOthersAlone() {
        throttles().raise("another restore").join();

        scene.restore(RestoreSettings.builder().scratchPrefix("one-"));
        assertThat(limits().noted()).isTrue();

        scene.restore(settings().scratchPrefix("two-"));
        assertThat(limits().noted()).isTrue();
    }

    @Test
    void whatAKilledRestoreHasLeftIsPutBackAndRaisedAgain() {
        throttles().raise("a restore that was killed").join();
        List<EngineLimits> seen = new CopyOnWriteArrayList<>();

        RestoreReport report = scene.restore(settings().listener(whileRestoring(() -> seen.add(limits()))));

        assertThat(report.warnings())
                .anySatisfy(warning -> assertThat(warning).contains("left raised by a restore that was killed"));
        assertThat(seen)
                .isNotEmpty()
                .allSatisfy(
                        during -> assertThat(during.value("persistent", BYTES)).isEqualTo("0"));
        assertThat(limits().asAtFirst()).isTrue();
    }

    private RestoreThrottles throttles() {
        return scene.scene().client().snapshotStore().restoreThrottles().orElseThrow();
    }
}
