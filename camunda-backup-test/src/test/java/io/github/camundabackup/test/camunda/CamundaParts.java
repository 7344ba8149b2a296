package io.github.camundabackup.test.camunda;

import io.github.camundabackup.test.engine.EngineKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the build has fetched for a real Camunda, and what it needs of the machine. */
record CamundaParts(Path java, Path camunda, Path objectStore, Path minimalEngine, Path engineParts, Path logs) {
    private static final String HOME = "camunda-backup.real-camunda.home";
    private static final String ENGINE = "camunda-backup.real-camunda.engine";
    private static final String LOGS = "camunda-backup.real-camunda.logs";
    private static final int MINIMAL_JAVA = 21;
    private static final long GIGABYTE = 1 << 30;
    // Zeebe stops below 2 GB.
    private static final int FREE_GIGABYTES = 4;

    /**
     * Finds everything.
     *
     * @throws IllegalStateException with all that is missing
     */
    static CamundaParts find(EngineKind kind) {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        return find(kind, javaCandidates(), temporary, freeSpace(temporary));
    }

    static CamundaParts find(EngineKind kind, List<Path> candidates, Path temporary, long freeBytes) {
        List<String> missing = new ArrayList<>();
        Path home = directory(HOME);
        Path camunda = only(home, "camunda-zeebe-");
        Path objectStore = only(home, "s3proxy-");
        Path minimal = directory(kind.homeProperty());
        Path parts = directory(ENGINE);
        for (Path part : List.of(camunda, objectStore, minimal, parts)) {
            if (!Files.exists(part)) {
                missing.add(part + " is not there. The build fetches it: mvn verify -Preal-camunda -pl camunda-backup-"
                        + kind.program() + " -am");
            }
        }
        Path java = candidates.stream()
                .filter(candidate -> javaVersion(candidate) >= MINIMAL_JAVA)
                .findFirst()
                .orElse(Path.of(""));
        if (java.toString().isEmpty()) {
            missing.add("Camunda needs a JDK " + MINIMAL_JAVA + " or later, and none is in " + candidates
                    + ". Install one, or set CAMUNDA_JAVA_HOME.");
        }
        if (freeBytes < FREE_GIGABYTES * GIGABYTE) {
            missing.add("There are only " + freeBytes / GIGABYTE + " GB free in " + temporary + "; " + FREE_GIGABYTES
                    + " GB are needed.");
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "A real Camunda cannot be started here:\n- " + String.join("\n- ", missing));
        }
        return new CamundaParts(java, camunda, objectStore, minimal, parts, directory(LOGS));
    }

    private static Path directory(String property) {
        return Path.of(System.getProperty(property, "(system property " + property + ")"));
    }

    private static Path only(Path directory, String prefix) {
        if (!Files.isDirectory(directory)) {
            return directory.resolve(prefix + "*");
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElse(directory.resolve(prefix + "*"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> javaCandidates() {
        List<Path> installed = List.of();
        Path usual = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(usual)) {
            try (Stream<Path> homes = Files.list(usual)) {
                installed = homes.sorted().toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        Stream<Path> configured = Stream.of(
                        System.getenv("CAMUNDA_JAVA_HOME"), System.getenv("JAVA_HOME"), System.getProperty("java.home"))
                .filter(home -> home != null && !home.isEmpty())
                .map(Path::of);
        return Stream.concat(configured, installed.stream())
                .filter(home -> Files.isExecutable(home.resolve("bin").resolve("java")))
                .distinct()
                .toList();
    }

    /** 0 if it does not tell. */
    private static int javaVersion(Path home) {
        Path release = home.resolve("release");
        if (!Files.isRegularFile(release)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(release)) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceAll("[^0-9.]", "").replaceFirst("\\..*", ""))
                    .mapToInt(Integer::parseInt)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long freeSpace(Path directory) {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
