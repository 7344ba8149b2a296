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

    /**
     * Finds everything.
     *
     * @throws IllegalStateException with all that is missing
     */
    static CamundaParts find(EngineKind kind) {
        return find(kind, CamundaMachine.here(directory(LOGS)));
    }

    static CamundaParts find(EngineKind kind, CamundaMachine machine) {
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
        missing.addAll(machine.problems());
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "A real Camunda cannot be started here:\n- " + String.join("\n- ", missing));
        }
        return new CamundaParts(machine.java().orElseThrow(), camunda, objectStore, minimal, parts, directory(LOGS));
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
}
