package io.github.camundabackup.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.report.BackupManifest.Part;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackupManifestTest {
    @Test
    void whatIsWrittenIsReadBack() {
        BackupManifest manifest = manifest(3).build();

        BackupManifest read = BackupManifest.fromMetadata(manifest.toMetadata()).orElseThrow();

        assertThat(read.toMetadata()).isEqualTo(manifest.toMetadata());
        assertThat(read.components()).isEqualTo(manifest.components()).hasSize(5);
        assertThat(read.exportedPositions())
                .isEqualTo(manifest.exportedPositions())
                .hasSize(3);
        assertThat(read.recordPositions()).isEqualTo(manifest.recordPositions()).hasSize(3);
        assertThat(read.pausedAt()).contains(Instant.EPOCH);
        assertThat(read.partitions()).hasValue(3);
        assertThat(read.recordIndices()).hasValue(14);
        assertThat(read.createdBy()).startsWith("camunda-backup/");
    }

    @Test
    void thePhysicalTenantIsReadBack() {
        BackupManifest eu = manifest(3).physicalTenant(PhysicalTenant.of("eu")).build();

        assertThat(BackupManifest.fromMetadata(eu.toMetadata()).orElseThrow().physicalTenant())
                .hasToString("eu");
        assertThat(manifest(3).build().toMetadata()).doesNotContainKey("physicalTenant");
    }

    @Test
    void whatIsNotKnownIsNotWritten() {
        BackupManifest read = BackupManifest.fromMetadata(BackupManifest.builder(BackupId.of(17), CamundaLine.V8_8.id())
                        .build()
                        .toMetadata())
                .orElseThrow();

        assertThat(read.components()).isEmpty();
        assertThat(read.exportedPositions()).isEmpty();
        assertThat(read.recordPositions()).isEmpty();
        assertThat(read.partitions()).isEmpty();
        assertThat(read.pausedAt()).isEmpty();
        assertThat(read.recordIndices()).isEmpty();
    }

    @Test
    void metadataOfOthersAreNoManifest() {
        assertThat(BackupManifest.fromMetadata(Map.of())).isEmpty();
        assertThat(BackupManifest.fromMetadata(Map.of("backupId", "17"))).isEmpty();
        assertThat(BackupManifest.fromMetadata(Map.of("backupId", "17", "createdBy", "me")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "backupId, seventeen",
        "components, identity",
        "components, OPERATE:8.6.0:x",
        "partitions, three",
        "pausedAt, yesterday",
        "recordIndices, x",
        "exportedPositions, 1:x",
        "exportedPositions, x:1",
        "exportedPositions, 17",
        "exportedPositions, 1:+5",
        "recordPositions, 9:+5",
        "recordPositions, 1:x",
        "recordPositions, 17"
    })
    void aManifestThatCannotBeReadIsNotTakenForNone(String key, String value) {
        Map<String, String> metadata = new LinkedHashMap<>(manifest(3).build().toMetadata());
        metadata.put(key, value);

        assertThatThrownBy(() -> BackupManifest.fromMetadata(metadata))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(value);
    }

    @Test
    void aFieldOfALaterVersionIsPassedOver() {
        Map<String, String> metadata = new LinkedHashMap<>(manifest(3).build().toMetadata());
        metadata.put("later", "x");

        assertThat(BackupManifest.fromMetadata(metadata)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"3, true, true", "20, true, true", "30, true, false", "200, false, false"})
    void leavesOutPositionsThatEnginesWouldRefuse(int partitions, boolean exported, boolean records) {
        BackupManifest manifest = manifest(partitions).build();
        Map<String, String> metadata = manifest.toMetadata();

        int bytes = metadata.entrySet().stream()
                .mapToInt(entry -> (entry.getKey() + entry.getValue()).getBytes(StandardCharsets.UTF_8).length)
                .sum();
        assertThat(bytes).isLessThan(960);
        assertThat(metadata.containsKey("exportedPositions")).isEqualTo(exported);
        assertThat(metadata.containsKey("recordPositions")).isEqualTo(records);
        assertThat(manifest.fits()).isEqualTo(exported && records);
    }

    @Test
    void writesPositionsOfRecordsAsDifferences() {
        Map<String, String> metadata = BackupManifest.builder(BackupId.of(17), CamundaLine.UP_TO_8_7.id())
                .exportedPosition(1, 4271)
                .exportedPosition(2, 2703)
                .exportedPosition(4, 9)
                .recordPosition(1, 4283)
                .recordPosition(2, 2700)
                .recordPosition(3, 4711)
                .recordPosition(4, 9)
                .build()
                .toMetadata();

        assertThat(metadata).containsEntry("recordPositions", "1:+12 2:-3 3:4711 4:+0");
        assertThat(BackupManifest.fromMetadata(metadata).orElseThrow().recordPositions())
                .containsExactly(Map.entry(1, 4283L), Map.entry(2, 2700L), Map.entry(3, 4711L), Map.entry(4, 9L));
    }

    private static BackupManifest.Builder manifest(int partitions) {
        BackupManifest.Builder manifest = BackupManifest.builder(BackupId.of(1_700_000_000), CamundaLine.UP_TO_8_7.id())
                .component(new Part(Component.OPTIMIZE, List.of("8.6.0"), OptionalInt.of(2)))
                .component(new Part(Component.OPERATE, List.of("8.6.0", "8.6.1"), OptionalInt.of(6)))
                .component(new Part(Component.TASKLIST, List.of("8.6.0"), OptionalInt.of(6)))
                .component(new Part(Component.ZEEBE_RECORDS, List.of(), OptionalInt.empty()))
                .component(new Part(Component.ZEEBE, List.of(), OptionalInt.empty()))
                .partitions(partitions)
                .pausedAt(Instant.EPOCH)
                .recordIndices(14);
        for (int id = 1; id <= partitions; id++) {
            manifest.exportedPosition(id, 1_000_000_000_000L + id);
            manifest.recordPosition(id, 1_000_000_000_000L + 2L * id);
        }
        return manifest;
    }
}
