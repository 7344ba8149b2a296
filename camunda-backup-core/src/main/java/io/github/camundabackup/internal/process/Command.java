package io.github.camundabackup.internal.process;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.WaitTimedOutException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.runtime.ClientResources;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A command that is run once. Its output goes to a file until it has ended, so that no thread has to read it.
 *
 * @param purpose what it is to do, in words that fit behind "Could not"
 * @param line program and arguments
 * @param environment beside this process's own
 * @param inherited which variables of this process's own it gets
 * @param input what it reads; nothing if empty
 * @param started gets its process once it runs; if that fails, the command is killed
 */
public record Command(
        String purpose,
        List<String> line,
        Map<String, String> environment,
        Predicate<String> inherited,
        Optional<Path> input,
        Consumer<ProcessHandle> started) {
    private static final int MOST_OUTPUT = 1 << 20;
    private static final int TAIL = 10;

    /** A command that reads nothing. */
    public Command(String purpose, List<String> line, Map<String, String> environment) {
        this(purpose, line, environment, name -> true, Optional.empty(), process -> {});
    }

    /**
     * How a command ended.
     *
     * @param code its exit status
     * @param output the end of what it wrote, in lines
     */
    public record Ended(int code, List<String> output) {}

    /**
     * As {@link #runToEnd}, with its output; fails also if it ends with anything but 0.
     *
     * @param givenUp as there
     */
    public CompletableFuture<List<String>> run(
            ClientResources resources, Duration timeout, CompletableFuture<?> givenUp) {
        return runToEnd(resources, timeout, givenUp).thenApply(ended -> {
            if (ended.code() != 0) {
                throw new CamundaBackupException("Could not " + purpose + ": " + line.get(0) + " ended with "
                        + ended.code() + "." + tail(ended.output()));
            }
            return ended.output();
        });
    }

    /**
     * Completes when it has ended, however; fails if it cannot be run (the cause is an {@link IOException}), or does
     * not end in time. Whenever this completes, nothing of it goes on, other than what it has left running when it
     * ended by itself.
     *
     * @param givenUp once this is done, the command is not wanted any more: it is ended, or not begun
     */
    public CompletableFuture<Ended> runToEnd(
            ClientResources resources, Duration timeout, CompletableFuture<?> givenUp) {
        return Futures.async(
                resources.executor(),
                () -> givenUp.isDone()
                        ? CompletableFuture.failedFuture(new CancellationException())
                        : start(resources, timeout, givenUp));
    }

    private CompletableFuture<Ended> start(ClientResources resources, Duration timeout, CompletableFuture<?> givenUp) {
        Path output = temporaryFile();
        Process process;
        try {
            ProcessBuilder builder = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(input.map(Path::toFile).orElseGet(Command::nothing)))
                    .redirectOutput(output.toFile());
            builder.environment().keySet().removeIf(name -> !inherited.test(name));
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            delete(output);
            throw new CamundaBackupException(
                    "Could not " + purpose + ": the program " + line.get(0) + " cannot be run (" + e.getMessage()
                            + ").",
                    e);
        }
        try {
            started.accept(process.toHandle());
        } catch (RuntimeException e) {
            process.destroyForcibly();
            delete(output);
            throw e;
        }
        CompletableFuture<Integer> ended = process.onExit().thenApplyAsync(Process::exitValue, resources.executor());
        CompletableFuture<Ended> result = ended.thenApply(code -> new Ended(code, read(output)));
        return Futures.recover(
                Futures.within(
                        resources.time(),
                        timeout,
                        unless(givenUp, result.whenComplete((end, error) -> delete(output))),
                        () -> tooLate(timeout, "")),
                error -> error instanceof WaitTimedOutException || error instanceof CancellationException
                        ? ProcessTree.of(process, resources.time())
                                .end()
                                .thenCompose(how -> CompletableFuture.failedFuture(
                                        error instanceof CancellationException ? error : tooLate(timeout, how)))
                        : CompletableFuture.failedFuture(error));
    }

    private static CompletableFuture<Ended> unless(CompletableFuture<?> givenUp, CompletableFuture<Ended> result) {
        CompletableFuture<Ended> unlessGivenUp = result.copy();
        givenUp.whenComplete((done, error) -> unlessGivenUp.completeExceptionally(new CancellationException()));
        return unlessGivenUp;
    }

    private WaitTimedOutException tooLate(Duration timeout, String how) {
        return new WaitTimedOutException("The command " + line.get(0) + " to " + purpose, timeout, how);
    }

    /** The end of an output, for a message; empty if there was none. */
    public static String tail(List<String> lines) {
        return lines.isEmpty()
                ? " It wrote nothing."
                : " The end of its output:\n    "
                        + String.join("\n    ", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    }

    private static File nothing() {
        return new File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
    }

    private static Path temporaryFile() {
        try {
            return Files.createTempFile("camunda-backup-command", ".log");
        } catch (IOException e) {
            throw new UncheckedIOException("Could not make a file for a command's output", e);
        }
    }

    private static List<String> read(Path output) {
        try {
            return new String(end(output), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read a command's output", e);
        }
    }

    /** A command can write more than there is memory. */
    private static byte[] end(Path output) throws IOException {
        try (FileChannel channel = FileChannel.open(output)) {
            long size = channel.size();
            channel.position(Math.max(0, size - MOST_OUTPUT));
            return Channels.newInputStream(channel).readNBytes(MOST_OUTPUT);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }
}
