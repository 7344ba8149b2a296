package io.github.camundabackup.restore.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OperatorControlTest {
    private static final ZeebeRestore ZEEBE = new ZeebeRestore(BackupId.of(17), OptionalInt.of(2), OptionalInt.of(3));

    private final List<String> asked = new ArrayList<>();
    private final CompletableFuture<Void> confirmation = new CompletableFuture<>();
    private final OperatorControl control = OperatorControl.confirmedBy(task -> {
        asked.add(task);
        return confirmation;
    });

    @Test
    void namesEveryComponentThatIsToBeStoppedAndWaitsForTheOperator() {
        CompletableFuture<Void> stopped = control.stop(List.of(Component.OPERATE, Component.TASKLIST, Component.ZEEBE));

        assertThat(asked).containsExactly("Stop Operate, Tasklist, Zeebe.");
        assertThat(stopped).isNotDone();
        confirmation.complete(null);
        assertThat(stopped).isCompleted();
    }

    @Test
    void namesEveryComponentThatIsToBeStartedAndWaitsForTheOperator() {
        CompletableFuture<Void> started = control.start(List.of(Component.OPTIMIZE, Component.ZEEBE));

        assertThat(asked).containsExactly("Start Zeebe first, and once it answers Optimize.");
        assertThat(started).isNotDone();
        confirmation.complete(null);
        assertThat(started).isCompleted();
    }

    @Test
    void tellsTheCommandOfEveryBrokerAndWaitsForTheOperator() {
        CompletableFuture<Void> restored = control.restoreZeebe(ZEEBE);

        assertThat(asked).containsExactly("""
                        Delete the data of every Zeebe broker. In the installation of every broker, with its configuration (with 3 partitions, as in the backup), run
                            ZEEBE_BROKER_CLUSTER_NODEID=0 bin/restore --backupId=17
                            ZEEBE_BROKER_CLUSTER_NODEID=1 bin/restore --backupId=17
                        Each must end with exit code 0 and the line "Successfully restored broker from backup 17" (8.9 writes the id in brackets, 8.10 counts physical tenants). In Kubernetes: set SPRING_PROFILES_ACTIVE=restore ZEEBE_RESTORE=true ZEEBE_RESTORE_FROM_BACKUP_ID=17 for the brokers instead.""");
        assertThat(restored).isNotDone();
        confirmation.complete(null);
        assertThat(restored).isCompleted();
    }

    @Test
    void anOperatorWhoGivesUpFailsTheStep() {
        CompletableFuture<Void> stopped = control.stop(List.of(Component.ZEEBE));

        confirmation.completeExceptionally(new IllegalStateException("The stateful set is stuck."));

        assertThatThrownBy(stopped::join).hasRootCauseMessage("The stateful set is stuck.");
    }

    @Test
    void lacksNothingThatCouldBeKnownBefore() {
        assertThat(control.problems(List.of(Component.ZEEBE), ZEEBE)).isEmpty();
    }

    @Test
    void atAConsoleEnterConfirmsWhatIsPrinted() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        OperatorControl console = OperatorControl.onConsole(
                new BufferedReader(new StringReader("\n")),
                new PrintStream(printed, true, StandardCharsets.UTF_8),
                Runnable::run);

        console.stop(List.of(Component.OPERATE)).join();
        CompletableFuture<Void> unattended = console.start(List.of(Component.OPERATE));

        assertThatThrownBy(unattended::join)
                .hasCauseInstanceOf(CamundaBackupException.class)
                .hasMessageContaining("The console was closed before this was done: Start Operate.");
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("TO DO: Stop Operate.", "TO DO: Start Operate.", "Press Enter");
    }
}
