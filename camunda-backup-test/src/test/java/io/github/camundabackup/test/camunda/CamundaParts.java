package io.github.camundabackup.test.camunda;

import io.github.camundabackup.test.camunda.VendorDistribution.Unpacked;
import io.github.camundabackup.test.engine.EngineKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a real Camunda is made of: what somebody has unpacked, what the build has fetched, and what it needs of the
 * machine.
 *
 * @param engine the search engine's home
 * @param engineModules the jars of the modules that the engine lacks; none if it is complete
 */
record CamundaParts(
        Path java, Unpacked camunda, Path objectStore, Path engine, Optional<Path> engineModules, Path logs) {
    private static final String HOME = "camunda-backup.real-camunda.home";
    private static final String ENGINE = "camunda-backup.real-camunda.engine";
    private static final String LOGS = "camunda-backup.real-camunda.logs";

    /**
     * Finds everything.
     *
     * @throws IllegalStateException with all that is missing
     */
    static CamundaParts find(EngineKind kind) {
        Map<String, String> properties = System.getProperties().stringPropertyNames().stream()
                .collect(Collectors.toMap(Function.identity(), System::getProperty));
        return find(kind, System.getenv(), properties, CamundaMachine.here(directory(properties, LOGS)));
    }

    /**
     * Finds everything.
     *
     * @param environment names what somebody has unpacked
     * @param properties names what the build has fetched
     * @throws IllegalStateException with all that is missing
     */
    static CamundaParts find(
            EngineKind kind, Map<String, String> environment, Map<String, String> properties, CamundaMachine machine) {
        List<String> missing = new ArrayList<>();
        Optional<Unpacked> camunda = VendorDistribution.CAMUNDA.find(environment, missing::add);
        Optional<Path> engine = switch (kind) {
            case ELASTICSEARCH ->
                VendorDistribution.ELASTICSEARCH.find(environment, missing::add).map(Unpacked::home);
            case OPENSEARCH -> Optional.of(directory(properties, kind.homeProperty()));
        };
        Optional<Path> engineModules = switch (kind) {
            case ELASTICSEARCH -> Optional.empty();
            case OPENSEARCH -> Optional.of(directory(properties, ENGINE).resolve("jars"));
        };
        Path objectStore = only(directory(properties, HOME), "s3proxy-");
        Stream.of(Optional.of(objectStore), engine, engineModules)
                .flatMap(Optional::stream)
                .filter(part -> !Files.exists(part))
                .map(part -> part + " is not there. The build fetches it: mvn verify -Preal-camunda -pl camunda-backup-"
                        + kind.program() + " -am")
                .forEach(missing::add);
        missing.addAll(machine.problems());
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "A real Camunda cannot be started here:\n- " + String.join("\n- ", missing));
        }
        return new CamundaParts(
                machine.java().orElseThrow(),
                camunda.orElseThrow(),
                objectStore,
                engine.orElseThrow(),
                engineModules,
                directory(properties, LOGS));
    }

    private static Path directory(Map<String, String> properties, String property) {
        return Path.of(properties.getOrDefault(property, "(system property " + property + ")"));
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
