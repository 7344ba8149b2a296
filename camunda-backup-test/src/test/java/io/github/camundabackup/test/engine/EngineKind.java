package io.github.camundabackup.test.engine;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What differs between the engines when they are started. */
public enum EngineKind {
    ELASTICSEARCH("elasticsearch", "ES"),
    OPENSEARCH("opensearch", "OPENSEARCH");

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

    Map<String, String> environment(Path directory, Path temporary) {
        return Map.of(
                variables + "_JAVA_HOME",
                System.getProperty("java.home"),
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
