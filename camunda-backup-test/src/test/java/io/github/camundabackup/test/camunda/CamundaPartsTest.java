package io.github.camundabackup.test.camunda;

import static io.github.camundabackup.test.engine.EngineKind.ELASTICSEARCH;
import static io.github.camundabackup.test.engine.EngineKind.OPENSEARCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.test.camunda.CamundaMachine.Room;
import io.github.camundabackup.test.camunda.VendorDistribution.Unpacked;
import io.github.camundabackup.test.engine.EngineKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CamundaPartsTest {
    private static final String CAMUNDA_WANTED =
            "It must name the directory of an unpacked Camunda 8.6, the one with bin and lib.";
    private static final String ELASTICSEARCH_WANTED =
            "It must name the directory of an unpacked complete Elasticsearch 8.16, the one with bin and lib.";
    private static final String NOT_FETCHED = " The build does not fetch it, as it is under its vendor's licence.";

    @TempDir
    private Path directory;

    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> properties = new HashMap<>();

    @BeforeEach
    void everythingIsThere() throws IOException {
        environment.put("CAMUNDA_DISTRIBUTION", camunda("8.6.0").toString());
        environment.put("ELASTICSEARCH_DISTRIBUTION", elasticsearch("8.16.1").toString());
        create("fetched/s3proxy-2.6.0.jar");
        create("module/jars/lang-painless.jar");
        create("opensearch/bin/opensearch");
        properties.put("camunda-backup.real-camunda.home", at("fetched").toString());
        properties.put("camunda-backup.real-camunda.engine", at("module").toString());
        properties.put("camunda-backup.real-camunda.logs", at("logs").toString());
        properties.put("camunda-backup.opensearch.home", at("opensearch").toString());
    }

    @Test
    void findsAll() throws IOException {
        CamundaParts withElasticsearch = find(ELASTICSEARCH);
        CamundaParts withOpenSearch = find(OPENSEARCH);

        assertThat(withElasticsearch.java()).isEqualTo(at("jdk-21.0.4"));
        assertThat(withElasticsearch.camunda()).isEqualTo(new Unpacked(at("camunda-8.6.0"), "8.6.0"));
        assertThat(withElasticsearch.objectStore()).isEqualTo(at("fetched/s3proxy-2.6.0.jar"));
        assertThat(withElasticsearch.engine()).isEqualTo(at("elasticsearch-8.16.1"));
        assertThat(withElasticsearch.engineModules()).isEmpty();
        assertThat(withElasticsearch.logs()).isEqualTo(at("logs"));
        assertThat(withOpenSearch.camunda()).isEqualTo(withElasticsearch.camunda());
        assertThat(withOpenSearch.engine()).isEqualTo(at("opensearch"));
        assertThat(withOpenSearch.engineModules()).hasValue(at("module/jars"));
    }

    @Test
    void takesEveryPatch() throws IOException {
        environment.put("CAMUNDA_DISTRIBUTION", camunda("8.6.11-SNAPSHOT").toString());

        assertThat(find(OPENSEARCH).camunda().version()).isEqualTo("8.6.11-SNAPSHOT");
    }

    @Test
    void tellsAllInOneMessage() throws IOException {
        environment.clear();
        properties.clear();
        Path oldJava = java("17.0.15");
        CamundaMachine machine = new CamundaMachine(
                List.of(oldJava),
                List.of(
                        new Room(Path.of("/var/tmp"), 3_900_000_000L, 4),
                        new Room(Path.of("target/logs"), 900_000_000L, 1),
                        new Room(Path.of("/var/lib"), 4L << 30, 4)),
                17,
                List.of("setsid", "setpriv"));

        assertThatThrownBy(() -> CamundaParts.find(OPENSEARCH, environment, properties, machine))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("CAMUNDA_DISTRIBUTION is not set")
                .hasMessageContaining("s3proxy-* is not there")
                .hasMessageContaining("(system property camunda-backup.opensearch.home) is not there")
                .hasMessageContaining("jars is not there")
                .hasMessageContaining("mvn verify -Preal-camunda -pl camunda-backup-opensearch -am")
                .hasMessageContaining("a JDK 21 or later, and none is in [" + oldJava + "]")
                .hasMessageContaining("CAMUNDA_JAVA_HOME")
                .hasMessageContaining("only 3 GB free in /var/tmp; 4 GB are needed")
                .hasMessageContaining("only 0 GB free in target/logs; 1 GB are needed")
                .hasMessageContaining("The program setsid is not in the PATH")
                .hasMessageContaining("The program setpriv is not in the PATH")
                .hasMessageContaining("only 17 free ports")
                .hasMessageNotContaining("ELASTICSEARCH_DISTRIBUTION")
                .hasMessageNotContaining("/var/lib");
    }

    @Test
    void tellsMissingVariables() {
        environment.put("CAMUNDA_DISTRIBUTION", " ");
        environment.remove("ELASTICSEARCH_DISTRIBUTION");

        assertRefused(
                ELASTICSEARCH,
                "CAMUNDA_DISTRIBUTION is not set. " + CAMUNDA_WANTED + NOT_FETCHED,
                "ELASTICSEARCH_DISTRIBUTION is not set. " + ELASTICSEARCH_WANTED + NOT_FETCHED);
    }

    @Test
    void tellsMissingDirectories() {
        environment.put("CAMUNDA_DISTRIBUTION", at("nowhere").toString());
        environment.put(
                "ELASTICSEARCH_DISTRIBUTION", at("fetched/s3proxy-2.6.0.jar").toString());

        assertRefused(
                ELASTICSEARCH,
                "CAMUNDA_DISTRIBUTION is " + at("nowhere") + ", where no directory is. " + CAMUNDA_WANTED,
                "ELASTICSEARCH_DISTRIBUTION is " + at("fetched/s3proxy-2.6.0.jar") + ", where no directory is. "
                        + ELASTICSEARCH_WANTED);
    }

    @Test
    void tellsWhereRelativePathsLead() {
        environment.put("CAMUNDA_DISTRIBUTION", "nowhere/../camunda");

        assertRefused(
                OPENSEARCH,
                "CAMUNDA_DISTRIBUTION is " + Path.of("camunda").toAbsolutePath() + ", where no directory is. "
                        + CAMUNDA_WANTED);
    }

    @Test
    void tellsOtherLayouts() throws IOException {
        Path camunda = camunda("8.6.1");
        Files.delete(camunda.resolve("bin/restore"));
        Files.setPosixFilePermissions(camunda.resolve("bin/operate"), PosixFilePermissions.fromString("rw-r--r--"));
        Files.delete(camunda.resolve("lib/zeebe-broker-8.6.1.jar"));
        environment.put("CAMUNDA_DISTRIBUTION", camunda.toString());
        Path minimal = elasticsearch("8.16.2");
        Files.delete(minimal.resolve("modules/reindex"));
        Files.delete(minimal.resolve("modules/lang-painless"));
        environment.put("ELASTICSEARCH_DISTRIBUTION", minimal.toString());

        assertRefused(
                ELASTICSEARCH,
                "CAMUNDA_DISTRIBUTION is " + camunda
                        + ", which lacks the permission to execute bin/operate, bin/restore, "
                        + "lib/zeebe-broker-<version>.jar. " + CAMUNDA_WANTED,
                "ELASTICSEARCH_DISTRIBUTION is " + minimal + ", which lacks modules/lang-painless, modules/reindex. "
                        + ELASTICSEARCH_WANTED);
    }

    @Test
    void tellsTheDirectoryAbove() {
        environment.put("CAMUNDA_DISTRIBUTION", directory.toString());

        assertRefused(
                OPENSEARCH,
                "CAMUNDA_DISTRIBUTION is " + directory + ", which lacks bin/broker, bin/operate, bin/tasklist, "
                        + "bin/restore, config, lib, lib/zeebe-broker-<version>.jar. " + CAMUNDA_WANTED);
    }

    @Test
    void tellsOtherVersions() throws IOException {
        Path camunda = camunda("8.60.0");
        Files.delete(camunda.resolve("bin/tasklist"));
        environment.put("CAMUNDA_DISTRIBUTION", camunda.toString());
        Path elasticsearch = elasticsearch("8.19.2");
        environment.put("ELASTICSEARCH_DISTRIBUTION", elasticsearch.toString());

        assertRefused(
                ELASTICSEARCH,
                "CAMUNDA_DISTRIBUTION is " + camunda + ", which is of version 8.60.0, as lib/zeebe-broker-8.60.0.jar "
                        + "tells. " + CAMUNDA_WANTED,
                "ELASTICSEARCH_DISTRIBUTION is " + elasticsearch + ", which is of version 8.19.2, as "
                        + "lib/elasticsearch-8.19.2.jar tells. " + ELASTICSEARCH_WANTED);
    }

    @Test
    void looksAtThisMachine() {
        CamundaMachine here = CamundaMachine.here(at("not/yet"));

        assertThat(here.freePorts()).isEqualTo(18);
        assertThat(here.missingPrograms()).isEmpty();
        assertThat(here.rooms())
                .extracting(Room::directory)
                .containsExactly(Path.of(System.getProperty("java.io.tmpdir")), at("not/yet"));
        assertThat(here.rooms()).extracting(Room::freeBytes).allMatch(free -> free > 0);
    }

    private CamundaParts find(EngineKind kind) throws IOException {
        CamundaMachine machine = new CamundaMachine(List.of(java("21.0.4")), List.of(), 18, List.of());
        return CamundaParts.find(kind, environment, properties, machine);
    }

    private void assertRefused(EngineKind kind, String... problems) {
        assertThatThrownBy(() -> find(kind))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("A real Camunda cannot be started here:\n- " + String.join("\n- ", problems));
    }

    private Path camunda(String version) throws IOException {
        String home = "camunda-" + version + "/";
        for (String program : List.of("broker", "operate", "tasklist", "restore")) {
            executable(home + "bin/" + program);
        }
        create(home + "config/application.yaml");
        create(home + "lib/zeebe-broker-client-" + version + ".jar");
        create(home + "lib/zeebe-broker-" + version + ".jar");
        return at(home);
    }

    private Path elasticsearch(String version) throws IOException {
        String home = "elasticsearch-" + version + "/";
        executable(home + "bin/elasticsearch");
        create(home + "config/elasticsearch.yml");
        create(home + "lib/elasticsearch-core-" + version + ".jar");
        create(home + "lib/elasticsearch-" + version + ".jar");
        for (String module : List.of("analysis-common", "lang-painless", "mapper-extras", "parent-join", "reindex")) {
            Files.createDirectories(at(home + "modules/" + module));
        }
        return at(home);
    }

    private Path java(String version) throws IOException {
        String home = "jdk-" + version + "/";
        Files.writeString(create(home + "release"), "JAVA_VERSION=\"" + version + "\"\n");
        return at(home);
    }

    private void executable(String file) throws IOException {
        Files.setPosixFilePermissions(create(file), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path create(String file) throws IOException {
        Files.createDirectories(at(file).getParent());
        return Files.writeString(at(file), "");
    }

    private Path at(String path) {
        return directory.resolve(path);
    }
}
