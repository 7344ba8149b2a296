package io.github.camundabackup.test.camunda;

import io.github.camundabackup.test.engine.EngineKind;
import io.github.camundabackup.test.process.FreePorts;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The configuration of Camunda 8.6 as environment variables: one broker with its gateway, Operate and Tasklist, each a
 * process.
 */
final class CamundaSettings {
    static final String REPOSITORY = "camunda_backup";
    static final String BUCKET = "zeebe-backup";
    static final String ACCESS_KEY = "test";
    static final String SECRET_KEY = "testtest";
    static final int PARTITIONS = 3;

    private static final String CLUSTER = "camunda-backup-test";

    private final EngineKind kind;
    private final URI engine;
    private final Path java;
    private final String contactPoint;
    private final Iterator<Integer> ports = FreePorts.find(16).iterator();
    private final int gateway = ports.next();
    private final int internal = ports.next();
    private final URI restApi = next();
    private final URI objectStore = next();

    CamundaSettings(EngineKind kind, URI engine, Path java) {
        this.kind = kind;
        this.engine = engine;
        this.java = java;
        contactPoint = "127.0.0.1:" + internal;
    }

    /** Zeebe's REST API, for users. */
    URI restApi() {
        return restApi;
    }

    URI objectStore() {
        return objectStore;
    }

    /** An address that nobody uses yet. */
    URI next() {
        return URI.create("http://127.0.0.1:" + ports.next());
    }

    Map<String, String> broker(URI management, Path data) {
        Map<String, String> settings = common(restApi, management, "-Xms256m -Xmx768m -XX:MaxDirectMemorySize=512m");
        settings.put("ZEEBE_BROKER_NETWORK_HOST", "127.0.0.1");
        settings.put("ZEEBE_BROKER_GATEWAY_NETWORK_HOST", "127.0.0.1");
        settings.put("ZEEBE_BROKER_GATEWAY_NETWORK_PORT", Integer.toString(gateway));
        settings.put("ZEEBE_BROKER_NETWORK_COMMANDAPI_PORT", ports.next().toString());
        settings.put("ZEEBE_BROKER_NETWORK_INTERNALAPI_PORT", Integer.toString(internal));
        settings.put("ZEEBE_BROKER_CLUSTER_INITIALCONTACTPOINTS", contactPoint);
        settings.put("ZEEBE_BROKER_CLUSTER_PARTITIONSCOUNT", Integer.toString(PARTITIONS));
        settings.put("ZEEBE_BROKER_DATA_DIRECTORY", data.toString());
        settings.put("ZEEBE_BROKER_DATA_LOGSEGMENTSIZE", "16MB");
        settings.put("ZEEBE_BROKER_THREADS_CPUTHREADCOUNT", "1");
        settings.put("ZEEBE_BROKER_THREADS_IOTHREADCOUNT", "1");
        String exporter = "ZEEBE_BROKER_EXPORTERS_" + upperCase() + "_";
        settings.put(
                exporter + "CLASSNAME",
                switch (kind) {
                    case ELASTICSEARCH -> "io.camunda.zeebe.exporter.ElasticsearchExporter";
                    case OPENSEARCH -> "io.camunda.zeebe.exporter.opensearch.OpensearchExporter";
                });
        settings.put(exporter + "ARGS_URL", engine.toString());
        settings.put(exporter + "ARGS_INDEX_NUMBEROFREPLICAS", "0");
        settings.put(exporter + "ARGS_BULK_SIZE", "100");
        settings.put(exporter + "ARGS_BULK_DELAY", "1");
        settings.put("ZEEBE_BROKER_DATA_BACKUP_STORE", "S3");
        settings.put("ZEEBE_BROKER_DATA_BACKUP_S3_BUCKETNAME", BUCKET);
        settings.put("ZEEBE_BROKER_DATA_BACKUP_S3_ENDPOINT", objectStore.toString());
        settings.put("ZEEBE_BROKER_DATA_BACKUP_S3_REGION", "us-east-1");
        settings.put("ZEEBE_BROKER_DATA_BACKUP_S3_ACCESSKEY", ACCESS_KEY);
        settings.put("ZEEBE_BROKER_DATA_BACKUP_S3_SECRETKEY", SECRET_KEY);
        settings.put("ZEEBE_BROKER_DATA_BACKUP_S3_FORCEPATHSTYLEACCESS", "true");
        return settings;
    }

    /**
     * Operate's or Tasklist's.
     *
     * @param name as in their settings
     */
    Map<String, String> webApplication(String name, URI management) {
        Map<String, String> settings = common(next(), management, "-Xms256m -Xmx768m");
        // Each is a member of Zeebe's cluster, at a port of its own.
        settings.put("ZEEBE_GATEWAY_CLUSTER_HOST", "127.0.0.1");
        settings.put("ZEEBE_GATEWAY_CLUSTER_PORT", ports.next().toString());
        settings.put("ZEEBE_GATEWAY_CLUSTER_MEMBERID", name);
        settings.put("ZEEBE_GATEWAY_CLUSTER_INITIALCONTACTPOINTS", contactPoint);
        String application = "CAMUNDA_" + name + "_";
        settings.put(application + "DATABASE", kind.program());
        settings.put(application + "CSRFPREVENTIONENABLED", "false");
        settings.put(application + "ZEEBE_GATEWAYADDRESS", "127.0.0.1:" + gateway);
        settings.put(application + "ZEEBE_RESTADDRESS", restApi.toString());
        settings.put(application + "BACKUP_REPOSITORYNAME", REPOSITORY);
        for (String database : List.of(application + upperCase(), application + "ZEEBE" + upperCase())) {
            settings.put(database + "_URL", engine.toString());
            settings.put(database + "_CLUSTERNAME", CLUSTER);
        }
        settings.put(application + upperCase() + "_NUMBEROFREPLICAS", "0");
        settings.put(application + "ZEEBE" + upperCase() + "_PREFIX", "zeebe-record");
        return settings;
    }

    private Map<String, String> common(URI users, URI management, String jvm) {
        Map<String, String> settings = new HashMap<>();
        settings.put("JAVA_HOME", java.toString());
        settings.put("JAVA_OPTS", jvm);
        settings.put("SERVER_ADDRESS", "127.0.0.1");
        settings.put("SERVER_PORT", Integer.toString(users.getPort()));
        settings.put("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1");
        settings.put("MANAGEMENT_SERVER_PORT", Integer.toString(management.getPort()));
        settings.put("CAMUNDA_DATABASE_TYPE", kind.program());
        settings.put("CAMUNDA_DATABASE_URL", engine.toString());
        settings.put("CAMUNDA_DATABASE_CLUSTERNAME", CLUSTER);
        return settings;
    }

    private String upperCase() {
        return kind.program().toUpperCase(Locale.ROOT);
    }
}
