package io.github.camundabackup.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.support.SteppingTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JournalJsonTest {
    private final RunHolder holder = RunHolder.here(new SteppingTime().now());

    @Test
    void versionsThatKnowNothingOfRestoresRefuseOneAndReadABackup() {
        assertThat(write(JournaledRun.Kind.RESTORE)).contains("\"formatVersion\":2");
        assertThat(write(JournaledRun.Kind.BACKUP)).contains("\"formatVersion\":1");
    }

    @Test
    void whatWasWrittenBeforeThereWereRestoresIsABackup() {
        String old = write(JournaledRun.Kind.BACKUP).replace("\"kind\":\"BACKUP\",", "");

        assertThat(old).doesNotContain("kind");
        assertThat(JournalJson.read(old, "the journal").kind()).isEqualTo(JournaledRun.Kind.BACKUP);
    }

    @Test
    void aRestoreIsReadBack() {
        assertThat(JournalJson.read(write(JournaledRun.Kind.RESTORE), "the journal"))
                .hasToString("The restore of backup 17 (RUNNING, " + holder + ", last sign of life at " + holder.since()
                        + ")");
    }

    @Test
    void thePhysicalTenantIsReadBack() {
        String eu = JournalJson.write(JournaledRun.builder(BackupId.of(17), holder)
                .physicalTenant(PhysicalTenant.of("eu"))
                .build());

        assertThat(JournalJson.read(eu, "the journal").physicalTenant()).hasToString("eu");
        assertThat(write(JournaledRun.Kind.BACKUP)).doesNotContain("physicalTenant");
        assertThat(JournalJson.read(write(JournaledRun.Kind.BACKUP), "the journal")
                        .physicalTenant())
                .isEqualTo(PhysicalTenant.DEFAULT);
    }

    @Test
    void theHolderIsReadBack() {
        RunHolder known = new RunHolder(
                "id", "host", 42, Optional.of(new ProcessIdentity("boot", "pid:[7]", 1234)), holder.since());
        RunHolder unknown = new RunHolder("id", "host", 42, Optional.empty(), holder.since());

        for (RunHolder written : List.of(known, unknown)) {
            String text = JournalJson.write(
                    JournaledRun.builder(BackupId.of(17), written).build());

            assertThat(JournalJson.read(text, "the journal").holder()).isEqualTo(written);
        }
    }

    @Test
    void aLaterVersionIsNotGuessedAt() {
        String later = write(JournaledRun.Kind.RESTORE).replace("\"formatVersion\":2", "\"formatVersion\":3");

        assertThatThrownBy(() -> JournalJson.read(later, "the journal"))
                .isInstanceOf(CamundaBackupException.class)
                .hasMessageContaining("its formatVersion is 3, and 1 and 2 are known");
    }

    private String write(JournaledRun.Kind kind) {
        return JournalJson.write(
                JournaledRun.builder(BackupId.of(17), holder).kind(kind).build());
    }
}
