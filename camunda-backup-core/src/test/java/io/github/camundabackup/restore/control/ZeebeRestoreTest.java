package io.github.camundabackup.restore.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.model.BackupId;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZeebeRestoreTest {
    private static final ZeebeRestore ZEEBE = new ZeebeRestore(BackupId.of(17), OptionalInt.of(2), OptionalInt.of(3));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12:00 INFO io.camunda.zeebe.restore.RestoreApp - Successfully restored broker from backup 17",
                "Successfully restored broker from backup [17]",
                "Successfully restored physical tenants default"
            })
    void recognizesTheLineOfSuccessOfEveryVersion(String line) {
        assertThat(ZEEBE.isSuccess(line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Successfully restored broker from backup 170",
                "Successfully restored broker from backup 18",
                "Failed to restore broker from backup 17",
                "Starting to restore from backup 17",
                ""
            })
    void takesNoOtherLineForSuccess(String line) {
        assertThat(ZEEBE.isSuccess(line)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "8.6.0, Successfully restored broker from backup 17",
        "8.8.12, Successfully restored broker from backup 17",
        "8.9.0, Successfully restored broker from backup [17]",
        "8.10.1, Successfully restored physical tenants"
    })
    void namesTheLineThatTheVersionLogs(String version, String line) {
        assertThat(ZEEBE.successLine(Set.of(version))).contains("\"" + line + "\"");
        assertThat(ZEEBE.isSuccess(line)).isTrue();
        assertThat(ZEEBE.successLine(Set.of())).contains("backup 17", "8.9", "brackets");
    }

    @Test
    void tellsTheInvocationOnEachBroker() {
        assertThat(ZEEBE.command()).containsExactly("bin/restore", "--backupId=17");
        assertThat(ZEEBE.nodeIds()).containsExactly(0, 1);
        assertThat(ZEEBE.environment(1)).containsEntry("ZEEBE_BROKER_CLUSTER_NODEID", "1");
        assertThat(ZEEBE.kubernetesEnvironment())
                .containsEntry("SPRING_PROFILES_ACTIVE", "restore")
                .containsEntry("ZEEBE_RESTORE", "true")
                .containsEntry("ZEEBE_RESTORE_FROM_BACKUP_ID", "17")
                .hasSize(3);
    }
}
