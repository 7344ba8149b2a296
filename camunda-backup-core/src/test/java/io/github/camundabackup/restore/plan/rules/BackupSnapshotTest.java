package io.github.camundabackup.restore.plan.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.snapshot.EngineInfo;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotState;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource({
        "8.19.22-[9537000], 8.19.21", // as Elasticsearch 8.19.21 tells of one of a version that it does not know
        "8.19.9-8.19.21, 8.19.8",
        "3.19.6, 2.19.6",
        "8.10.0, 8.9.9",
        "9503000, 8.13.4", // as Elasticsearch 8.13.4 tells of one of the next major version
    })
    void aSnapshotOfALaterVersionOfTheEngineIsNewer(String made, String here) {
        assertThat(madeBy(made).isNewerThan(new EngineInfo("an engine", here))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "8.19.9-8.19.21, 8.19.21",
        "8.19.9-8.19.21, 8.19.9",
        "8.16.0-8.16.1, 8.19.21",
        "2.9.0, 2.19.6",
        "2.19.6, 3.0.0-beta1",
        "'', 8.19.21",
        "8537000, 8.19.21",
        "8503000, 8.13.4",
        "2.19.6, unknown",
    })
    void oneOfTheSameOrAnEarlierOrAnUnknownVersionIsNot(String made, String here) {
        assertThat(madeBy(made).isNewerThan(new EngineInfo("an engine", here))).isFalse();
    }

    private static BackupSnapshot madeBy(String version) {
        return snapshot(SnapshotState.SUCCESS, info -> info.engineVersion(version));
    }

    private static BackupSnapshot snapshot(SnapshotState state, UnaryOperator<SnapshotInfo.Builder> shards) {
        SnapshotName name = SnapshotName.records(BackupId.of(17));
        return new BackupSnapshot(
                name, shards.apply(SnapshotInfo.builder(name.toString(), state)).build());
    }
}
