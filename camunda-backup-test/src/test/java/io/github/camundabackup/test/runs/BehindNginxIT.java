package io.github.camundabackup.test.runs;

import static io.github.camundabackup.test.assertion.BackupAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.backup.BackupHandle;
import io.github.camundabackup.consistency.Depth;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.endpoint.TlsSettings;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.engine.Certificates;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.engine.Nginx;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RecordedRequest;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.Server;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs through a real nginx, with all that it puts between a client and a cluster. */
@Tag("nginx")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BehindNginxIT {
    private static final RequestMatcher PAUSE = RequestMatcher.post("/actuator/exporting/pause");

    /** In real time: what it asks of a server that answers must never take so long. */
    private static final String IMPATIENT = "proxy_read_timeout 3s;";

    private static final Map<Server, Component> COMPONENTS = Map.of(
            Server.OPTIMIZE, Component.OPTIMIZE,
            Server.OPERATE, Component.OPERATE,
            Server.TASKLIST, Component.TASKLIST,
            Server.ZEEBE, Component.ZEEBE,
            Server.SEARCH_ENGINE, Component.ZEEBE_RECORDS);

    private final EngineUnderTest engine = EngineUnderTest.find();
    private Certificates certificates;

    @BeforeAll
    void makeCertificates(@TempDir Path directory) {
        certificates = Certificates.in(directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gzip off;", "keepalive_timeout 0;", "proxy_buffering off;"})
    void takesProvesAndRestoresABackup(String settings) {
        try (Scene scene = scene();
                Nginx nginx = Nginx.before(scene.cluster(), certificates, settings);
                CamundaBackupClient client = client(scene, nginx).build()) {
            BackupReport report = client.backup().completion().join();
            assertThat(report.warnings()).isEmpty();
            BackupId id = report.backupId();
            assertThat(client.consistency().check(id, Depth.POSITIONS).join())
                    .isConsistent()
                    .hasOnlyFindings()
                    .provesEveryPartition();
            int requests = scene.cluster().requests().size();
            // When it reads another, it has written down those before it.
            assertThat(client.snapshotStore().get("none").join()).isEmpty();
            assertThat(nginx.requests()).as("all went through it").hasSizeBetween(requests, requests + 1);

            new EngineWeb(scene.cluster().searchEngineUri()).write(RestoreScene.NEXT_DAY, "later");
            Scene.stop(scene.cluster());
            // Of a proxy's 502 nobody knows whether Camunda has been stopped: it is not asked.
            RestoreClient restore =
                    RestoreClient.create(client.snapshotStore(), RestoreScene.keepingTheStranger(), scene.resources());
            assertThat(restore.execute(restore.plan(id).join())
                            .completion()
                            .join()
                            .indices())
                    .isNotEmpty();

            Predicate<String> compressed = line -> line.contains("\"gzip\"");
            if (settings.contains("gzip")) {
                assertThat(nginx.requests()).noneMatch(compressed);
            } else {
                assertThat(nginx.requests()).anyMatch(compressed);
            }
        }
    }

    /** As with its own minute of patience, but with less: each connection is closed soon after its last answer. */
    @Test
    void connectionsThatItClosesWhileTheyAreIdleDoNoHarm() {
        try (SimulatedCluster cluster = SimulatedCluster.builder()
                        .engine(engine.simulated())
                        .partitions(3)
                        .duration(Duration.ofSeconds(1))
                        .build();
                ClientResources resources = ClientResources.create();
                Nginx nginx = Nginx.before(cluster, certificates, "keepalive_timeout 30ms; keepalive_requests 3;");
                CamundaBackupClient client = client(
                                cluster, resources, server -> endpoint(nginx.uri(server), identified()))
                        .build()) {
            BackupReport report = client.backup().completion().join();

            assertThat(client.consistency().check(report.backupId()).join()).isConsistent();
            cluster.invariants().assertHold();
        }
    }

    @Test
    void itsOwnRestartInThePauseIsWaitedFor() {
        try (Scene scene = scene();
                Nginx nginx = Nginx.before(scene.cluster(), certificates, "");
                CamundaBackupClient client = client(scene, nginx).build()) {
            scene.cluster()
                    .faults()
                    .at(PAUSE)
                    .act(() -> scene.time().delay(Duration.ofSeconds(1)).thenRun(() -> {
                        nginx.kill();
                        scene.time().delay(Duration.ofMinutes(2)).thenRun(nginx::start);
                    }));

            BackupReport report = client.backup().completion().join();

            assertThat(report.warnings()).isNotEmpty().allMatch(warning -> warning.contains("had to wait"));
            assertRight(scene, client, report);
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {"ORCHESTRATION", "REST_API"},
            mode = EnumSource.Mode.EXCLUDE)
    void serversBehindItThatRestartAreWaitedFor(Server server) {
        Recording events = new Recording();
        try (Scene scene = Scene.of(
                        CamundaLine.UP_TO_8_7,
                        engine.simulated(),
                        engine,
                        cluster -> cluster.duration(Duration.ofMinutes(10)),
                        builder -> builder);
                Nginx nginx = Nginx.before(scene.cluster(), certificates, "");
                CamundaBackupClient client =
                        client(scene, nginx).listener(events).build()) {
            events.onProgress(Objects.requireNonNull(COMPONENTS.get(server)), () -> {
                scene.cluster().faults().unreachable(server);
                scene.time()
                        .delay(Duration.ofMinutes(4))
                        .thenRun(() -> scene.cluster().faults().reachable(server));
            });

            BackupReport report = client.backup().completion().join();

            assertThat(nginx.requests()).anyMatch(line -> line.contains(" 502 "));
            assertThat(report.warnings()).allMatch(warning -> warning.contains("had to wait"));
            if (server == Server.ZEEBE || server == Server.SEARCH_ENGINE) {
                // Where the repository shows the parts as well, nothing has to be waited for.
                assertThat(report.warnings()).isNotEmpty();
            }
            assertRight(scene, client, report);
        }
    }

    private static void assertRight(Scene scene, CamundaBackupClient client, BackupReport report) {
        assertThat(client.consistency().check(report.backupId()).join()).isConsistent();
        scene.cluster().invariants().assertHold();
    }

    /** 504 with a page of HTML, and the request was carried out all the same. */
    @TestFactory
    Stream<DynamicTest> itsImpatienceHidesNoAnswer() {
        List<RecordedRequest> steps;
        try (Scene scene = scene();
                Nginx nginx = Nginx.before(scene.cluster(), certificates, "");
                CamundaBackupClient client = client(scene, nginx).build()) {
            client.backup().completion().join();
            steps = scene.cluster().steps();
        }
        return steps.stream()
                .filter(step -> !step.method().equals("GET") && !Scene.isHarmless(step.path()))
                // It fails the run, and exporting is resumed: see below.
                .filter(step -> !PAUSE.matches(step))
                .map(step -> dynamicTest(step.step(), () -> answerTooLate(step.matcher())));
    }

    private void answerTooLate(RequestMatcher step) {
        try (Scene scene = scene();
                Nginx nginx = Nginx.before(scene.cluster(), certificates, IMPATIENT);
                CamundaBackupClient client = client(scene, nginx).build()) {
            scene.cluster().faults().at(step).answer(Fault.of(Fault.Kind.SILENCE_AFTERWARDS));

            BackupReport report = client.backup().completion().join();

            assertThat(nginx.requests()).anyMatch(line -> line.contains(" 504 "));
            assertThat(report.pause().state()).isEqualTo(PauseReport.State.RESUMED);
            assertThat(client.consistency().check(report.backupId()).join()).isConsistent();
            scene.cluster().invariants().assertHold();
        }
    }

    @Test
    void aPauseOfWhichItHidesTheAnswerIsEnded() {
        try (Scene scene = scene();
                Nginx nginx = Nginx.before(scene.cluster(), certificates, IMPATIENT);
                CamundaBackupClient client = client(scene, nginx).build()) {
            scene.cluster().faults().at(PAUSE).answer(Fault.of(Fault.Kind.SILENCE_AFTERWARDS));

            BackupFailedException failed = Scene.failure(client.backup());

            assertThat(failed).hasMessageContaining("504");
            assertThat(failed.pause().state()).isEqualTo(PauseReport.State.RESUMED);
            scene.cluster().invariants().assertHold();
        }
    }

    /** What is set up wrongly is said before anything is touched. */
    @ParameterizedTest
    @MethodSource("wrong")
    void whatIsWrongBetweenIsSaid(Wrong wrong) {
        try (Scene scene = scene();
                Nginx nginx = Nginx.before(scene.cluster(), certificates, wrong.settings);
                CamundaBackupClient client = client(
                                scene.cluster(), scene.resources(), server -> wrong.endpoint.apply(nginx.uri(server)))
                        .build()) {
            BackupHandle handle = client.backup();
            BackupFailedException refused = Scene.failure(handle);

            assertThat(refused.report().outcome()).isEqualTo(BackupReport.Outcome.REFUSED);
            assertThat(refused.pause().state()).isEqualTo(PauseReport.State.NOT_PAUSED);
            assertThat(refused).hasMessageContainingAll(wrong.said.toArray(CharSequence[]::new));
        }
    }

    private record Wrong(String settings, Function<URI, Endpoint> endpoint, List<String> said) {}

    Stream<Arguments> wrong() {
        return Stream.of(
                wrong("no client certificate", "", uri -> endpoint(uri, trusting()), "400", "certificate"),
                wrong("unknown authority", "", Endpoint::of, "TLS", "trusted"),
                wrong(
                        "plain HTTP",
                        "",
                        uri -> Endpoint.of(URI.create(uri.toString().replace("https", "http"))),
                        "The plain HTTP request was sent to HTTPS port",
                        "must begin with https"),
                wrong(
                        "another host's name",
                        "",
                        uri -> endpoint(URI.create(uri.toString().replace("localhost", "127.0.0.2")), identified()),
                        "127.0.0.2"),
                wrong(
                        "context path",
                        "",
                        uri -> endpoint(URI.create(uri + "/wrong"), identified()),
                        "none of Camunda's endpoints",
                        "context path"),
                wrong("small bodies", "client_max_body_size 1;", uri -> endpoint(uri, identified()), "413"));
    }

    private static Arguments wrong(String name, String settings, Function<URI, Endpoint> endpoint, String... said) {
        return Arguments.argumentSet(name, new Wrong(settings, endpoint, List.of(said)));
    }

    private TlsSettings.Builder trusting() {
        return TlsSettings.builder().trustCertificates(certificates.authority());
    }

    private TlsSettings.Builder identified() {
        return trusting().clientCertificate(certificates.keyStore(), Certificates.PASSWORD.toCharArray());
    }

    private static Endpoint endpoint(URI uri, TlsSettings.Builder tls) {
        return Endpoint.builder(uri).tls(tls.build()).build();
    }

    private Scene scene() {
        return Scene.of(CamundaLine.UP_TO_8_7, engine.simulated(), engine);
    }

    private CamundaBackupClient.Builder client(Scene scene, Nginx nginx) {
        TlsSettings.Builder tls = identified();
        return client(scene.cluster(), scene.resources(), server -> endpoint(nginx.uri(server), tls));
    }

    private CamundaBackupClient.Builder client(
            SimulatedCluster cluster, ClientResources resources, Function<Server, Endpoint> endpoint) {
        SnapshotStore store = engine.create(endpoint.apply(Server.SEARCH_ENGINE), cluster.repository(), resources);
        return CamundaBackupClient.builder()
                .resources(resources)
                .snapshotStore(store)
                .zeebe(endpoint.apply(Server.ZEEBE))
                .operate(endpoint.apply(Server.OPERATE))
                .tasklist(endpoint.apply(Server.TASKLIST))
                .optimize(endpoint.apply(Server.OPTIMIZE));
    }
}
