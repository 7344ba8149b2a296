package io.github.camundabackup.component;

import static io.github.camundabackup.support.Outcomes.failureOf;
import static io.github.camundabackup.support.Outcomes.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.error.BackupIdInUseException;
import io.github.camundabackup.error.SnapshotStoreException;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotState;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.support.AbstractComponentTest;
import io.github.camundabackup.support.Recorded;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The snapshots in the repository as a witness for a component that cannot say how its backup stands. */
class SnapshotBackupReaderTest extends AbstractComponentTest {
    private static final String GET = "GET /actuator/backups/100";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SUCCESS SUCCESS SUCCESS         | COMPLETED",
                "SUCCESS SUCCESS                 | INCOMPLETE",
                "SUCCESS IN_PROGRESS             | IN_PROGRESS",
                "SUCCESS SUCCESS IN_PROGRESS     | IN_PROGRESS",
                "SUCCESS FAILED IN_PROGRESS      | FAILED",
                "SUCCESS PARTIAL SUCCESS         | FAILED",
                "SUCCESS INCOMPATIBLE SUCCESS    | INCOMPATIBLE",
                "SUCCESS SUCCESS UNKNOWN         | UNKNOWN"
            })
    void computesTheStateAsTheComponentWould(String states, BackupState state) {
        List<SnapshotInfo> snapshots = new ArrayList<>();
        for (String part : states.split(" ", -1)) {
            snapshots.add(part("operate_100", snapshots.size() + 1, SnapshotState.parse(part)));
        }

        SnapshotBackup backup =
                SnapshotBackupReader.describe(Component.OPERATE, ID, snapshots).orElseThrow();

        assertThat(backup.state()).isEqualTo(state);
        assertThat(backup.partsShown()).isEqualTo(snapshots.size());
    }

    @Test
    void leavesOutTheSnapshotsOfOthers() {
        List<SnapshotInfo> snapshots = List.of(
                part("operate_100", 2, SnapshotState.SUCCESS),
                part("tasklist_100", 1, SnapshotState.FAILED),
                part("operate_1001", 1, SnapshotState.FAILED),
                SnapshotInfo.builder("camunda_operate_100_notes", SnapshotState.FAILED)
                        .build(),
                part("operate_100", 1, SnapshotState.SUCCESS));

        SnapshotBackup backup =
                SnapshotBackupReader.describe(Component.OPERATE, ID, snapshots).orElseThrow();

        assertThat(backup.parts())
                .extracting(SnapshotBackup.Part::snapshotName)
                .containsExactly("camunda_operate_100_8.6.0_part_1_of_3", "camunda_operate_100_8.6.0_part_2_of_3");
    }

    @Test
    void knowsNothingOfABackupWithoutSnapshots() {
        assertThat(SnapshotBackupReader.describe(Component.OPERATE, ID, List.of()))
                .isEmpty();
    }

    @Test
    void isAskedWhenTheComponentRefusesToSay() throws Exception {
        server.on(GET, 400, Recorded.OPERATE_CANNOT_SAY);
        List<String> asked = new ArrayList<>();
        SnapshotStore store = store((patterns, consumer) -> {
            asked.addAll(patterns);
            consumer.accept(part("operate_100", 1, SnapshotState.IN_PROGRESS));
            return CompletableFuture.completedFuture(null);
        });

        BackupLookup<SnapshotBackup> lookup =
                resultOf(operate().withRepository(store).get(ID));

        assertThat(lookup.found().map(SnapshotBackup::state)).contains(BackupState.IN_PROGRESS);
        assertThat(asked).containsExactly("camunda_operate_100_*");
    }

    @Test
    void isNotAskedWhenTheComponentAnswers() throws Exception {
        server.on(GET, 200, Recorded.OPERATE_COMPLETED);

        BackupLookup<SnapshotBackup> lookup = resultOf(operate()
                .withRepository(store((patterns, consumer) -> {
                    throw new AssertionError("was asked");
                }))
                .get(ID));

        assertThat(lookup.found()).isPresent();
    }

    @Test
    void leavesItUnclearIfTheRepositoryCannotSayEither() throws Exception {
        server.on(GET, 400, Recorded.OPERATE_CANNOT_SAY);
        SnapshotStore broken = store((patterns, consumer) -> CompletableFuture.failedFuture(
                new SnapshotStoreException(SnapshotStoreException.Reason.OTHER, "down", null)));

        assertThat(resultOf(operate().withRepository(broken).get(ID)).unclear()).isPresent();
        assertThat(resultOf(operate()
                                .withRepository(store((patterns, consumer) -> CompletableFuture.completedFuture(null)))
                                .get(ID))
                        .unclear())
                .isPresent();
    }

    @Test
    void findsADuplicateIdWhileOperateCannotSay() {
        server.on("POST /actuator/backups", 400, Recorded.OPERATE_CANNOT_SAY).on(GET, 400, Recorded.OPERATE_CANNOT_SAY);
        SnapshotStore store = store((patterns, consumer) -> {
            consumer.accept(part("operate_100", 1, SnapshotState.IN_PROGRESS));
            return CompletableFuture.completedFuture(null);
        });

        failureOf(operate().withRepository(store).take(ID), BackupIdInUseException.class);
    }

    @Test
    void showsProgressAndCompletionWhileOperateCannot() throws Exception {
        server.on(GET, 400, Recorded.OPERATE_CANNOT_SAY);
        List<BackupState> progress = new ArrayList<>();
        SnapshotStore store = store((patterns, consumer) -> {
            int parts = Math.min(3, progress.size() + 1);
            for (int part = 1; part <= parts; part++) {
                consumer.accept(part("operate_100", part, SnapshotState.SUCCESS));
            }
            return CompletableFuture.completedFuture(null);
        });

        SnapshotBackup backup = resultOf(operate()
                .withRepository(store)
                .awaitCompletion(ID, Duration.ofHours(1), seen -> progress.add(seen.state())));

        assertThat(backup.parts()).hasSize(3);
        assertThat(progress).containsExactly(BackupState.INCOMPLETE, BackupState.INCOMPLETE, BackupState.COMPLETED);
    }

    private static SnapshotInfo part(String owner, int part, SnapshotState state) {
        return SnapshotInfo.builder("camunda_" + owner + "_8.6.0_part_" + part + "_of_3", state)
                .build();
    }

    /** A store that can only list. */
    @SuppressWarnings("unchecked")
    private static SnapshotStore store(Listing listing) {
        return (SnapshotStore) Proxy.newProxyInstance(
                SnapshotStore.class.getClassLoader(),
                new Class<?>[] {SnapshotStore.class},
                (self, method, arguments) -> {
                    if (!method.getName().equals("list")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return listing.list((Collection<String>) arguments[0], (Consumer<SnapshotInfo>) arguments[1]);
                });
    }

    @FunctionalInterface
    private interface Listing {
        CompletableFuture<Void> list(Collection<String> patterns, Consumer<SnapshotInfo> consumer);
    }
}
