package io.github.camundabackup.test.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A server that runs as a child process, with a log of its own. It is killed with {@link #close()}, and also when this JVM ends or is
 * killed: a shell between the two reads from this JVM, passes its signals on, and kills the server and all its
 * children when there is nothing more to read.
 */
public final class ServerProcess implements AutoCloseable {
    private static final int START_SECONDS = 180;
    private static final int STOP_SECONDS = 40;
    private static final int LOG_LINES = 60;

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
        this.name = name;
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.directory = directory;
        this.log = log.toAbsolutePath();
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
        for (int attempt = 0; attempt < START_SECONDS * 5; attempt++) {
            if (!isAlive()) {
                throw new IllegalStateException(name + " ended instead of starting." + hint + endOfLog());
            }
            if (ready.getAsBoolean()) {
                return;
            }
            CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS))
                    .join();
        }
        throw new IllegalStateException(name + " was not ready within " + START_SECONDS + " s." + endOfLog());
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
        try {
            List<String> lines = Files.readAllLines(log);
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
