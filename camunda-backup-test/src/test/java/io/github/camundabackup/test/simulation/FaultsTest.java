package io.github.camundabackup.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.test.simulation.model.BackupFate;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.Fault.Kind;
import io.github.camundabackup.test.simulation.model.RecordedRequest;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.Server;
import io.github.camundabackup.test.time.VirtualTime;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FaultsTest {
    private static final RequestMatcher TAKE = RequestMatcher.post("/actuator/backups");

    private final SimulatedCluster cluster =
            SimulatedCluster.builder().time(VirtualTime.create()).build();
    private final Web web = new Web();

    @AfterEach
    void close() {
        cluster.close();
    }

    private boolean tookBackup() {
        return !web.get(cluster.searchEngineUri(), "/_snapshot/camunda_backup/_all")
                .json()
                .path("snapshots")
                .isEmpty();
    }

    private Web.Answer take() throws IOException {
        return web.exchange(
                "POST", cluster.operateUri(), "/actuator/backups", Optional.of("application/json"), "{\"backupId\":5}");
    }

    static Stream<Fault> all() {
        return Fault.all().stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aFaultHappensOnceAndIsRecordedAndTheRequestIsCarriedOutOrNot(Fault fault) {
        cluster.faults().at(TAKE).answer(fault);

        try {
            take();
        } catch (IOException cut) {
            assertThat(fault.kind()).isIn(Kind.CUT_BEFORE, Kind.CUT_AFTERWARDS, Kind.CUT_IN_BODY);
        }

        assertThat(tookBackup()).isEqualTo(fault.kind().isCarriedOut());
        RecordedRequest recorded = cluster.requests().get(0);
        assertThat(recorded.fault()).contains(fault);
        assertThat(cluster.faults().outstanding()).isZero();
        assertThat(web.get(cluster.operateUri(), "/actuator/backups").status()).isEqualTo(200);
    }

    @Test
    void everyKindIsInOneOfTheLists() {
        Set<Kind> kinds = Stream.concat(Fault.all().stream(), Fault.endless().stream())
                .map(Fault::kind)
                .collect(Collectors.toSet());
        assertThat(kinds).isEqualTo(EnumSet.allOf(Kind.class));
    }

    @Test
    void aStatusComesFromSomethingElseThanTheServer() throws IOException {
        cluster.faults().at(TAKE).answer(Fault.status(503));

        Web.Answer answer = take();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.contentType()).isEqualTo("text/html");
        assertThat(cluster.requests().get(0).status()).isEqualTo(503);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"CUT_BEFORE", "CUT_AFTERWARDS", "CUT_IN_BODY"})
    void aCutConnectionIsAnIoException(Kind kind) {
        cluster.faults().at(TAKE).answer(Fault.of(kind));

        assertThatThrownBy(this::take).isInstanceOf(IOException.class);
        assertThat(cluster.requests().get(0).status()).isEqualTo(kind == Kind.CUT_IN_BODY ? 200 : 0);
    }

    @Test
    void aSlowBodyIsWholeInTheEnd() throws IOException {
        cluster.faults().at(TAKE).answer(Fault.slowBody(Duration.ofMillis(5)));

        assertThat(take().json().path("scheduledSnapshots")).hasSize(6);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"STALLED_BODY", "SILENCE", "SILENCE_AFTERWARDS"})
    void whatNeverEndsIsEndedByClosingTheCluster(Kind kind) {
        cluster.faults().at(TAKE).answer(Fault.of(kind));
        CompletableFuture<HttpResponse<String>> answer = HttpClient.newHttpClient()
                .sendAsync(
                        HttpRequest.newBuilder(URI.create(cluster.operateUri() + "/actuator/backups"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"backupId\":5}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        while (cluster.requests(TAKE).isEmpty() || tookBackup() != kind.isCarriedOut()) {
            assertThat(answer).isNotDone();
        }
        assertThat(answer).isNotDone();

        cluster.close();
        assertThatThrownBy(answer::join).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void truncatedJsonIsCompleteHttp() throws IOException {
        cluster.faults().at(TAKE).answer(Fault.of(Kind.TRUNCATED_JSON));

        Web.Answer answer = take();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).startsWith("{\"scheduled");
        assertThatThrownBy(() -> new ObjectMapper().readTree(answer.body())).isInstanceOf(IOException.class);
    }

    @Test
    void nonsenseAndEmptyBodiesAndLoginPagesAreSuccessesByStatus() throws IOException {
        cluster.faults().at(TAKE).answer(Fault.of(Kind.NONSENSE_JSON));
        cluster.faults().at(TAKE).after(1).answer(Fault.of(Kind.EMPTY_BODY));
        cluster.faults().at(TAKE).after(2).answer(Fault.of(Kind.LOGIN_PAGE));
        cluster.faults().at(TAKE).after(3).answer(Fault.of(Kind.REDIRECT));

        assertThat(take().json().path(0).has("unexpected")).isTrue();
        assertThat(take()).isEqualTo(new Web.Answer(200, "", ""));
        assertThat(take().body()).contains("<title>Sign in</title>");
        assertThat(take().status()).isEqualTo(302);
    }

    @Test
    void innerFailuresHaveNoEffect() {
        cluster.faults()
                .at(RequestMatcher.post("/actuator/exporting/pause?soft=true"))
                .answer(Fault.innerStatus(500));

        Web.Answer answer = web.post(cluster.zeebeUri(), "/actuator/exporting/pause?soft=true");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("status").asInt()).isEqualTo(500);
        assertThat(cluster.exportingPaused()).isFalse();
    }

    @Test
    void aRefusedPauseLeavesHalfAPauseBehind() {
        cluster.faults().refusePause(1);

        Web.Answer answer = web.post(cluster.zeebeUri(), "/actuator/exporting/pause?soft=true");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("status").asInt()).isEqualTo(500);
        assertThat(phases()).containsExactly("SOFT_PAUSED", "EXPORTING");
        assertThat(cluster.exportingPaused()).isTrue();

        web.post(cluster.zeebeUri(), "/actuator/exporting/pause?soft=true");
        assertThat(phases()).containsOnly("SOFT_PAUSED");
    }

    @Test
    void aRefusedResumeLeavesHalfAPauseBehind() {
        web.post(cluster.zeebeUri(), "/actuator/exporting/pause?soft=true");
        cluster.faults().refuseResume(2);

        for (int i = 0; i < 2; i++) {
            assertThat(web.post(cluster.zeebeUri(), "/actuator/exporting/resume")
                            .json()
                            .path("status")
                            .asInt())
                    .isEqualTo(500);
        }
        assertThat(phases()).containsExactly("EXPORTING", "SOFT_PAUSED");
        web.post(cluster.zeebeUri(), "/actuator/exporting/resume");
        assertThat(cluster.exportingPaused()).isFalse();
    }

    private List<String> phases() {
        return web.get(cluster.zeebeUri(), "/actuator/partitions").json().findValuesAsText("exporterPhase");
    }

    @Test
    void faultsCountRequests() {
        RequestMatcher list = RequestMatcher.get("/actuator/backups").on(Server.TASKLIST);
        cluster.faults().at(list).after(1).times(2).answer(Fault.status(502));
        assertThat(cluster.faults().outstanding()).isEqualTo(2);

        assertThat(Stream.generate(() -> web.get(cluster.tasklistUri(), "/actuator/backups")
                                .status())
                        .limit(4))
                .containsExactly(200, 502, 502, 200);
        assertThat(web.get(cluster.operateUri(), "/actuator/backups").status()).isEqualTo(200);
    }

    @Test
    void faultsCanLastUntilTheyAreCleared() {
        cluster.faults().at(RequestMatcher.any()).always().answer(Fault.status(500));
        assertThat(web.get(cluster.zeebeUri(), "/actuator").status()).isEqualTo(500);
        assertThat(web.get(cluster.zeebeUri(), "/actuator").status()).isEqualTo(500);

        cluster.faults().clear();
        assertThat(web.get(cluster.zeebeUri(), "/actuator").status()).isEqualTo(200);
    }

    @Test
    void anUnreachableServerRefusesConnectionsAndComesBack() throws IOException {
        cluster.faults().unreachable(Server.OPERATE);
        assertThatThrownBy(this::take).isInstanceOf(ConnectException.class);
        assertThat(web.get(cluster.tasklistUri(), "/actuator/backups").status()).isEqualTo(200);

        cluster.faults().reachable(Server.OPERATE);
        assertThat(take().status()).isEqualTo(200);
    }

    @Test
    void anUnusableRepositoryFailsItsVerification() {
        cluster.faults().repositoryUnusable(true);
        assertThat(web.post(cluster.searchEngineUri(), "/_snapshot/camunda_backup/_verify")
                        .body())
                .contains("repository_verification_exception");

        cluster.faults().repositoryUnusable(false);
        assertThat(web.post(cluster.searchEngineUri(), "/_snapshot/camunda_backup/_verify")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void recordsMeetTheirFate() {
        cluster.faults().fate(Component.ZEEBE_RECORDS, BackupFate.PARTIAL);
        web.put(
                cluster.searchEngineUri(),
                "/_snapshot/camunda_backup/camunda_zeebe_records_backup_5?wait_for_completion=true",
                "{\"indices\":\"zeebe-record*\"}");

        assertThat(web.get(cluster.searchEngineUri(), "/_snapshot/camunda_backup/camunda_zeebe_records_backup_5")
                        .json()
                        .path("snapshots")
                        .get(0)
                        .path("state")
                        .asText())
                .isEqualTo("PARTIAL");
    }

    @Test
    void aFateNeedsItsComponent() {
        assertThatThrownBy(() -> cluster.faults().fate(Component.WEB_APPLICATIONS, BackupFate.FAILS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("web applications");
    }
}
