package io.github.camundabackup.test.camunda;

import io.github.camundabackup.test.process.FreePorts;
import io.github.camundabackup.test.process.JavaHomes;
import io.github.camundabackup.test.process.Unprivileged;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a machine offers to a real Camunda.
 *
 * @param javas where JDKs are
 * @param rooms the directories that are written to
 * @param freePorts how many ports of the loopback interface are free, or more than are needed
 * @param missingPrograms those that are called and are not there
 */
record CamundaMachine(List<Path> javas, List<Room> rooms, int freePorts, List<String> missingPrograms) {
    private static final int MINIMAL_JAVA = 21;
    // Two of the engine, the others of Camunda.
    private static final int PORTS = 18;
    // Zeebe stops below 2 GB.
    private static final int DATA_GIGABYTES = 4;
    private static final int LOG_GIGABYTES = 1;
    private static final long GIGABYTE = 1 << 30;

    /**
     * A directory that is written to.
     *
     * @param directory need not exist yet
     */
    record Room(Path directory, long freeBytes, int neededGigabytes) {}

    /**
     * This machine.
     *
     * @param logs where the logs go
     */
    static CamundaMachine here(Path logs) {
        return new CamundaMachine(
                JavaHomes.installed(),
                List.of(
                        room(Path.of(System.getProperty("java.io.tmpdir")), DATA_GIGABYTES),
                        room(logs.toAbsolutePath(), LOG_GIGABYTES)),
                FreePorts.count(PORTS),
                programs().filter(program -> !isThere(program)).toList());
    }

    /** A JDK that Camunda runs with. */
    Optional<Path> java() {
        return javas.stream()
                .filter(candidate -> JavaHomes.version(candidate) >= MINIMAL_JAVA)
                .findFirst();
    }

    /** All that is missing, each with what to do. */
    List<String> problems() {
        List<String> missing = new ArrayList<>();
        if (java().isEmpty()) {
            missing.add("Camunda needs a JDK " + MINIMAL_JAVA + " or later, and none is in " + javas
                    + ". Install one, or set CAMUNDA_JAVA_HOME.");
        }
        missingPrograms.forEach(
                program -> missing.add("The program " + program + " is not in the PATH. Install util-linux."));
        rooms.stream()
                .filter(room -> room.freeBytes() < room.neededGigabytes() * GIGABYTE)
                .forEach(room -> missing.add("There are only " + room.freeBytes() / GIGABYTE + " GB free in "
                        + room.directory() + "; " + room.neededGigabytes() + " GB are needed."));
        if (freePorts < PORTS) {
            missing.add("There are only " + freePorts
                    + " free ports of the loopback interface where they are looked for; " + PORTS + " are needed.");
        }
        return missing;
    }

    private static Room room(Path directory, int neededGigabytes) {
        Path existing = directory;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        try {
            return new Room(directory, Files.getFileStore(existing).getUsableSpace(), neededGigabytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> programs() {
        try {
            Path own = Files.createTempFile("camunda-backup-", "");
            try {
                return Stream.concat(
                        Stream.of("setsid"),
                        new Unprivileged(own).prefix().stream().limit(1));
            } finally {
                Files.delete(own);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isThere(String program) {
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(Optional.ofNullable(System.getenv("PATH")).orElse(""))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
