package io.github.camundabackup.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.BackupReport.Outcome;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.BackupFate;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import io.github.camundabackup.test.simulation.model.Server;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class QuickstartTest {
    static Stream<CamundaLine> lines() {
        return Stream.of(CamundaLine.UP_TO_8_7, CamundaLine.V8_8);
    }

    private static final Map<String, String> COMPLETE = Map.of(
            "ORCHESTRATION_URL", "http://localhost:9600",
            "SEARCH_ENGINE_URL", "http://localhost:9200",
            "REPOSITORY", "camunda");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    /** What is wrong, and what the complaint must say; values that it must not show are called secret. */
    private record Mistake(Map<String, String> variables, String... said) {}

    static Stream<Mistake> mistakes() {
        return Stream.of(
                new Mistake(Map.of("SEARCH_ENGINE", "solr"), "SEARCH_ENGINE", "elasticsearch or opensearch", "solr"),
                new Mistake(Map.of("SIMULATE", "7.20"), "SIMULATE", "8.8", "7.20"),
                new Mistake(Map.of("ID", "yesterday"), "ID", "whole number", "yesterday"),
                new Mistake(Map.of("ID", "0"), "ID", "greater than 0"),
                new Mistake(Map.of("REPORT", "/no/such/directory/report.json"), "REPORT", "/no/such/directory"),
                new Mistake(Map.of("ZEEBE_DIRECTORY", "/no/such/directory"), "ZEEBE_DIRECTORY", "/no/such/directory"),
                new Mistake(Map.of("REPOSTORY", "camunda"), "REPOSTORY", "not known", "REPOSITORY"),
                new Mistake(without("ORCHESTRATION_URL"), "ORCHESTRATION_URL is missing", "ZEEBE_URL"),
                new Mistake(without("SEARCH_ENGINE_URL"), "SEARCH_ENGINE_URL is missing"),
                new Mistake(without("REPOSITORY"), "REPOSITORY is missing"),
                new Mistake(Map.of("OPERATE_URL", "http://localhost:9600"), "ORCHESTRATION_URL is missing"),
                new Mistake(with("REPOSITORY", "camunda*"), "REPOSITORY", "camunda*"),
                new Mistake(with("RECORD_PREFIX", "Zeebe*"), "RECORD_PREFIX", "Zeebe*"),
                new Mistake(
                        with("OPERATE_URL", "http://localhost:9600"), "ORCHESTRATION_URL", "OPERATE_URL", "exclude"),
                new Mistake(with("TASKLIST_URL", "http://localhost:9600"), "TASKLIST_URL", "exclude"),
                new Mistake(with("ZEEBE_URL", "http://localhost:9600"), "ZEEBE_URL", "exclude"),
                new Mistake(with("ORCHESTRATION_URL", "localhost:9600"), "ORCHESTRATION_URL", "http://host:9600"),
                new Mistake(with("OPTIMIZE_URL", "http://local host:8092"), "OPTIMIZE_URL", "not a URL"),
                new Mistake(with("BROKER_URLS", "http://a:9600,ftp://b"), "BROKER_URLS", "ftp://b"),
                new Mistake(
                        with("SEARCH_ENGINE_URL", "http://u:secret@localhost:9200"),
                        "SEARCH_ENGINE_URL",
                        "credentials"),
                new Mistake(
                        with("SEARCH_ENGINE_URL", "http://u:secret%@localhost:9200"), "SEARCH_ENGINE_URL", "not a URL"),
                new Mistake(with("CAMUNDA_USER", "demo"), "CAMUNDA_PASSWORD is missing"),
                new Mistake(with("CAMUNDA_PASSWORD", "secret"), "CAMUNDA_USER is missing"),
                new Mistake(with("SEARCH_ENGINE_USER", "elastic"), "SEARCH_ENGINE_PASSWORD is missing"),
                new Mistake(
                        with("SEARCH_ENGINE_USER", "a:b", "SEARCH_ENGINE_PASSWORD", "secret"),
                        "SEARCH_ENGINE_USER",
                        "colon"),
                new Mistake(
                        with("SEARCH_ENGINE_TOKEN", "secret", "SEARCH_ENGINE_API_KEY", "secret"),
                        "SEARCH_ENGINE_TOKEN",
                        "SEARCH_ENGINE_API_KEY"),
                new Mistake(with("CAMUNDA_CLIENT_ID", "backup"), "CAMUNDA_TOKEN_URL is missing"),
                new Mistake(with("CAMUNDA_TOKEN_URL", "https://idp/token"), "CAMUNDA_CLIENT_ID is missing"),
                new Mistake(
                        with("CAMUNDA_CLIENT_ID", "backup", "CAMUNDA_TOKEN_URL", "https://idp/token"),
                        "CAMUNDA_CLIENT_SECRET is missing",
                        "set CAMUNDA_BACKUP_CAMUNDA_CLIENT_SECRET_FILE"),
                new Mistake(
                        with("SEARCH_ENGINE_CLIENT_ID", "backup", "SEARCH_ENGINE_TOKEN", "secret"),
                        "SEARCH_ENGINE_TOKEN",
                        "SEARCH_ENGINE_CLIENT_ID",
                        "one way only"),
                new Mistake(with("CA_CERTIFICATES", "/no/such/ca.pem"), "CA_CERTIFICATES", "/no/such/ca.pem"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistakeInTheEnvironmentIsOneLineAndExitCode2(Mistake mistake) {
        int exitCode = run(mistake.variables());

        assertThat(exitCode).isEqualTo(2);
        assertThat(output().lines())
                .singleElement()
                .asString()
                .startsWith("CAMUNDA_BACKUP_")
                .contains(mistake.said())
                .doesNotContain("secret", "Exception");
    }

    @ParameterizedTest
    @CsvSource({"8.5-8.7, ELASTICSEARCH", "8.5-8.7, OPENSEARCH", "8.8, ELASTICSEARCH", "8.8, OPENSEARCH"})
    void backupOfTheUsersClusterHasAReportAndExitCode0(String lineId, SearchEngine engine, @TempDir Path directory)
            throws IOException {
        CamundaLine line = CamundaLines.known().byId(lineId).orElseThrow();
        Path file = directory.resolve("report.json");
        try (SimulatedCluster cluster =
                SimulatedCluster.builder().line(line).engine(engine).build()) {
            Map<String, String> environment = of(cluster);
            environment.put("ID", "1700000000");
            environment.put("REPORT", file.toString());

            assertThat(run(environment)).as(output()).isZero();

            cluster.invariants().assertHold();
            BackupReport report = BackupReport.fromJson(Files.readString(file));
            assertThat(report.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(report.backupId()).isEqualTo(BackupId.of(1_700_000_000));
            assertThat(output())
                    .contains("Backup plan", "Zeebe complete", "COMPLETED after", "exporting resumed", file.toString())
                    .doesNotContain("simulated");
        }
    }

    @Test
    void accessTokensAreFetchedForAllEndpoints() throws IOException {
        HttpServer provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Set<String> asked = ConcurrentHashMap.newKeySet();
        provider.createContext("/token", exchange -> {
            asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] token = "{\"access_token\":\"t0ken\",\"expires_in\":60}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, token.length);
            exchange.getResponseBody().write(token);
            exchange.close();
        });
        provider.start();
        try (SimulatedCluster cluster = SimulatedCluster.builder()
                .line(CamundaLine.V8_8)
                .accessTokens("t0ken"::equals)
                .build()) {
            Map<String, String> environment = of(cluster);
            for (String endpoints : List.of("CAMUNDA", "SEARCH_ENGINE")) {
                environment.put(
                        endpoints + "_TOKEN_URL",
                        "http://127.0.0.1:" + provider.getAddress().getPort() + "/token");
                environment.put(endpoints + "_CLIENT_ID", "backup");
                environment.put(endpoints + "_CLIENT_SECRET", "s3cr3t");
            }
            environment.put("CAMUNDA_CLIENT_SECRET_IN_BODY", "true");

            assertThat(run(environment)).as(output()).isZero();
            assertThat(output()).contains("COMPLETED after").doesNotContain("t0ken", "s3cr3t");
            assertThat(asked)
                    .anyMatch(body -> body.contains("client_secret=s3cr3t"))
                    .anyMatch(body -> !body.contains("s3cr3t"));
        } finally {
            provider.stop(0);
        }
    }

    @Test
    void whenTheSimulatedClusterIsLostTheBackupIsProvenFromWhatIsLeft(@TempDir Path directory) {
        assertThat(run(Map.of("ZEEBE_DIRECTORY", directory.toString())))
                .as(output())
                .isZero();

        assertThat(output().substring(output().indexOf("The cluster is gone.")))
                .contains("is CONSISTENT", "none is missing, proven for all 3 partitions", directory.toString());
    }

    @Test
    void whatIsWaitedForIsShown() {
        try (SimulatedCluster cluster = SimulatedCluster.builder().build()) {
            cluster.faults()
                    .at(RequestMatcher.post("/actuator/backups").on(Server.OPTIMIZE))
                    .answer(Fault.status(429));

            assertThat(run(of(cluster))).as(output()).isZero();

            assertThat(output()).contains("waiting: ", "status 429", "had to wait for 1 s");
        }
    }

    @Test
    void failedBackupHasAReportAndExitCode1(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("report.json");
        try (SimulatedCluster cluster = SimulatedCluster.builder().build()) {
            cluster.faults().fate(Component.ZEEBE, BackupFate.FAILS);
            Map<String, String> environment = of(cluster);
            environment.put("REPORT", file.toString());

            assertThat(run(environment)).isEqualTo(1);

            assertThat(output())
                    .contains("Failure: ", "Zeebe", "Exporting was resumed")
                    .doesNotContain("\tat ");
            assertThat(BackupReport.fromJson(Files.readString(file)).outcome()).isEqualTo(Outcome.FAILED);
            assertThat(cluster.exportingPaused()).isFalse();
        }
    }

    @Test
    void missingClusterHasExitCode1() {
        Map<String, String> environment;
        try (SimulatedCluster cluster = SimulatedCluster.builder().build()) {
            environment = of(cluster);
        }

        assertThat(run(environment)).isEqualTo(1);

        assertThat(output())
                .contains("REFUSED", environment.get("ZEEBE_URL"), environment.get("SEARCH_ENGINE_URL"))
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @MethodSource("lines")
    void backsUpASimulatedClusterWithoutARealOne(CamundaLine line) {
        String version = line.equals(CamundaLine.UP_TO_8_7) ? "8.6" : "8.8";
        String engine = line.equals(CamundaLine.UP_TO_8_7) ? "opensearch" : "elasticsearch";

        assertThat(run(Map.of("SIMULATE", version, "SEARCH_ENGINE", engine))).isZero();

        assertThat(output())
                .startsWith("No cluster is configured, so this backs up a simulated one.")
                .contains("COMPLETED after", line.displayName())
                .containsIgnoringCase(engine);
    }

    /** As a user would set them. */
    private static Map<String, String> of(SimulatedCluster cluster) {
        Map<String, String> environment = new HashMap<>();
        for (Server server : cluster.servers()) {
            environment.put(server + "_URL", cluster.uri(server).toString());
        }
        environment.put("SEARCH_ENGINE", cluster.engine().name().toLowerCase(Locale.ROOT));
        environment.put("REPOSITORY", cluster.repository());
        return environment;
    }

    private static Map<String, String> with(String... variables) {
        Map<String, String> environment = new HashMap<>(COMPLETE);
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return environment;
    }

    private static Map<String, String> without(String variable) {
        Map<String, String> environment = new HashMap<>(COMPLETE);
        environment.remove(variable);
        return environment;
    }

    private int run(Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>();
        variables.forEach((name, value) -> environment.put("CAMUNDA_BACKUP_" + name, value));
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return Quickstart.run(environment, out, false);
    }

    private String output() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
