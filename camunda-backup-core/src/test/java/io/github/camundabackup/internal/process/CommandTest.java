package io.github.camundabackup.internal.process;

import static io.github.camundabackup.support.Outcomes.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.error.WaitTimedOutException;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.runtime.TimeSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final CompletableFuture<Void> never = new CompletableFuture<>();

    @TempDir
    private Path directory;

    @Test
    void endsACommandThatDoesNotEnd() throws IOException, InterruptedException {
        assertEnds("", "It was ended.", time -> {});
    }

    @Test
    void killsACommandAndItsChildrenThatIgnoreThatTheyAreTold() throws IOException, InterruptedException {
        assertEnds(
                "trap '' TERM; ",
                "It did not end when it was asked to, and was killed.",
                time -> time.pass(ProcessTree.GRACE));
    }

    @Test
    void ofEndlessOutputOnlyTheEndIsKept() throws Exception {
        try (ClientResources resources = ClientResources.create()) {
            List<String> lines = resultOf(new Command(
                            "talk",
                            List.of("sh", "-c", "yes 0123456789012345678 | head -c 50000000; echo; echo done"),
                            Map.of())
                    .run(resources, TIMEOUT, never));

            assertThat(lines).hasSizeLessThan(60_000).endsWith("0123456789012345678", "", "done");
        }
    }

    private void assertEnds(String before, String message, Consumer<ManualTime> andThen)
            throws IOException, InterruptedException {
        Path told = directory.resolve("told");
        assertThat(new ProcessBuilder("mkfifo", told.toString()).start().waitFor())
                .isZero();
        String script = before + "exec 3> " + told + "; sh -c 'echo runs >&3; exec sleep 60'; echo goes on >&3";
        ManualTime time = new ManualTime();
        try (ClientResources resources = ClientResources.builder().time(time).build()) {
            CompletableFuture<List<String>> run =
                    new Command("wait", List.of("sh", "-c", script), Map.of()).run(resources, TIMEOUT, never);
            try (BufferedReader lines = Files.newBufferedReader(told)) {
                assertThat(lines.readLine()).isEqualTo("runs");

                time.pass(TIMEOUT);
                andThen.accept(time);

                assertThat(lines.readLine()).as("what it says after that").isNull();
            }
            assertThatThrownBy(run::join)
                    .hasCauseInstanceOf(WaitTimedOutException.class)
                    .hasMessageEndingWith("The command sh to wait did not end within 300 s. " + message);
        }
    }

    @Test
    void givesTheWholeOutputAndNoInput() {
        try (ClientResources resources = ClientResources.create()) {
            Command command = new Command("count", List.of("sh", "-c", "cat; echo $A; echo 2 >&2"), Map.of("A", "1"));

            assertThat(command.run(resources, TIMEOUT, never).join()).containsExactly("1", "2");
        }
    }

    @Test
    void inheritsWhatItMay() {
        try (ClientResources resources = ClientResources.create()) {
            Command command = new Command(
                    "show",
                    List.of("sh", "-c", "echo \"${HOME-none} $A\""),
                    Map.of("A", "1"),
                    name -> !name.equals("HOME"),
                    Optional.empty(),
                    process -> {});

            assertThat(command.run(resources, TIMEOUT, never).join()).containsExactly("none 1");
        }
    }

    /** A wait of a certain length ends when somebody says so, before it begins or later. Used one after the other. */
    private static final class ManualTime implements TimeSource {
        private final Map<Duration, CompletableFuture<Void>> waits = new HashMap<>();

        synchronized void pass(Duration length) {
            CompletableFuture<Void> waited = waits.remove(length);
            if (waited == null) {
                waits.put(length, CompletableFuture.completedFuture(null));
            } else {
                waited.complete(null);
            }
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public synchronized CompletableFuture<Void> delay(Duration length) {
            CompletableFuture<Void> passed = waits.remove(length);
            if (passed != null) {
                return passed;
            }
            CompletableFuture<Void> waiting = new CompletableFuture<>();
            waits.put(length, waiting);
            return waiting;
        }
    }
}
