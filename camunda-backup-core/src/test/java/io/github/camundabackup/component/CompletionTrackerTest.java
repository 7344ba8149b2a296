package io.github.camundabackup.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camundabackup.error.ComponentBackupFailedException;
import io.github.camundabackup.error.RemoteCall;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.internal.json.Json;
import io.github.camundabackup.internal.json.JsonFormatException;
import io.github.camundabackup.line.LineComponent;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.snapshot.SnapshotState;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CompletionTrackerTest {
    private static final BackupId ID = BackupId.of(100);
    private static final LineComponent RULES = LineComponent.builder(Component.OPERATE)
            .absentGrace(Duration.ofSeconds(10))
            .incompleteGrace(Duration.ofSeconds(20))
            .unclearGrace(Duration.ofSeconds(30))
            .build();
    private static final BackupLookup<ComponentBackup> ABSENT = new BackupLookup.Absent<>();
    private static final BackupLookup<ComponentBackup> UNCLEAR =
            new BackupLookup.Unclear<>(new RequestRejectedException(
                    new RemoteCall("get the state of backup 100", "Operate", "GET", URI.create("http://operate:9600")),
                    400,
                    "cannot say",
                    ""));
    private static final BackupLookup<ComponentBackup> INCOMPLETE = web(BackupState.INCOMPLETE, SnapshotState.SUCCESS);
    private static final BackupLookup<ComponentBackup> DOES_NOT_EXIST = web(BackupState.DOES_NOT_EXIST);
    private static final BackupLookup<ComponentBackup> IN_PROGRESS =
            web(BackupState.IN_PROGRESS, SnapshotState.SUCCESS);
    private static final BackupLookup<ComponentBackup> COMPLETED = web(BackupState.COMPLETED, SnapshotState.SUCCESS);

    private final CompletionTracker<ComponentBackup> judge = new CompletionTracker<>(RULES, ID);
    // Far from zero, as the system's nanoseconds are.
    private long now = Long.MAX_VALUE - 1000;

    record Doubt(String name, BackupLookup<ComponentBackup> answer, Duration grace, BackupState state) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Doubt> doubts() {
        return Stream.of(
                new Doubt("absent", ABSENT, RULES.absentGrace(), BackupState.DOES_NOT_EXIST),
                new Doubt("does not exist", DOES_NOT_EXIST, RULES.absentGrace(), BackupState.DOES_NOT_EXIST),
                new Doubt("incomplete", INCOMPLETE, RULES.incompleteGrace(), BackupState.INCOMPLETE),
                new Doubt("unclear", UNCLEAR, RULES.unclearGrace(), BackupState.UNKNOWN));
    }

    @Test
    void isDoneWhenTheBackupIsCompleted() {
        assertThat(judge.judge(COMPLETED, now)).isEqualTo(COMPLETED.found());
    }

    @ParameterizedTest
    @EnumSource(
            value = BackupState.class,
            names = {"FAILED", "INCOMPATIBLE", "DELETED"})
    void failsAtOnceInAStateThatABackupDoesNotLeave(BackupState state) {
        ComponentBackupFailedException failure =
                catchThrowableOfType(ComponentBackupFailedException.class, () -> judge.judge(web(state), now));

        assertThat(failure.state()).isEqualTo(state);
        assertThat(failure.backupId()).isEqualTo(ID);
        assertThat(failure.component()).isEqualTo(Component.OPERATE);
        assertThat(failure).hasMessageContaining("gives no reason");
    }

    @ParameterizedTest
    @EnumSource(
            value = BackupState.class,
            names = {"IN_PROGRESS", "UNKNOWN"})
    void waitsForAsLongAsItTakesInAStateThatMayStillChange(BackupState state) {
        for (int hours = 0; hours < 48; hours++) {
            assertThat(judge.judge(web(state, SnapshotState.SUCCESS), now)).isEmpty();
            now += Duration.ofHours(1).toNanos();
        }
    }

    @ParameterizedTest
    @MethodSource("doubts")
    void bearsADoubtUntilItsGraceIsOver(Doubt doubt) {
        assertThat(judge.judge(doubt.answer(), now)).isEmpty();
        now += doubt.grace().toNanos();
        assertThat(judge.judge(doubt.answer(), now)).isEmpty();
        now += 1;

        ComponentBackupFailedException failure =
                catchThrowableOfType(ComponentBackupFailedException.class, () -> judge.judge(doubt.answer(), now));

        assertThat(failure.state()).isEqualTo(doubt.state());
        assertThat(failure)
                .hasMessageContaining("unchanged for " + doubt.grace().toSeconds() + " s");
    }

    @ParameterizedTest
    @MethodSource("doubts")
    void isDoneWhenTheBackupIsCompletedAfterAnyDoubt(Doubt doubt) {
        judge.judge(doubt.answer(), now);
        now += doubt.grace().multipliedBy(2).toNanos();

        assertThat(judge.judge(COMPLETED, now)).isPresent();
    }

    @ParameterizedTest
    @MethodSource("doubts")
    void countsAnewAfterABackupWasSeenInProgress(Doubt doubt) {
        judge.judge(doubt.answer(), now);
        now += doubt.grace().toNanos();
        judge.judge(IN_PROGRESS, now);
        now += 1;
        judge.judge(doubt.answer(), now);
        now += doubt.grace().toNanos();

        assertThat(judge.judge(doubt.answer(), now)).isEmpty();
    }

    @Test
    void countsAnewWhenTheKindOfDoubtChanges() {
        for (Doubt doubt : doubts().toList()) {
            judge.judge(doubt.answer(), now);
            now += Duration.ofSeconds(9).toNanos();
        }
        assertThat(judge.judge(ABSENT, now)).isEmpty();
    }

    @Test
    void takesAFailureToAskForADoubt() {
        judge.unclear(new IllegalStateException("gone"), now);
        now += RULES.unclearGrace().toNanos() + 1;

        assertThatThrownBy(() -> judge.unclear(new IllegalStateException("gone"), now))
                .isInstanceOf(ComponentBackupFailedException.class)
                .hasMessageContaining("Last answer: gone");
    }

    @Test
    void bearsIncompleteForAsLongAsPartsAppearOrEnd() {
        List<SnapshotState> parts = new ArrayList<>();
        for (int part = 1; part <= 6; part++) {
            parts.add(SnapshotState.IN_PROGRESS);
            assertThat(judge.judge(web(BackupState.INCOMPLETE, parts.toArray(SnapshotState[]::new)), now))
                    .isEmpty();
            now += RULES.incompleteGrace().toNanos();
            parts.set(part - 1, SnapshotState.SUCCESS);
            assertThat(judge.judge(web(BackupState.INCOMPLETE, parts.toArray(SnapshotState[]::new)), now))
                    .isEmpty();
            now += RULES.incompleteGrace().toNanos();
        }
    }

    @Test
    void bearsIncompleteForAsLongAsAPartitionOfZeebeIsInProgress() {
        for (int hours = 0; hours < 48; hours++) {
            assertThat(judge.judge(zeebe("INCOMPLETE", "IN_PROGRESS", "DOES_NOT_EXIST"), now))
                    .isEmpty();
            now += Duration.ofHours(1).toNanos();
        }

        judge.judge(zeebe("INCOMPLETE", "COMPLETED", "DOES_NOT_EXIST"), now);
        now += RULES.incompleteGrace().toNanos() + 1;
        assertThatThrownBy(() -> judge.judge(zeebe("INCOMPLETE", "COMPLETED", "DOES_NOT_EXIST"), now))
                .isInstanceOf(ComponentBackupFailedException.class);
    }

    @Test
    void givesTheReasonsOfTheComponentAndOfItsParts() {
        SnapshotBackup failed = new SnapshotBackup(
                Component.OPERATE,
                ID,
                BackupState.FAILED,
                "There were failures with the following snapshots",
                List.of(
                        new SnapshotBackup.Part("part_1", SnapshotState.SUCCESS, Optional.empty(), List.of()),
                        new SnapshotBackup.Part(
                                "part_2", SnapshotState.PARTIAL, Optional.empty(), List.of("shard 0", "shard 1")),
                        new SnapshotBackup.Part(
                                "part_3", SnapshotState.FAILED, Optional.empty(), List.of("disk full"))));

        assertThatThrownBy(() -> judge.judge(new BackupLookup.Found<>(failed), now))
                .hasMessageContaining("its state is FAILED: There were failures with the following snapshots"
                        + " (part_2: shard 0; part_3: disk full).");
    }

    @Test
    void givesTheReasonsOfPartitions() {
        assertThatThrownBy(() -> judge.judge(zeebe("FAILED", "COMPLETED", "FAILED"), now))
                .hasMessageContaining("(partition 2: leader change)");
    }

    @Test
    void remembersTheLastAnswerInWords() {
        assertThat(judge.lastSeen()).isEqualTo("It has shown nothing so far.");
        judge.judge(ABSENT, now);
        assertThat(judge.lastSeen()).contains("no backup with this id");
        judge.judge(UNCLEAR, now);
        assertThat(judge.lastSeen())
                .startsWith("Last answer: Could not get the state")
                .contains("cannot say");
        judge.judge(web(BackupState.IN_PROGRESS, SnapshotState.SUCCESS, SnapshotState.IN_PROGRESS), now);
        assertThat(judge.lastSeen())
                .isEqualTo("Last seen: backup 100 of Operate: IN_PROGRESS, 1 of 2 started snapshots done.");
        judge.judge(zeebe("IN_PROGRESS", "COMPLETED", "IN_PROGRESS"), now);
        assertThat(judge.lastSeen()).isEqualTo("Last seen: backup 100 of Zeebe: IN_PROGRESS, 1 of 2 partitions done.");
    }

    private static BackupLookup<ComponentBackup> web(BackupState state, SnapshotState... parts) {
        @Nullable String reason = null;
        return new BackupLookup.Found<>(new SnapshotBackup(
                Component.OPERATE,
                ID,
                state,
                reason,
                Stream.of(parts)
                        .map(part -> new SnapshotBackup.Part("part", part, Optional.empty(), List.of()))
                        .toList()));
    }

    private static BackupLookup<ComponentBackup> zeebe(String state, String... partitions) {
        List<PartitionBackup> read = new ArrayList<>();
        for (String partition : partitions) {
            String json = "{\"partitionId\":" + (read.size() + 1) + ",\"state\":\"" + partition + "\""
                    + (partition.equals("FAILED") ? ",\"failureReason\":\"leader change\"}" : "}");
            try {
                read.add(PartitionBackup.read(Json.read(json.getBytes(StandardCharsets.UTF_8)))
                        .orElseThrow());
            } catch (JsonFormatException e) {
                throw new AssertionError(e);
            }
        }
        return new BackupLookup.Found<>(new ZeebeBackup(ID, BackupState.parse(state), null, read));
    }
}
