package io.github.camundabackup.test.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camundabackup.component.ClusterEndpoints;
import io.github.camundabackup.endpoint.Authentication;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.runs.IdentityProvider;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.BackupFate;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RecordedRequest;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.Server;
import io.github.camundabackup.test.time.VirtualTime;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.opentest4j.TestAbortedException;

/**
 * The kit says of simulated clusters that they are themselves, sees when they are not, and changes nothing without a
 * yes.
 */
@Tag(EngineUnderTest.ELASTICSEARCH_ALONE)
class AcceptanceTest extends AbstractEngineTest {
    private static final BackupId FIRST = BackupId.of(1_800_000_000);
    private static final String USER = "hermione-of-acme";
    private static final String PASSWORD = "alohomora-42";
    private static final String TENANT = "acme-tenant";

    private final VirtualTime time = VirtualTime.create();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#ALL")
    void everyLineIsTheSameAsItself(CamundaLine line) {
        try (SimulatedCluster cluster = cluster(line)) {
            AcceptanceReport report =
                    run(cluster, kit -> kit.version(cluster.version()).takeAndDelete());

            assertThat(report.results())
                    .as(report.toString())
                    .isNotEmpty()
                    .allSatisfy(result -> assertThat(result.verdict()).isEqualTo(AcceptanceVerdict.SAME));
            assertThat(report.isAccepted()).isTrue();
            assertThat(report.line()).isEqualTo(line.displayName());
            assertThat(cluster.exportingPaused()).isFalse();
        }
    }

