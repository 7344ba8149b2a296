package io.github.camundabackup.restore.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.runtime.ClientResources;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandControlTest {
    private static final ZeebeRestore ZEEBE = new ZeebeRestore(BackupId.of(17), OptionalInt.of(2), OptionalInt.empty());

    private final ClientResources resources = ClientResources.create();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        resources.close();
    }

    private static List<String> shell(String script) {
        return List.of("sh", "-c", script, "sh");
    }

    private CommandControl.Builder control() {
        return CommandControl.builder(resources);
    }

    @Test
    void runsTheCommandOfEachComponent() throws IOException {
        CommandControl control = control()
                .stop(Component.OPERATE, "sh", "-c", "echo operate >> " + directory.resolve("stopped"))
                .stop(Component.ZEEBE, "sh", "-c", "echo zeebe >> " + directory.resolve("stopped"))
                .build();

        control.stop(List.of(Component.OPERATE, Component.ZEEBE)).join();

        assertThat(Files.readAllLines(directory.resolve("stopped"))).containsExactlyInAnyOrder("operate", "zeebe");
    }

    @Test
    void stopsZeebeLast() {
        control()
                .stop(Component.OPERATE, "sh", "-c", "touch " + directory.resolve("operate"))
                .stop(
                        Component.ZEEBE,
                        "test",
                        "-e",
                        directory.resolve("operate").toString())
                .build()
                .stop(List.of(Component.ZEEBE, Component.OPERATE))
                .join();

        assertThat(directory.resolve("operate")).exists();
    }

    @Test
    void startsZeebeFirst() {
        control()
                .start(
                        Component.OPERATE,
                        "test",
                        "-e",
                        directory.resolve("zeebe").toString())
                .start(Component.ZEEBE, "sh", "-c", "touch " + directory.resolve("zeebe"))
                .build()
                .start(List.of(Component.OPERATE, Component.ZEEBE))
                .join();

        assertThat(directory.resolve("zeebe")).exists();
    }

    @Test
    void failsWithTheEndOfTheOutputAndWithoutTheArguments() {
        CommandControl control = control()
                .stop(Component.ZEEBE, "sh", "-c", "echo no such unit >&2; exit 4 # secret")
                .build();

        assertFails(control.stop(List.of(Component.ZEEBE)), "Could not stop Zeebe: sh ended with 4", "no such unit");
        assertThatThrownBy(() -> control.stop(List.of(Component.ZEEBE)).join()).hasMessageNotContaining("secret");
    }

    @Test
    void failsBeforeItRunsAnythingIfAComponentHasNoCommand() {
        CommandControl control = control()
                .start(Component.ZEEBE, "sh", "-c", "touch " + directory.resolve("started"))
                .build();

        assertFails(
                control.start(List.of(Component.ZEEBE, Component.OPTIMIZE)), "There is no command to start Optimize");
        assertThat(directory.resolve("started")).doesNotExist();
    }

    @Test
    void saysThatAProgramCannotBeRun() {
        assertFails(
                control().stop(Component.ZEEBE, "/no/such/program").build().stop(List.of(Component.ZEEBE)),
                "the program /no/such/program cannot be run");
    }

    @Test
    void clearsAllBrokersAndThenRestoresEachUnderItsNodeId() throws IOException {
        Path log = directory.resolve("log");
        CommandControl control = control()
                .broker(0, shell("echo clear >> " + log), restore(log))
                .broker(1, shell("echo clear >> " + log), restore(log))
                .build();

        control.restoreZeebe(ZEEBE).join();

        List<String> lines = Files.readAllLines(log);
        assertThat(lines.subList(0, 2)).containsExactly("clear", "clear");
        assertThat(lines.subList(2, 4)).containsExactlyInAnyOrder("restore 0 --backupId=17", "restore 1 --backupId=17");
    }

    private static List<String> restore(Path log) {
        return shell("echo restore $ZEEBE_BROKER_CLUSTER_NODEID $1 >> " + log
                + "; echo Successfully restored broker from backup 17");
    }

    @Test
    void doesNotBelieveARestoreApplicationThatOnlyEnds() {
        CommandControl control = control()
                .broker(0, shell("true"), shell("echo nothing to do"))
                .broker(1, shell("true"), restore(directory.resolve("log")))
                .build();

        assertFails(
                control.restoreZeebe(ZEEBE),
                "Zeebe is restored on broker 1, and not on broker 0. The restore application of broker 0 ended with 0, and did not"
                        + " log that it restored backup 17",
                "nothing to do");
    }

    @Test
    void restoresAllBrokersOrNone() {
        CommandControl control = control()
                .broker(0, shell("touch " + directory.resolve("cleared")), shell("true"))
                .build();

        assertFails(control.restoreZeebe(ZEEBE), "no commands to restore broker 1 of 2");
        assertThat(directory.resolve("cleared")).doesNotExist();
    }

    @Test
    void restoresNoOtherBrokersThanTheClusterHas() {
        CommandControl control = control()
                .broker(0, shell("touch " + directory.resolve("cleared")), shell("true"))
                .broker(2, shell("true"), shell("true"))
                .build();

        assertFails(
                control.restoreZeebe(ZEEBE),
                "no commands to restore broker 1 of 2",
                "commands to restore broker 2, which a cluster of 2 does not have");
        assertThat(directory.resolve("cleared")).doesNotExist();
    }

    @Test
    void doesNotGuessHowManyBrokersThereAre() {
        CommandControl control = control()
                .broker(0, shell("touch " + directory.resolve("cleared")), shell("true"))
                .build();
        ZeebeRestore unknown = new ZeebeRestore(BackupId.of(17), OptionalInt.empty(), OptionalInt.empty());

        assertThat(control.problems(List.of(), unknown))
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem).contains("how many brokers", "RestoreSettings", "brokers(…)"));
        assertFails(control.restoreZeebe(unknown), "how many brokers");
        assertThat(directory.resolve("cleared")).doesNotExist();
    }

    @Test
    void saysBeforehandWhatItLacks() {
        List<Component> components = List.of(Component.OPERATE, Component.ZEEBE);

        assertThat(control()
                        .stop(Component.ZEEBE, "true")
                        .start(Component.OPERATE, "true")
                        .broker(0, shell("true"), shell("true"))
                        .build()
                        .problems(components, ZEEBE))
                .satisfiesExactly(
                        stop -> assertThat(stop).startsWith("There is no command to stop Operate."),
                        brokers -> assertThat(brokers).contains("no commands to restore broker 1 of 2"),
                        start -> assertThat(start).startsWith("There is no command to start Zeebe."));
        assertThat(control()
                        .stop(Component.OPERATE, "true")
                        .stop(Component.ZEEBE, "true")
                        .start(Component.OPERATE, "true")
                        .start(Component.ZEEBE, "true")
                        .broker(0, shell("true"), shell("true"))
                        .broker(1, shell("true"), shell("true"))
                        .build()
                        .problems(components, ZEEBE))
                .isEmpty();
    }

    @Test
    void endsTheCommandsOfAStepThatIsCancelled() throws IOException, InterruptedException {
        Path told = fifo("told");
        CommandControl control = control()
                .stop(Component.ZEEBE, hanging(told).toArray(String[]::new))
                .build();

        assertEnds(control.stop(List.of(Component.ZEEBE)), told);
    }

    @Test
    void endsTheRestoreApplicationsIfItIsCancelled() throws IOException, InterruptedException {
        Path told = fifo("told");
        CommandControl control = control()
                .broker(0, shell("true"), shell("true"))
                .broker(1, shell("true"), hanging(told))
                .build();

        assertEnds(control.restoreZeebe(ZEEBE), told);
    }

    @Test
    void beginsNothingMoreOnceItIsCancelled() throws IOException, InterruptedException {
        Path told = fifo("told");
        CommandControl control = control()
                .broker(0, hanging(told), shell("touch " + directory.resolve("restored")))
                .broker(1, shell("true"), shell("touch " + directory.resolve("restored")))
                .build();

        assertEnds(control.restoreZeebe(ZEEBE), told);

        assertThat(directory.resolve("restored")).doesNotExist();
    }

    private Path fifo(String name) throws IOException, InterruptedException {
        Path fifo = directory.resolve(name);
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        return fifo;
    }

    /** Tells that it runs, and that it was left to itself for a minute. */
    private static List<String> hanging(Path told) {
        return shell("exec 3> " + told + "; sh -c 'echo runs >&3; exec sleep 60' && echo goes on >&3");
    }

    private static void assertEnds(CompletableFuture<Void> step, Path told) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(told)) {
            assertThat(lines.readLine()).isEqualTo("runs");

            step.cancel(false);

            assertThat(lines.readLine()).as("what it says after that").isNull();
            assertThatThrownBy(step::join).isInstanceOf(CancellationException.class);
        }
    }

    private static void assertFails(CompletableFuture<Void> future, String... parts) {
        assertThatThrownBy(future::join).hasMessageContainingAll(parts);
    }
}
