package io.github.camundabackup.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ProcessIdentityTest {
    private static final ProcessIdentity KNOWN = new ProcessIdentity("boot-1", "pid:[7]", 1234);

    @TempDir
    private Path proc;

    @BeforeEach
    void thisMachine() throws IOException {
        machine("boot-1", "pid:[7]");
        process(1, "S", 5);
    }

    private void machine(String boot, String namespace) throws IOException {
        Files.createDirectories(proc.resolve("sys/kernel/random"));
        Files.writeString(proc.resolve("sys/kernel/random/boot_id"), boot + "\n");
        Files.createDirectories(proc.resolve("self/ns"));
        Files.deleteIfExists(proc.resolve("self/ns/pid"));
        Files.createSymbolicLink(proc.resolve("self/ns/pid"), Path.of(namespace));
    }

    private void process(long number, String state, long startTicks) throws IOException {
        Files.createDirectories(proc.resolve(Long.toString(number)));
        Files.writeString(
                proc.resolve(number + "/stat"),
                number + " (a (strange) name) " + state + " 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 " + startTicks
                        + " 0 0\n");
    }

    @Test
    void readsWhatTheKernelSays() throws IOException {
        process(42, "S", 1234);

        assertThat(ProcessIdentity.of(proc, 42)).contains(KNOWN);
    }

    @Test
    void aRunningProcessHasNotEnded() throws IOException {
        process(42, "S", 1234);

        assertThat(KNOWN.hasEnded(proc, 42)).isFalse();
    }

    @Test
    void aStoppedProcessHasNotEnded() throws IOException {
        process(42, "T", 1234);

        assertThat(KNOWN.hasEnded(proc, 42)).isFalse();
    }

    @Test
    void aProcessThatIsGoneHasEnded() {
        assertThat(KNOWN.hasEnded(proc, 42)).isTrue();
    }

    @Test
    void aProcessWhoseNumberAnotherHasHasEnded() throws IOException {
        process(42, "S", 9999);

        assertThat(KNOWN.hasEnded(proc, 42)).isTrue();
    }

    @Test
    void aProcessThatNobodyHasWaitedForHasEnded() throws IOException {
        process(42, "Z", 1234);

        assertThat(KNOWN.hasEnded(proc, 42)).isTrue();
    }

    @Test
    void nothingIsKnownOfAnotherMachine() throws IOException {
        machine("boot-2", "pid:[7]");

        assertThat(KNOWN.hasEnded(proc, 42)).isFalse();
    }

    @Test
    void nothingIsKnownOfAnotherContainer() throws IOException {
        machine("boot-1", "pid:[8]");

        assertThat(KNOWN.hasEnded(proc, 42)).isFalse();
    }

    @Test
    void nothingIsKnownWhereOthersProcessesAreHidden() throws IOException {
        Files.delete(proc.resolve("1/stat"));

        assertThat(KNOWN.hasEnded(proc, 42)).isFalse();
    }

    @Test
    void nothingIsKnownOfWhatCannotBeUnderstood() throws IOException {
        process(42, "S", 1234);
        Files.writeString(proc.resolve("42/stat"), "nonsense");

        assertThat(KNOWN.hasEnded(proc, 42)).isFalse();
        assertThat(ProcessIdentity.of(proc, 42)).isEmpty();
    }

    @Test
    void nothingIsKnownWithoutThatFileSystem(@TempDir Path empty) {
        assertThat(ProcessIdentity.of(empty, 42)).isEmpty();
        assertThat(KNOWN.hasEnded(empty, 42)).isFalse();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aRealProcessIsSeenToEnd() throws Exception {
        Process process = new ProcessBuilder("cat").start();
        ProcessIdentity identity =
                ProcessIdentity.of(Path.of("/proc"), process.pid()).orElseThrow();
        RunHolder here = RunHolder.here(Instant.EPOCH);
        RunHolder holder = new RunHolder("id", here.host(), process.pid(), Optional.of(identity), Instant.EPOCH);
        RunHolder elsewhere = new RunHolder("id", "a clone", process.pid(), Optional.of(identity), Instant.EPOCH);
        assertThat(holder.hasEnded()).isFalse();

        process.destroyForcibly().waitFor();

        assertThat(holder.hasEnded()).isTrue();
        assertThat(elsewhere.hasEnded()).isFalse();
        assertThat(here.hasEnded()).isFalse();
    }
}
