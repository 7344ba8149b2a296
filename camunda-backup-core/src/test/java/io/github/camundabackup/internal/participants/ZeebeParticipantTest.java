package io.github.camundabackup.internal.participants;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.component.Examination;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.support.AbstractComponentTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Zeebe's checkpoints say before a backup. */
class ZeebeParticipantTest extends AbstractComponentTest {
    private static final String STATE = "GET /actuator/backupRuntime/state?physicalTenant=default";

    private final Found found = new Found();

    @BeforeEach
    void noBackups() {
        server.on("GET /actuator/backupRuntime?physicalTenant=default", 200, "[]");
    }

    private void examine() {
        new ZeebeParticipant(zeebe88(), true, time).examine(found).join();
    }

    private void state(String kind, String type, Instant at) {
        server.on(
                STATE,
                200,
                "{\"ranges\":[],\"" + (kind.equals("backupStates") ? "checkpointStates" : "backupStates") + "\":[],\""
                        + kind
                        + "\":[{\"checkpointId\":1772001869309,\"checkpointType\":\"" + type
                        + "\",\"partitionId\":1,\"checkpointPosition\":580,\"checkpointTimestamp\":\"" + at + "\"}]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MARKER", "SCHEDULED_BACKUP"})
    void checkpointsThatZeebeMakesByItselfForbidABackup(String type) {
        state("checkpointStates", type, time.now().minus(Duration.ofHours(20)));

        examine();

        assertThat(found.problems).singleElement().asString().contains("checkpoint-interval", "1772001869309");
        assertThat(found.warnings).isEmpty();
    }

    @Test
    void aScheduledBackupBeforeTheLatestCheckpointForbidsOneToo() {
        state("backupStates", "SCHEDULED_BACKUP", time.now());

        examine();

        assertThat(found.problems).hasSize(1);
    }

    @Test
    void oldOnesAreAWarningAsTheyMayBeSwitchedOffByNow() {
        state("checkpointStates", "MARKER", time.now().minus(Duration.ofHours(26)));

        examine();

        assertThat(found.problems).isEmpty();
        assertThat(found.warnings).singleElement().asString().contains("more than a day ago");
    }

    @Test
    void theLatestCheckpointUsesItsIdThoughItsBackupIsDeleted() {
        state("checkpointStates", "MANUAL_BACKUP", time.now());

        examine();

        assertThat(found.problems).isEmpty();
        assertThat(found.warnings).isEmpty();
        assertThat(found.used).containsExactly(BackupId.of(1_772_001_869_309L));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404})
    void aZeebeThatHasNoStateIsNoProblem(int status) {
        server.on(STATE, status, "{\"status\":" + status + "}");

        examine();

        assertThat(found.problems).isEmpty();
        assertThat(found.warnings).isEmpty();
    }

    @Test
    void aStateThatCannotBeReadIsSaid() {
        server.on(STATE, 502, "{\"message\":\"incomplete topology\"}");

        examine();

        assertThat(found.problems).isEmpty();
        assertThat(found.warnings).singleElement().asString().contains("incomplete topology");
    }

    @Test
    void upTo87ItIsNotAskedFor() {
        server.on("GET /actuator/backups", 200, "[]");

        new ZeebeParticipant(zeebe(), false, time).examine(found).join();

        assertThat(server.requests()).hasSize(1);
        assertThat(found.problems).isEmpty();
    }

    private static final class Found implements Examination {
        private final List<String> problems = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();
        private final List<BackupId> used = new ArrayList<>();

        @Override
        public BackupId backupId() {
            return ID;
        }

        @Override
        public CamundaLine line() {
            return CamundaLine.V8_8;
        }

        @Override
        public Set<Component> components() {
            return Set.of(Component.ZEEBE);
        }

        @Override
        public void problem(String sentence) {
            problems.add(sentence);
        }

        @Override
        public void warning(String sentence) {
            warnings.add(sentence);
        }

        @Override
        public void usedId(BackupId id, String knownTo) {
            used.add(id);
        }
    }
}
