package io.github.camundabackup.test.process;

import io.github.camundabackup.runtime.TimeSource;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A server that runs as a child process, with a log of its own. It is killed with {@link #close()}, and also when this
 * JVM ends or is killed: a shell between the two reads from this JVM, passes its signals on, and kills the server and
 * all its children when there is nothing more to read.
 */
public final class ServerProcess implements AutoCloseable {
    // A busy machine with two cores has taken more than three for OpenSearch 3.
    private static final Duration START = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int STOP_SECONDS = 40;
    private static final int LOG_LINES = 60;
    private static final int LOG_BYTES = 64 * 1024;

    // $1 is the log, the rest is the command. In a session of its own, because some launchers have the server as their
    // child.
    private static final String WATCHED = """
            log=$1; shift
            exec 3<&0
            setsid "$@" </dev/null >>"$log" 2>&1 3<&- &
            server=$!
            (
              while read -r signal; do kill -$signal -$server; done
              kill -KILL -$server || kill -KILL $server
            ) <&3 >/dev/null 2>&1 &
            watcher=$!
            wait $server
            code=$?
            while kill -0 -$server 2>/dev/null; do sleep 0.1; done
            kill $watcher 2>/dev/null
            exit $code
            """;

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path directory;
    private final Path log;
    private final TimeSource time;
    private @Nullable Process shell;

    /**
     * Does not start it yet.
     *
     * @param name for messages and the log
     * @param environment in addition to that of this JVM
     * @param directory in which it is run
     * @param log what it prints is added to this file
     */
    public ServerProcess(String name, List<String> command, Map<String, String> environment, Path directory, Path log) {
        this(name, command, environment, directory, log, TimeSource.system(ForkJoinPool.commonPool()));
    }

    ServerProcess(
            String name,
            List<String> command,
            Map<String, String> environment,
            Path directory,
            Path log,
            TimeSource time) {
        this.name = name;
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.directory = directory;
        this.log = log.toAbsolutePath();
        this.time = time;
    }

    /**
     * Closes all of them, whatever becomes of each.
     *
     * @throws IllegalStateException if some did not close, with all that went wrong
     */
    public static void closeAll(List<? extends AutoCloseable> servers) {
        List<Exception> failures = new ArrayList<>();
        for (AutoCloseable server : servers) {
            try {
                server.close();
            } catch (Exception e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            IllegalStateException failure = new IllegalStateException(failures.get(0));
            failures.stream().skip(1).forEach(failure::addSuppressed);
            throw failure;
        }
    }

    /** Starts it, for the first time or again, and does not wait. */
    public synchronized void start() {
        if (isAlive()) {
            throw new IllegalStateException(name + " is running.");
        }
        // A signal to all of a build, as from Ctrl-C, must not end the watcher before the server.
        List<String> watched = new ArrayList<>(List.of("setsid", "sh", "-c", WATCHED, "sh", log.toString()));
        watched.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(watched)
                .directory(directory.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        try {
            Files.createDirectories(log.getParent());
            shell = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not start " + name, e);
        }
    }

    /**
     * Returns when the server is ready.
     *
     * @param ready asked again and again
     * @param hint for the message if the server ends instead
     * @throws IllegalStateException with the end of its log, if it ends or is not ready in time
     */
    public void awaitReady(BooleanSupplier ready, String hint) {
        long begun = time.nanoTime();
        while (time.nanoTime() - begun < START.toNanos()) {
            if (!isAlive()) {
                throw new IllegalStateException(name + " ended instead of starting." + hint + endOfLog());
            }
            if (ready.getAsBoolean()) {
                return;
            }
            time.delay(PAUSE).join();
        }
        throw new IllegalStateException(name + " was not ready within " + START.toSeconds() + " s." + endOfLog());
    }

    public synchronized boolean isAlive() {
        return shell != null && shell.isAlive();
    }

    /** Ends it as a loss of power would (SIGKILL), and waits until it is gone. */
    public void kill() {
        close();
    }

    /** Lets it hang (SIGSTOP), at once or a moment later: its connections stay open, and nothing answers. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets it go on (SIGCONT). */
    public void thaw() {
        signal("CONT");
    }

    /** Kills it, if it runs. */
    @Override
    public synchronized void close() {
        if (shell == null) {
            return;
        }
        try {
            shell.getOutputStream().close();
        } catch (IOException gone) {
            // Then the shell has ended, and the server before it.
        }
        awaitEnd();
    }

    /** The last lines of its log, for messages. */
    public String endOfLog() {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - LOG_BYTES));
            byte[] end = new byte[LOG_BYTES];
            int length = Math.max(0, file.read(end));
            List<String> lines =
                    new String(end, 0, length, StandardCharsets.UTF_8).lines().toList();
            return "\nThe end of its log " + log + ":\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException e) {
            return " Its log cannot be read: " + e;
        }
    }

    private synchronized void signal(String signal) {
        if (shell == null) {
            throw new IllegalStateException(name + " was not started.");
        }
        try {
            shell.getOutputStream().write((signal + "\n").getBytes(StandardCharsets.US_ASCII));
            shell.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " has ended." + endOfLog(), e);
        }
    }

    private synchronized void awaitEnd() {
        try {
            if (shell != null && !shell.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(name + " does not end." + endOfLog());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
