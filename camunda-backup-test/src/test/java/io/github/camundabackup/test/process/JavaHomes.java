package io.github.camundabackup.test.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where this machine has JDKs, for servers that need another one than the tests run with. */
public final class JavaHomes {
    private JavaHomes() {}

    /** {@code CAMUNDA_JAVA_HOME}, {@code JAVA_HOME}, the one of this JVM, and those below {@code /usr/lib/jvm}. */
    public static List<Path> installed() {
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

    /** The major version of one of them; 0 if it does not tell. */
    public static int version(Path home) {
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
}
