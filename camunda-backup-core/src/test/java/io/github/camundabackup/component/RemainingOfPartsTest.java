package io.github.camundabackup.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.snapshot.SnapshotProgress;
import io.github.camundabackup.snapshot.SnapshotState;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.support.SteppingTime;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RemainingOfPartsTest {
    private final SteppingTime time = new SteppingTime();
    private final List<String> asked = new ArrayList<>();
    private CompletableFuture<Optional<SnapshotProgress>> progress =
            CompletableFuture.completedFuture(Optional.empty());
    private final RemainingOfParts remaining = new RemainingOfParts(time, Optional.of(store()));

    @Test
    void partsTakeAsLongAsThoseBefore() {
        time.advance(Duration.ofSeconds(20));

        remaining.look(backup(3, 1)).join();

        assertThat(remaining.estimate()).contains(Duration.ofSeconds(10));
        assertThat(asked).isEmpty();
        assertThat(remaining.goesOn()).isCompletedWithValue(false);
    }

    @Test
    void ofTheLastPartTheRepositoryShowsHowFarItIs() {
        progress = shows(SnapshotState.IN_PROGRESS, 1, 50);
        time.hold();
        remaining.look(backup(3, 2)).join();
        time.advance(Duration.ofSeconds(10));

        assertThat(remaining.goesOn()).isCompletedWithValue(true);
        assertThat(remaining.estimate()).contains(Duration.ofSeconds(10));
        assertThat(asked).containsOnly("camunda_operate_1_8.6.0_part_3_of_3");
    }

    @Test
    void shardsMayBeDoneBeforeTheirBytesSaySo() {
        progress = shows(SnapshotState.IN_PROGRESS, 5, 10);
        time.hold();
        remaining.look(backup(3, 2)).join();
        time.advance(Duration.ofSeconds(5));

        remaining.goesOn().join();

        assertThat(remaining.estimate()).contains(Duration.ofSeconds(5));
    }

    @Test
    void theComponentIsAskedOnceTheLastPartHasEnded() {
        progress = shows(SnapshotState.IN_PROGRESS, 5, 50);
        time.hold();
        remaining.look(backup(3, 2)).join();
        progress = shows(SnapshotState.SUCCESS, 10, 100);

        assertThat(remaining.goesOn()).isCompletedWithValue(false);
        assertThat(remaining.estimate()).isEmpty();
    }

    @Test
    void partsThatAreMadeTogetherAreTheLastOnes() {
        progress = shows(SnapshotState.IN_PROGRESS, 5, 50);
        time.hold();

        remaining.look(backup(3, 0, 3)).join();

        assertThat(asked).containsOnly("camunda_operate_1_8.6.0_part_1_of_3");
        assertThat(remaining.goesOn()).isCompletedWithValue(true);
        time.advance(Duration.ofSeconds(5));
        assertThat(remaining.goesOn()).as("another one may have failed").isCompletedWithValue(false);
    }

    @Test
    void theComponentIsAskedIfTheRepositoryCannotBe() {
        progress = CompletableFuture.failedFuture(new IllegalStateException("broken"));
        time.hold();

        remaining.look(backup(3, 2)).join();

        assertThat(remaining.estimate()).isEmpty();
        assertThat(remaining.goesOn()).isCompletedWithValue(false);
        assertThat(asked).hasSize(1);
    }

    @Test
    void aRepositoryThatIsSilentIsNotWaitedFor() {
        progress = new CompletableFuture<>();

        remaining.look(backup(3, 2)).join();

        assertThat(time.delays()).containsExactly(Duration.ofSeconds(2));
        assertThat(remaining.goesOn()).isCompletedWithValue(false);
    }

    private static CompletableFuture<Optional<SnapshotProgress>> shows(SnapshotState state, int shards, long bytes) {
        return CompletableFuture.completedFuture(Optional.of(new SnapshotProgress(state, shards, 0, 10, bytes, 100)));
    }

    private static SnapshotBackup backup(int parts, int done) {
        return backup(parts, done, done + 1);
    }

    private static SnapshotBackup backup(int parts, int done, int shown) {
        return new SnapshotBackup(
                Component.OPERATE,
                BackupId.of(1),
                BackupState.IN_PROGRESS,
                null,
                IntStream.rangeClosed(1, shown)
                        .mapToObj(part -> new SnapshotBackup.Part(
                                "camunda_operate_1_8.6.0_part_" + part + "_of_" + parts,
                                part <= done ? SnapshotState.SUCCESS : SnapshotState.IN_PROGRESS,
                                Optional.empty(),
                                List.of()))
                        .toList());
    }

    /** A store that can only say how far a snapshot is. */
    private SnapshotStore store() {
        return (SnapshotStore) Proxy.newProxyInstance(
                SnapshotStore.class.getClassLoader(),
                new Class<?>[] {SnapshotStore.class},
                (self, method, arguments) -> {
                    if (!method.getName().equals("progress")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    asked.add((String) arguments[0]);
                    return progress;
                });
    }
}
