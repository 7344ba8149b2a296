package io.github.camundabackup.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotNameTest {
    static Stream<Component> parted() {
        return Component.known().stream()
                .filter(component -> component.hasSnapshots() && !component.equals(Component.ZEEBE_RECORDS));
    }

    @ParameterizedTest
    @CsvSource({
        "camunda_operate_100_8.6.0_part_1_of_6,            OPERATE,          100,           8.6.0,          1, 6",
        "camunda_tasklist_7_8.5.13_part_6_of_6,            TASKLIST,         7,             8.5.13,         6, 6",
        "camunda_operate_1700000000_8.7.1-snapshot_part_2_of_6, OPERATE,     1700000000,    8.7.1-snapshot, 2, 6",
        "camunda_webapps_1700000000_8.8.0_part_7_of_7,     WEB_APPLICATIONS, 1700000000,    8.8.0,          7, 7",
        "camunda_webapps_1763661600000_8.10.0-alpha1_part_5_of_5, WEB_APPLICATIONS, 1763661600000, 8.10.0-alpha1, 5, 5",
        "camunda_optimize_17_8.6.0_part_2_of_2,            OPTIMIZE,         17,            8.6.0,          2, 2",
    })
    void takesTheNamesOfEveryVersionLineApart(
            String name, Component component, long id, String version, int part, int count) {
        assertThat(SnapshotName.parse(name))
                .contains(new SnapshotName(component, BackupId.of(id), Optional.of(version), part, count));
    }

    @Test
    void takesTheNameOfTheRecordsApart() {
        assertThat(SnapshotName.parse("camunda_zeebe_records_backup_1700000000"))
                .contains(SnapshotName.records(BackupId.of(1_700_000_000)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camunda_operate_100_8.6.0_part_1_of_6",
                "camunda_tasklist_100_8.6.0_part_3_of_6",
                "camunda_webapps_1700000000_8.8.0_part_5_of_5",
                "camunda_optimize_9223372036854775807_8.9.0_part_1_of_2",
                "camunda_zeebe_records_backup_17"
            })
    void givesBackTheNameThatItWasReadFrom(String name) {
        assertThat(SnapshotName.parse(name).map(SnapshotName::toString)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nightly",
                "camunda_operate_100",
                "camunda_operate_100_8.6.0",
                "camunda_operate_abc_8.6.0_part_1_of_6",
                "camunda_operate_-1_8.6.0_part_1_of_6",
                "camunda_operate_100_8.6.0_part_1_of_6_old",
                "old_camunda_operate_100_8.6.0_part_1_of_6",
                "camunda_zeebe_100_8.6.0_part_1_of_6",
                "camunda_operate_100_8_6_part_1_of_6",
                "Camunda_Operate_100_8.6.0_Part_1_of_6",
                "camunda_zeebe_records_backup_",
                "camunda_zeebe_records_backup_17_part_1_of_1"
            })
    void leavesForeignNamesAlone(String name) {
        assertThat(SnapshotName.parse(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camunda_operate_0_8.6.0_part_1_of_6",
                "camunda_operate_9223372036854775808_8.6.0_part_1_of_6",
                "camunda_operate_99999999999999999999_8.6.0_part_1_of_6",
                "camunda_zeebe_records_backup_0",
                "camunda_zeebe_records_backup_9223372036854775808",
                "camunda_operate_100_8.6.0_part_0_of_6",
                "camunda_operate_100_8.6.0_part_7_of_6",
                "camunda_operate_100_8.6.0_part_1_of_0",
                "camunda_operate_100_8.6.0_part_99999_of_99999"
            })
    void leavesImpossibleNumbersAlone(String name) {
        assertThat(SnapshotName.parse(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camunda_operate_0100_8.6.0_part_1_of_6",
                "camunda_operate_100_8.6.0_part_01_of_6",
                "camunda_operate_100_8.6.0_part_1_of_06",
                "camunda_zeebe_records_backup_017"
            })
    void doesNotTakeADifferentlyWrittenNumberForTheSameName(String name) {
        assertThat(SnapshotName.parse(name)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("parted")
    void separatesIdsThatBeginAlike(Component component) {
        String of17 = SnapshotName.prefix(component, BackupId.of(17));
        SnapshotName of170 = new SnapshotName(component, BackupId.of(170), Optional.of("8.6.0"), 1, 2);
        SnapshotName another17 = new SnapshotName(component, BackupId.of(17), Optional.of("8.6.0"), 1, 2);

        assertThat(of170.toString()).doesNotStartWith(of17);
        assertThat(another17.toString()).startsWith(of17);
    }

    /** As alphas of 8.10 named them, in a repository that tenants shared. No listing of a backup's parts has them. */
    @ParameterizedTest
    @ValueSource(strings = {"eu", "eu-west", "camunda", "camunda_webapps", "camunda_zeebe_records_backup", "17", "a_b"})
    void namesThatBeginWithATenantAreNobodys(String tenant) {
        for (long id : new long[] {1, 17, 170, 1_700_000_000}) {
            BackupId backupId = BackupId.of(id);
            for (Component component : List.of(Component.WEB_APPLICATIONS, Component.OPTIMIZE, Component.OPERATE)) {
                String own = new SnapshotName(component, backupId, Optional.of("8.10.0"), 1, 2).toString();

                assertThat(SnapshotName.parse(own)).isPresent();
                assertThat(SnapshotName.parse(tenant + "_" + own)).isEmpty();
                assertThat(tenant + "_" + own).doesNotStartWith(SnapshotName.prefix(component, backupId));
            }
            assertThat(SnapshotName.parse(tenant + "_" + SnapshotName.records(backupId)))
                    .isEmpty();
            assertThat(SnapshotName.parseOutcome(tenant + "_" + SnapshotName.outcome(backupId)))
                    .isEmpty();
        }
    }

    @Test
    void knowsNoSnapshotsOfZeebeItself() {
        assertThatThrownBy(() -> SnapshotName.prefix(Component.ZEEBE, BackupId.of(17)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no snapshots");
        assertThatThrownBy(() -> new SnapshotName(Component.ZEEBE, BackupId.of(17), Optional.of("8.6.0"), 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 6", "-1, 6", "1, 0", "7, 6"})
    void countsPartsFromOneToTheLast(int part, int count) {
        assertThatThrownBy(
                        () -> new SnapshotName(Component.OPERATE, BackupId.of(17), Optional.of("8.6.0"), part, count))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(part + " of " + count);
    }

    @Test
    void hasAVersionUnlessItHoldsRecords() {
        assertThatThrownBy(() -> new SnapshotName(Component.OPERATE, BackupId.of(17), Optional.empty(), 1, 6))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SnapshotName(Component.ZEEBE_RECORDS, BackupId.of(17), Optional.of("8.6.0"), 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNameOfAnUnknownComponentIsThatOfAComponentOfItsOwn() {
        SnapshotName name =
                SnapshotName.parse("camunda_cockpit_100_9.0.0_part_1_of_2").orElseThrow();

        assertThat(name.component()).isEqualTo(Component.ofSnapshots("COCKPIT", "Cockpit"));
        assertThat(Component.known()).doesNotContain(name.component());
    }
}
