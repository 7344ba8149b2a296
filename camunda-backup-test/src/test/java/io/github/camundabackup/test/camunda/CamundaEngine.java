package io.github.camundabackup.test.camunda;

import io.github.camundabackup.test.engine.EngineKind;
import io.github.camundabackup.test.process.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Makes engines with the modules that Operate and Tasklist need, and that the published minimal servers lack. */
final class CamundaEngine {
    private CamundaEngine() {}

    /**
     * Assembles one.
     *
     * @param home where it shall be; does not exist
     */
    static void assemble(EngineKind kind, CamundaParts parts, Path home) throws IOException {
        switch (kind) {
            case ELASTICSEARCH -> {
                FileTrees.copy(bundled(parts.engineParts()), home);
                startScripts(parts.minimalEngine().resolve("bin"), home.resolve("bin"));
            }
            case OPENSEARCH -> {
                FileTrees.copy(parts.minimalEngine(), home);
                new OpenSearchModules(home, parts.engineParts().resolve("jars")).add();
            }
        }
    }

    private static Path bundled(Path engineParts) throws IOException {
        try (Stream<Path> files = Files.list(engineParts)) {
            return files.map(file -> file.resolve("elasticsearch"))
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("There is no Elasticsearch in " + engineParts));
        }
    }

    /** Those of a later server of the same line serve: they only find the jars and start the JVM. */
    private static void startScripts(Path from, Path to) throws IOException {
        Set<PosixFilePermission> executable = EnumSet.allOf(PosixFilePermission.class);
        executable.removeAll(Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE));
        for (String name :
                List.of("elasticsearch", "elasticsearch-env", "elasticsearch-env-from-file", "elasticsearch-cli")) {
            Path script = to.resolve(name);
            if (!Files.exists(script)) {
                Files.copy(from.resolve(name), script);
            }
            Files.setPosixFilePermissions(script, executable);
        }
    }
}
