package io.github.camundabackup.test.engine;

import io.github.camundabackup.test.process.JavaHomes;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;

/** What differs between the engines when they are started. */
public enum EngineKind {
    ELASTICSEARCH("elasticsearch", "ES"),
    OPENSEARCH("opensearch", "OPENSEARCH");

    // A class file begins with four bytes, its minor version and its major version, which is 61 for Java 17.
    private static final int MAJOR_VERSION_AT = 6;
    private static final int CLASS_FILES_OF_JAVA_0 = 44;

    private final String program;
    private final String variables;

    EngineKind(String program, String variables) {
        this.program = program;
        this.variables = variables;
    }

    /** The name of its start script, of its configuration file and of its type in Camunda's configuration. */
    public String program() {
        return program;
    }

    /** The system property with the directory that the engine was unpacked into. */
    public String homeProperty() {
        return "camunda-backup." + program + ".home";
    }

    /**
     * The JDK to run the engine in this directory with: the tests' own, unless the engine was compiled for a later one.
     * Those of old do not start with the newest.
     *
     * @throws IllegalStateException if it needs another one and there is none
     */
    Path java(Path home) {
        Path own = Path.of(System.getProperty("java.home"));
        int needed = compiledFor(home);
        if (needed <= Runtime.version().feature()) {
            return own;
        }
        return JavaHomes.installed().stream()
                .filter(candidate -> JavaHomes.version(candidate) >= needed)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(home + " needs a JDK " + needed
                        + " or later, and none is in " + JavaHomes.installed()
                        + ". Install one, or set CAMUNDA_JAVA_HOME."));
    }

    private int compiledFor(Path home) {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(home.resolve("lib"), program + "-[0-9]*.jar")) {
            for (Path jar : jars) {
                try (JarInputStream entries = new JarInputStream(Files.newInputStream(jar))) {
                    for (JarEntry entry = entries.getNextJarEntry(); entry != null; entry = entries.getNextJarEntry()) {
                        if (entry.getName().endsWith(".class")) {
                            DataInputStream file = new DataInputStream(entries);
                            file.skipNBytes(MAJOR_VERSION_AT);
                            return file.readUnsignedShort() - CLASS_FILES_OF_JAVA_0;
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not find out which JDK " + home + " needs", e);
        }
        throw new IllegalStateException("There is no " + program + "-*.jar with classes in " + home.resolve("lib"));
    }

    Map<String, String> environment(Path java, Path directory, Path temporary) {
        return Map.of(
                variables + "_JAVA_HOME",
                java.toString(),
                variables + "_PATH_CONF",
                directory.resolve("config").toString(),
                variables + "_TMPDIR",
                temporary.toString(),
                "HOME",
                directory.toString());
    }

    Map<String, String> settings(Path directory, int port, int transportPort) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("cluster.name", "camunda-backup-test");
        settings.put("node.name", "test");
        settings.put("network.host", "127.0.0.1");
        settings.put("http.port", Integer.toString(port));
        settings.put("transport.port", Integer.toString(transportPort));
        settings.put("discovery.type", "single-node");
        settings.put("path.data", directory.resolve("data").toString());
        settings.put("path.logs", directory.resolve("logs").toString());
        settings.put("path.repo", directory.resolve("repositories").toString());
        settings.put("node.store.allow_mmap", "false");
        settings.put("cluster.routing.allocation.disk.threshold_enabled", "false");
        if (this == ELASTICSEARCH) {
            // Off only because nothing but this machine can connect.
            settings.put("xpack.security.enabled", "false");
            settings.put("xpack.security.autoconfiguration.enabled", "false");
        }
        return settings;
    }
}