    @Test
    void asksWithAccessTokensWhereTheyAreWanted() {
        try (IdentityProvider provider = new IdentityProvider(time, Duration.ofSeconds(60));
                SimulatedCluster cluster = SimulatedCluster.builder()
                        .line(CamundaLine.V8_8)
                        .engine(engine())
                        .time(time)
                        .accessTokens(provider::accepts)
                        .build()) {
            Authentication authentication =
                    Authentication.clientCredentials(provider.client().build());
            Function<URI, Endpoint> endpoint =
                    uri -> Endpoint.builder(uri).authentication(authentication).build();

            AcceptanceReport report = run(
                    cluster,
                    kit -> kit.cluster(ClusterEndpoints.builder()
                                    .orchestrationCluster(endpoint.apply(cluster.orchestrationUri()))
                                    .optimize(endpoint.apply(cluster.optimizeUri()))
                                    .build())
                            .searchEngine(endpoint.apply(cluster.searchEngineUri()), cluster.repository()));

            assertThat(report.count(AcceptanceVerdict.SAME))
                    .as(report.toString())
                    .isGreaterThan(14);
            assertThat(report.results(AcceptanceVerdict.DIFFERENT)).isEmpty();
            assertThat(cluster.requests()).noneMatch(request -> request.status() == 401);
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#ALL")
    void changesNothingWithoutAYes(CamundaLine line) {
        try (SimulatedCluster cluster = cluster(line)) {
            AcceptanceReport report = run(cluster, kit -> kit.version(cluster.version()));

            assertThat(cluster.requests())
                    .filteredOn(request -> !request.method().equals("GET"))
                    .extracting(RecordedRequest::step)
                    .allMatch(step -> step.endsWith("/_verify")
                            || step.endsWith("/Only-A-Question")
                            || step.endsWith("/_search")
                            || step.endsWith("/_count"));
            assertThat(report.results())
                    .as(report.toString())
                    .allSatisfy(result -> assertThat(result.verdict())
                            .isIn(
                                    result.changes()
                                            ? List.of(AcceptanceVerdict.NOT_ASKED)
                                            : List.of(AcceptanceVerdict.SAME, AcceptanceVerdict.NOT_ASKED)));
            assertThat(report.count(AcceptanceVerdict.SAME)).isGreaterThan(14);
            assertThat(report.results(AcceptanceVerdict.NOT_ASKED))
                    .hasSizeGreaterThan(15)
                    .allSatisfy(result ->
                            assertThat(result.reason()).contains("CAMUNDA_BACKUP_ACCEPTANCE=take-and-delete"));
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void deletesWhatItMadeAndNothingElse(CamundaLine line) {
        try (SimulatedCluster cluster = cluster(line)) {
            AcceptanceReport before = run(cluster, kit -> kit.firstId(BackupId.of(FIRST.value() - 5)));
            assertThat(before.isAccepted()).isTrue();
            backUp(cluster, BackupId.of(FIRST.value() - 1));
            List<String> snapshots = snapshots(cluster);

            AcceptanceReport report = run(cluster, AcceptanceKit.Builder::takeAndDelete);

            assertThat(report.isAccepted()).as(report.toString()).isTrue();
            assertThat(report.left()).isEmpty();
            assertThat(snapshots(cluster)).isNotEmpty().isEqualTo(snapshots);
            assertThat(cluster.exportingPaused()).isFalse();
            assertThat(cluster.requests())
                    .filteredOn(request -> request.method().equals("DELETE"))
                    .isNotEmpty()
                    .allSatisfy(request -> assertThat(request.path()).containsPattern("180000000[0-3]"));
        }
    }

    @Test
    void findsTheVersionInBackups() {
        try (SimulatedCluster cluster = SimulatedCluster.builder()
                .line(CamundaLine.V8_9)
                .version("8.9.3")
                .engine(engine())
                .time(time)
                .build()) {
            assertThat(run(cluster, kit -> kit).version()).isEqualTo("8.9.0");
            backUp(cluster, BackupId.of(5));

            AcceptanceReport report = run(cluster, kit -> kit);

            assertThat(report.version()).isEqualTo("8.9.3");
            assertThat(report.isAccepted()).as(report.toString()).isTrue();
        }
    }

    @Test
    void otherAnswersAreDifferent() {
        try (SimulatedCluster cluster = cluster(CamundaLine.UP_TO_8_7)) {
            cluster.faults()
                    .at(RequestMatcher.get("/actuator/partitions"))
                    .always()
                    .answer(Fault.of(Fault.Kind.NONSENSE_JSON));
            cluster.faults()
                    .at(RequestMatcher.get("/actuator/backups").on(Server.OPTIMIZE))
                    .always()
                    .answer(Fault.of(Fault.Kind.LOGIN_PAGE));
            cluster.faults()
                    .at(RequestMatcher.get("/actuator/backups").on(Server.TASKLIST))
                    .always()
                    .answer(Fault.status(403));

            AcceptanceReport report = run(cluster, kit -> kit);

            assertThat(result(report, "broker-1-partitions").differences()).isNotEmpty();
            assertThat(result(report, "optimize-list").differences())
                    .anyMatch(difference -> difference.contains("content type"))
                    .anyMatch(difference -> difference.contains("no JSON"));
            assertThat(result(report, "tasklist-list").differences()).contains("The status is 403, not 200.");
            assertThat(report.results(AcceptanceVerdict.DIFFERENT))
                    .extracting(AcceptanceResult::name)
                    .contains("broker-1-partitions", "optimize-list", "tasklist-list");
            assertThat(report.isAccepted()).isFalse();
        }
    }

    @Test
    void aLineThatIsNotTheStatedOneIsDifferent() {
        try (SimulatedCluster cluster = cluster(CamundaLine.V8_9)) {
            AcceptanceReport report = run(cluster, kit -> kit.version("8.8.0").takeAndDelete());

            assertThat(result(report, "zeebe-take").differences()).containsExactly("$.backupId is too much");
            assertThat(result(report, "zeebe-get").verdict()).isEqualTo(AcceptanceVerdict.DIFFERENT);
            assertThat(report.left()).isEmpty();
        }
    }

    @Test
    void whatDoesNotAnswerIsUnreachable() {
        try (SimulatedCluster cluster = cluster(CamundaLine.V8_8)) {
            cluster.faults()
                    .at(RequestMatcher.get("/actuator/backupHistory"))
                    .always()
                    .answer(Fault.of(Fault.Kind.CUT_BEFORE));

            AcceptanceReport report = run(cluster, kit -> kit);

            assertThat(result(report, "web-applications-list").verdict()).isEqualTo(AcceptanceVerdict.UNREACHABLE);
            assertThat(report.isAccepted()).isFalse();
        }
    }

    @Test
    void aClusterThatIsNotThereIsUnreachable() {
        SimulatedCluster cluster = cluster(CamundaLine.V8_8);
        cluster.close();

        AcceptanceReport report = run(cluster, kit -> kit);

        assertThat(report.results()).singleElement().satisfies(result -> {
            assertThat(result.name()).isEqualTo("discovery");
            assertThat(result.reason()).isNotEmpty().doesNotContain("127.0.0.1");
        });
        assertThat(report.isAccepted()).isFalse();
    }

    @Test
    void aFailedBackupIsDeletedAndTheRestNotAsked() {
        try (SimulatedCluster cluster = cluster(CamundaLine.UP_TO_8_7)) {
            cluster.faults().fate(Component.ZEEBE, BackupFate.FAILS);

            AcceptanceReport report = run(cluster, AcceptanceKit.Builder::takeAndDelete);

            assertThat(result(report, "backup").verdict()).isEqualTo(AcceptanceVerdict.DIFFERENT);
            assertThat(result(report, "zeebe-same-id").verdict()).isEqualTo(AcceptanceVerdict.NOT_ASKED);
            assertThat(result(report, "nothing-left").verdict()).isEqualTo(AcceptanceVerdict.SAME);
            assertThat(result(report, "exporting-resumed").verdict()).isEqualTo(AcceptanceVerdict.SAME);
            assertThat(report.left()).isEmpty();
            assertThat(snapshots(cluster)).isEmpty();
        }
    }

    @Test
    void whatCannotBeDeletedIsNamed() {
        try (SimulatedCluster cluster = cluster(CamundaLine.UP_TO_8_7)) {
            cluster.faults()
                    .at(RequestMatcher.delete("/actuator/backups/*").on(Server.OPERATE))
                    .always()
                    .answer(Fault.status(500));

            AcceptanceReport report = run(cluster, AcceptanceKit.Builder::takeAndDelete);

            assertThat(report.left()).anySatisfy(left -> assertThat(left).contains("Operate: 1800000001"));
            assertThat(report.isAccepted()).isFalse();
        }
    }

    @Test
    void idsOfOthersAreLeftAlone() {
        try (SimulatedCluster cluster = cluster(CamundaLine.V8_8)) {
            backUp(cluster, BackupId.of(FIRST.value() + 2));
            List<String> snapshots = snapshots(cluster);

            AcceptanceReport report = run(cluster, AcceptanceKit.Builder::takeAndDelete);

            assertThat(result(report, "ids-free").verdict()).isEqualTo(AcceptanceVerdict.DIFFERENT);
            assertThat(result(report, "backup").verdict()).isEqualTo(AcceptanceVerdict.NOT_ASKED);
            assertThat(result(report, "nothing-left").verdict()).isEqualTo(AcceptanceVerdict.NOT_ASKED);
            assertThat(snapshots(cluster)).isEqualTo(snapshots);
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#ALL")
    void bundleHoldsNoHostAndNoSecret(CamundaLine line) throws IOException {
        Path bundle = directory.resolve("bundle");
        List<String> told = new ArrayList<>();
        try (SimulatedCluster cluster = SimulatedCluster.builder()
                .line(line)
                .engine(engine())
                .repository(TENANT)
                .time(time)
                .build()) {
            cluster.faults()
                    .at(RequestMatcher.get("/actuator/cluster"))
                    .always()
                    .answer(Fault.of(Fault.Kind.CUT_BEFORE));

            AcceptanceReport report = run(
                    cluster,
                    kit -> kit.bundle(bundle)
                            .progress(told::add)
                            .searchEngine(secured(cluster.searchEngineUri()), TENANT)
                            .takeAndDelete());

            assertThat(Files.readString(bundle.resolve("report.txt"))).isEqualTo(report + "\n");
            List<String> texts = new ArrayList<>(told);
            try (Stream<Path> files = Files.list(bundle)) {
                for (Path file : files.toList()) {
                    texts.add(Files.readString(file));
                }
            }
            assertThat(texts).hasSizeGreaterThan(report.results().size());
            assertThat(texts)
                    .allSatisfy(
                            text -> assertThat(text).doesNotContain("127.0.0.1", "localhost", TENANT, USER, PASSWORD));
            for (Server server : cluster.servers()) {
                String port = ":" + cluster.uri(server).getPort();
                assertThat(texts).allSatisfy(text -> assertThat(text).doesNotContain(port));
            }
        }
    }

    @Test
    void contractHasATestForEachQuestion() {
        try (SimulatedCluster cluster = SimulatedCluster.builder()
                .line(CamundaLine.V8_8)
                .engine(engine())
                .build()) {
            cluster.faults()
                    .at(RequestMatcher.get("/actuator/cluster"))
                    .always()
                    .answer(Fault.status(503));

            List<String> outcomes = contract(cluster)
                    .answersAsTheSimulatedCluster()
                    .map(test -> outcome(test) + " " + test.getDisplayName())
                    .toList();

            assertThat(outcomes)
                    .anyMatch(test -> test.startsWith("passed zeebe-list: GET"))
                    .anyMatch(test -> test.startsWith("failed zeebe-cluster: GET"))
                    .anyMatch(test -> test.startsWith("aborted backup: "))
                    .anyMatch(test -> test.equals("passed leaves nothing behind"));
        }
    }

    private AcceptanceContract contract(SimulatedCluster cluster) {
        return new AcceptanceContract() {
            @Override
            protected SnapshotStore open(Endpoint endpoint, String repository, ClientResources resources) {
                return stores().create(endpoint, repository, resources);
            }

            @Override
            protected Map<String, String> environment() {
                return Map.of(
                        "CAMUNDA_BACKUP_ORCHESTRATION_URL",
                                cluster.orchestrationUri().toString(),
                        "CAMUNDA_BACKUP_SEARCH_ENGINE_URL",
                                cluster.searchEngineUri().toString(),
                        "CAMUNDA_BACKUP_REPOSITORY", cluster.repository());
            }
        };
    }

    private static String outcome(DynamicTest test) {
        try {
            test.getExecutable().execute();
            return "passed";
        } catch (TestAbortedException e) {
            return "aborted";
        } catch (Throwable e) {
            return "failed";
        }
    }

    @Test
    void bundleCanBeAZipAndReplacesNothing() throws IOException {
        Path bundle = directory.resolve("bundle.zip");
        AcceptanceReport report =
                new AcceptanceReport("Camunda 8.8", "8.8.0", "stated", "", List.of(), List.of(), List.of());

        report.writeTo(bundle);

        try (ZipFile zip = new ZipFile(bundle.toFile())) {
            assertThat(zip.stream().map(entry -> entry.getName())).contains("report.json", "report.txt");
        }
        assertThat(catchThrowable(() -> report.writeTo(bundle))).hasMessageContaining("exists");
        assertThat(catchThrowable(() -> report.writeTo(directory))).hasMessageContaining("not empty");
    }

    private SimulatedCluster cluster(CamundaLine line) {
        return SimulatedCluster.builder()
                .line(line)
                .engine(engine())
                .partitions(3)
                .duration(Duration.ofSeconds(2))
                .time(time)
                .build();
    }

    private AcceptanceReport run(SimulatedCluster cluster, UnaryOperator<AcceptanceKit.Builder> changes) {
        try (ClientResources resources = ClientResources.builder().time(time).build()) {
            return changes.apply(AcceptanceKit.builder()
                            .cluster(endpoints(cluster))
                            .searchEngine(Endpoint.of(cluster.searchEngineUri()), cluster.repository())
                            .stores(stores()::create)
                            .firstId(FIRST)
                            .resources(resources))
                    .build()
                    .run();
        }
    }

    private static Endpoint secured(URI uri) {
        return Endpoint.builder(uri)
                .authentication(Authentication.basic(USER, PASSWORD))
                .build();
    }

    static ClusterEndpoints endpoints(SimulatedCluster cluster) {
        ClusterEndpoints.Builder endpoints = ClusterEndpoints.builder();
        Map<Server, Component> components = Map.of(
                Server.OPTIMIZE, Component.OPTIMIZE,
                Server.OPERATE, Component.OPERATE,
                Server.TASKLIST, Component.TASKLIST,
                Server.ZEEBE, Component.ZEEBE);
        cluster.servers().forEach(server -> {
            if (components.containsKey(server)) {
                endpoints.component(components.get(server), Endpoint.of(cluster.uri(server)));
            } else if (server == Server.ORCHESTRATION) {
                endpoints.orchestrationCluster(cluster.orchestrationUri());
            }
        });
        return endpoints.build();
    }

    private void backUp(SimulatedCluster cluster, BackupId id) {
        try (ClientResources resources = ClientResources.builder().time(time).build();
                var client = Site.client(
                        endpoints(cluster),
                        Endpoint.of(cluster.searchEngineUri()),
                        cluster.repository(),
                        "zeebe-record",
                        stores()::create,
                        resources)) {
            client.backup(id).completion().join();
        }
    }

    private List<String> snapshots(SimulatedCluster cluster) {
        List<String> names = new ArrayList<>();
        try (ClientResources resources = ClientResources.builder().time(time).build();
                var store = stores().create(Endpoint.of(cluster.searchEngineUri()), cluster.repository(), resources)) {
            store.listNames(List.of("*"), names::add).join();
        }
        return names.stream().sorted().toList();
    }

    private static AcceptanceResult result(AcceptanceReport report, String name) {
        return report.results().stream()
                .filter(result -> result.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no question " + name + " in\n" + report));
    }
}
