package io.github.camundabackup.database.jdbc;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.DatabaseStoreException;
import io.github.camundabackup.error.DatabaseStoreException.Reason;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.process.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Runs tools, and says why they failed. What is secret is in their environment, and left out of what they say. */
final class Tools {
    private static final Duration BRIEFLY = Duration.ofMinutes(1);
    private static final int LONGEST_LINE = 500;
    private static final int KILLED = 128;
    private static final Pattern PASSWORD_IN_TEXT =
            Pattern.compile("(?i)((?:password|passwd|pwd|secret)\\s*[=:]\\s*)[^\\s&;,'\"]+");

    private final Work work;
    private final Duration timeout;
    private final Map<String, String> environment;
    private final Predicate<String> inherited;
    private final String secret;

    /**
     * @param environment of every tool, beside this process's own
     * @param inherited which variables of this process's own they get
     * @param secret what nothing may show; may be empty
     */
    Tools(Work work, Duration timeout, Map<String, String> environment, Predicate<String> inherited, String secret) {
        this.work = work;
        this.timeout = timeout;
        this.environment = new HashMap<>(environment);
        // What they say is understood in English only.
        this.environment.put("LC_ALL", "C");
        this.inherited = inherited;
        this.secret = secret;
    }

    /** The same, with more in the environment of every tool. */
    Tools with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return new Tools(work, timeout, all, inherited, secret);
    }

    /** What a tool says when it is asked for its version. */
    CompletableFuture<String> version(String program) {
        return briefly("ask " + program + " for its version", List.of(program, "--version"))
                .thenApply(lines -> String.join(" ", lines));
    }

    /** As {@link #run}, of what takes no time, such as a question. */
    CompletableFuture<List<String>> briefly(String purpose, List<String> line) {
        return run(purpose, line, BRIEFLY, Optional.empty(), p -> {});
    }

    /**
     * Runs a tool to its end.
     *
     * @param purpose in words that fit behind "Could not"
     * @param input what it reads
     * @param started gets its process
     * @return its output; fails with the reason that the output shows
     */
    CompletableFuture<List<String>> run(
            String purpose, List<String> line, Optional<Path> input, Consumer<ProcessHandle> started) {
        return run(purpose, line, timeout, input, started);
    }

    private CompletableFuture<List<String>> run(
            String purpose, List<String> line, Duration limit, Optional<Path> input, Consumer<ProcessHandle> started) {
        String attempt = "Could not " + purpose + " (" + work.description() + "): ";
        return Futures.recover(
                        work.run(new Command(purpose, line, environment, inherited, input, started), limit),
                        error -> CompletableFuture.failedFuture(
                                error instanceof CamundaBackupException && error.getCause() instanceof IOException cause
                                        ? missing(attempt, line, cause)
                                        : error))
                .thenApply(ended -> {
                    if (ended.code() != 0) {
                        throw failure(attempt, line.get(0), ended);
                    }
                    return ended.output();
                });
    }

    private static DatabaseStoreException missing(String attempt, List<String> line, IOException cause) {
        return new DatabaseStoreException(
                Reason.TOOL_MISSING,
                attempt + "the program " + line.get(0) + " cannot be run (" + cause.getMessage()
                        + "). Install it where this process runs, or say where it is.",
                cause);
    }

    private DatabaseStoreException failure(String attempt, String program, Command.Ended ended) {
        String output = String.join("\n", ended.output());
        Reason reason = ToolFailures.reason(output);
        return new DatabaseStoreException(
                reason,
                attempt + program + " ended with " + ended.code()
                        + (ended.code() > KILLED ? " (signal " + (ended.code() - KILLED) + ": it was killed)" : "")
                        + "."
                        + Command.tail(ended.output().stream().map(this::shown).toList())
                        + SqlFailures.advice(reason),
                null);
    }

    /** A text without what looks like a password. */
    static String masked(String text) {
        return PASSWORD_IN_TEXT.matcher(text).replaceAll("$1…");
    }

    private String shown(String line) {
        String text = secret.isEmpty() ? line : line.replace(secret, "…");
        text = masked(text);
        return text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE) + "…";
    }
}
