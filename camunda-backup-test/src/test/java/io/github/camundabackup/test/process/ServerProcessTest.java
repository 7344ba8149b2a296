package io.github.camundabackup.test.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.test.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {
    // A launcher that has the server as its child, as Elasticsearch's has.
    private static final List<String> SERVER =
            List.of("sh", "-c", "sleep 600 & echo $! > child.tmp; mv child.tmp child; wait");

    @TempDir
    private Path directory;

    @Test
    void endsWithItsChildrenWhenTheJvmIsKilled() throws Exception {
        Process jvm = jvmWithServer();
        ProcessHandle child = child();

        jvm.destroyForcibly();

        child.onExit().get(1, TimeUnit.MINUTES);
    }

    @Test
    void endsWithItsChildrenWhenAllProcessesOfTheBuildAreTerminated() throws Exception {
        Process jvm = jvmWithServer();
        ProcessHandle child = child();

        int exit = new ProcessBuilder("kill", "-TERM", "--", "-" + jvm.pid())
                .start()
                .waitFor();

        assertThat(exit).isZero();
        child.onExit().get(1, TimeUnit.MINUTES);
    }

    /** In a group of its own, as a build is. */
    private Process jvmWithServer() throws IOException {
        Process jvm = new ProcessBuilder(
                        "setsid",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServerProcessTest.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(jvm.inputReader().readLine()).isEqualTo("started");
        return jvm;
    }

    @Test
    void canBeKilledAndStartedAgain() throws Exception {
        try (ServerProcess server = server(SERVER)) {
            server.start();
            server.awaitReady(this::hasChild, "");
            ProcessHandle first = child();
            server.kill();

            assertThat(first.isAlive()).isFalse();
            Files.delete(directory.resolve("child"));
            server.start();
            server.awaitReady(this::hasChild, "");
            assertThat(child().pid()).isNotEqualTo(first.pid());
        }
        assertThat(ProcessHandle.of(pid())).isEmpty();
    }

    @Test
    void tellsTheEndOfTheLogWhenItDoesNotStart() {
        try (ServerProcess server = server(List.of("sh", "-c", "echo the port is taken; exit 3"))) {
            server.start();

            assertThatThrownBy(() -> server.awaitReady(() -> false, " Perhaps it must not."))
                    .hasMessageContaining("example ended instead of starting. Perhaps it must not.")
                    .hasMessageContaining("the port is taken");
        }
    }

    @Test
    void tellsTheEndOfTheLogWhenItIsNotReadyInTime() throws IOException {
        Files.writeString(directory.resolve("log"), "still starting\n");
        VirtualTime time = VirtualTime.create();
        AtomicInteger asked = new AtomicInteger();
        try (ServerProcess server = new ServerProcess(
                "example", List.of("sleep", "600"), Map.of(), directory, directory.resolve("log"), time)) {
            server.start();

            assertThatThrownBy(() -> server.awaitReady(
                            () -> {
                                asked.incrementAndGet();
                                // As long as a server that hangs lets one wait.
                                time.delay(Duration.ofSeconds(59)).join();
                                return false;
                            },
                            ""))
                    .hasMessageContaining("example was not ready within 600 s.")
                    .hasMessageContaining("still starting");
            assertThat(asked).hasValue(11);
        }
    }

    @Test
    void readsOnlyTheEndOfALogOfAnySizeAndInAnyEncoding() throws IOException {
        Files.writeString(directory.resolve("log"), "x".repeat(1_000_000) + "\n");
        Files.write(directory.resolve("log"), new byte[] {(byte) 0xff, '\n', 'e', 'n', 'd'}, StandardOpenOption.APPEND);
        try (ServerProcess server = server(List.of("true"))) {
            assertThat(server.endOfLog()).endsWith("\uFFFD\nend").hasSizeLessThan(70_000);
        }
    }

    @Test
    void closesAllAlsoIfOneOfThemDoesNotClose() {
        List<String> closed = new ArrayList<>();
        AutoCloseable broken = () -> {
            throw new IOException("does not end");
        };

        assertThatThrownBy(() -> ServerProcess.closeAll(
                        List.of(() -> closed.add("first"), broken, broken, () -> closed.add("last"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not end")
                .hasSuppressedException(new IOException("does not end"));
        assertThat(closed).containsExactly("first", "last");
    }

    private ServerProcess server(List<String> command) {
        return new ServerProcess("example", command, Map.of(), directory, directory.resolve("log"));
    }

    private boolean hasChild() {
        return Files.exists(directory.resolve("child"));
    }

    private ProcessHandle child() throws IOException {
        return ProcessHandle.of(pid()).orElseThrow();
    }

    private long pid() throws IOException {
        return Long.parseLong(Files.readString(directory.resolve("child")).strip());
    }

    /** What runs in a JVM of its own. */
    public static void main(String[] arguments) throws InterruptedException {
        Path directory = Path.of(arguments[0]);
        ServerProcess server = new ServerProcess("example", SERVER, Map.of(), directory, directory.resolve("log"));
        server.start();
        server.awaitReady(() -> Files.exists(directory.resolve("child")), "");
        System.out.println("started");
        Thread.currentThread().join();
    }
}
