package io.github.camundabackup.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.internal.json.JsonFormatException;
import io.github.camundabackup.model.BackupState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
    private static Manifest read(String text) throws JsonFormatException {
        return Manifest.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsWhatOldZeebesWriteToS3() throws JsonFormatException {
        Manifest manifest = read("{'statusCode':'completed','id':{'nodeId':2,'partitionId':1,'checkpointId':17},"
                + "'descriptor':{'snapshotId':'20-3-91-90-0','numberOfPartitions':3,'checkpointPosition':92,"
                + "'brokerVersion':'8.6.1'},'snapshotFiles':{'files':{'CURRENT':{},"
                + "'000143.sst':{'compressionAlgorithm':'zstd'}}},'segmentFiles':{'files':{'1.log':{}}},"
                + "'createdAt':1718000003.250000000,'modifiedAt':1718000009}");

        assertThat(manifest.state()).isEqualTo(BackupState.COMPLETED);
        assertThat(manifest.node()).isEqualTo("2");
        assertThat(manifest.files()).containsExactly("snapshot/CURRENT", "snapshot/000143.sst", "segments/1.log");
        assertThat(manifest.createdAt()).contains(Instant.parse("2024-06-10T06:13:23.250Z"));
        assertThat(manifest.modifiedAt()).contains(Instant.ofEpochSecond(1718000009));
        assertThat(manifest.checkpoint()).hasValueSatisfying(checkpoint -> {
            assertThat(checkpoint.position()).isEqualTo(OptionalLong.of(92));
            assertThat(checkpoint.partitions()).isEqualTo(OptionalInt.of(3));
            assertThat(checkpoint.type()).isEqualTo("MANUAL_BACKUP");
            assertThat(checkpoint.time()).isEmpty();
        });
    }

    @Test
    void readsZonesAndTimesOfNewZeebes() throws JsonFormatException {
        Manifest manifest = read("{'id':{'nodeId':0,'partitionId':1,'checkpointId':17,'zone':'eu-a'},"
                + "'descriptor':{'numberOfPartitions':2,'checkpointPosition':10,'brokerVersion':'8.10.0',"
                + "'firstLogPosition':9,'checkpointTimestamp':'2026-10-14T17:46:40Z',"
                + "'checkpointType':'SCHEDULED_BACKUP'},'statusCode':'COMPLETED','snapshot':{'files':[]},"
                + "'segments':{'files':[{'name':'9.log'}]},'createdAt':'2026-10-14T17:46:41Z','later':{'x':[1]}}");

        assertThat(manifest.node()).isEqualTo("eu-a_0");
        assertThat(manifest.files()).containsExactly("segments/9.log");
        assertThat(manifest.modifiedAt()).isEmpty();
        assertThat(manifest.checkpoint()).hasValueSatisfying(checkpoint -> {
            assertThat(checkpoint.snapshotId()).isEmpty();
            assertThat(checkpoint.firstLogPosition()).isEqualTo(OptionalLong.of(9));
            assertThat(checkpoint.time()).contains(Instant.parse("2026-10-14T17:46:40Z"));
            assertThat(checkpoint.type()).isEqualTo("SCHEDULED_BACKUP");
        });
    }

    @Test
    void readsAFailureThatWroteNothing() throws JsonFormatException {
        Manifest manifest = read("{'statusCode':'failed','id':{'nodeId':1,'partitionId':2,'checkpointId':17},"
                + "'descriptor':null,'failureReason':'leader change','snapshotFiles':{'files':{}},"
                + "'segmentFiles':{'files':{}}}");

        assertThat(manifest.checkpoint()).isEmpty();
        assertThat(manifest.failure()).isEqualTo(Optional.of("leader change"));
        assertThat(manifest.files()).isEmpty();
    }

    @Test
    void readsTheFirstForm() throws JsonFormatException {
        assertThat(read("{'statusCode':'COMPLETED','id':{'nodeId':1,'partitionId':2,'checkpointId':17},"
                                + "'snapshotFileNames':['CURRENT'],'segmentFileNames':['1.log']}")
                        .files())
                .containsExactly("snapshot/CURRENT", "segments/1.log");
    }

    @ParameterizedTest
    @CsvSource({
        "completed, COMPLETED",
        "IN_PROGRESS, IN_PROGRESS",
        "in_progress, IN_PROGRESS",
        "Failed, FAILED",
        "deleted, DELETED",
        "archived, UNKNOWN"
    })
    void takesNoUnknownStateForAnother(String word, BackupState state) throws JsonFormatException {
        assertThat(read("{'statusCode':'" + word + "','id':{'nodeId':1,'partitionId':2,'checkpointId':17}}")
                        .state())
                .isEqualTo(state);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "{'id':{}}", "{'statusCode':'COMPLETED'}", "<html>"})
    void refusesWhatIsNoManifest(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(JsonFormatException.class);
    }
}
