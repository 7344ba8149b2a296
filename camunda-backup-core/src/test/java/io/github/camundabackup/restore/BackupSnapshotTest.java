package io.github.camundabackup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotState;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackupSnapshotTest {

    @Test
    void aSuccessIsUsableAlsoIfItIsEmpty() {
        assertThat(snapshot(SnapshotState.SUCCESS, info -> info.shards(3, 0).indices(List.of("operate-event-8.3.0_")))
                        .isUsable())
                .isTrue();
        assertThat(snapshot(SnapshotState.SUCCESS, info -> info.shards(0, 0)).isUsable())
                .isTrue();
    }

    @Test
    void whoseIndicesAreNotToldIsNotTakenForAnEmptyOne() {
        assertThat(snapshot(SnapshotState.SUCCESS, info -> info.shards(3, 0)).problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("3 shards", "no indices"));
    }

    @Test
    void aFailedShardMakesItUseless() {
        assertThat(snapshot(SnapshotState.SUCCESS, info -> info.shards(3, 1).indices(List.of("operate-event-8.3.0_")))
                        .problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("1 failed shards"));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SUCCESS")
    void nothingButASuccessIsUsable(SnapshotState state) {
        assertThat(snapshot(state, info -> info.shards(3, 0).indices(List.of("operate-event-8.3.0_")))
                        .isUsable())
                .isFalse();
    }

    private static BackupSnapshot snapshot(SnapshotState state, UnaryOperator<SnapshotInfo.Builder> shards) {
        SnapshotName name = SnapshotName.records(BackupId.of(17));
        return new BackupSnapshot(
                name, shards.apply(SnapshotInfo.builder(name.toString(), state)).build());
    }
}
