package io.github.camundabackup.test.runs;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process of its own that runs a class of the tests as a user's job, and is told to end. */
final class SignalledProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    private final List<String> lines = new ArrayList<>();

    private SignalledProcess(Process process) {
        this.process = process;
        output = process.inputReader();
    }

    static SignalledProcess start(Class<?> main, String... arguments) throws IOException {
        // Whoever runs in the background of a script ignores SIGINT, and so would all its children.
        Stream<String> java = Stream.of(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Lines of a log would be mixed with what is printed.
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName());
        return new SignalledProcess(
                new ProcessBuilder(Stream.concat(java, Stream.of(arguments)).toList())
                        .redirectErrorStream(true)
                        .start());
    }

    /** Returns when it prints that line. */
    void await(String expected) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            if (line.equals(expected)) {
                return;
            }
        }
        throw new AssertionError("The process ended too early:\n" + this);
    }

    void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (exit != 0) {
            throw new AssertionError("kill ended with " + exit);
        }
    }

    /** Returns the exit code. */
    int await() throws IOException, InterruptedException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
        }
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            throw new AssertionError("The process goes on:\n" + this);
        }
        return process.exitValue();
    }

    /** What it has printed, as far as somebody has waited for it. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
