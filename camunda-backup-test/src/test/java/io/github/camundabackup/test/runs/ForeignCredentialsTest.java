package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.backup.BackupHandle;
import io.github.camundabackup.endpoint.Authentication;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.Server;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.assertj.core.util.Throwables;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Suppliers of tokens and signers × where they are asked × each way to misbehave in the pause: the run ends, exporting is
 * resumed, and nothing shows a secret. In real time, hurried: a virtual time would wait for what hangs.
 */
@Tag(EngineUnderTest.ELASTICSEARCH_ALONE)
class ForeignCredentialsTest extends AbstractEngineTest {
    private static final RequestMatcher PAUSE = RequestMatcher.post("/actuator/exporting/pause");
    private static final String SECRET = "s3cr3t";

    /** Whose credentials they are. */
    private enum Where {
        GATEWAY,
        SEARCH_ENGINE
    }

    /** What gives credentials. */
    private enum Port {
        SUPPLIER,
        SIGNER,
        SUPPLIER_OF_A_CLIENTS_SECRET
    }

    /** What it does once, when exporting is paused. */
    private enum Misbehaviour {
        BLOCKS,
        THROWS_A_SECRET,
        THROWS_AN_ERROR_WITH_A_SECRET,
        GIVES_NULL,
        GIVES_WHAT_CANNOT_BE_SENT,
        CANCELS_THE_RUN,
        ASKS_FOR_PROGRESS,
        CLOSES_THE_CLIENT
    }

    @TestFactory
    Stream<DynamicNode> credentialsKeepNoPauseAndShowNoSecret() {
        return Stream.of(Port.values())
                .flatMap(port -> Stream.of(Where.values())
                        .map(where -> dynamicContainer(
                                port + " of the " + where,
                                Stream.of(Misbehaviour.values())
                                        .map(misbehaviour -> dynamicTest(
                                                misbehaviour.toString(), () -> tryOut(port, where, misbehaviour))))));
    }

    private void tryOut(Port port, Where where, Misbehaviour misbehaviour) throws Exception {
        HurriedTime time = new HurriedTime();
        try (Foreign foreign = new Foreign(misbehaviour);
                // So short that almost every request needs a token of its own, and the secret for it.
                IdentityProvider provider = new IdentityProvider(time, Duration.ofSeconds(1));
                SimulatedCluster cluster = SimulatedCluster.builder()
                        .line(CamundaLine.V8_8)
                        .engine(engine())
                        .duration(Duration.ofSeconds(2))
                        .time(time)
                        .build();
                ClientResources resources = ClientResources.builder().time(time).build();
                CamundaBackupClient client = client(cluster, resources, port, where, foreign, provider)) {
            provider.secret(SECRET);
            cluster.faults().at(PAUSE).act(() -> foreign.due.set(true));
            foreign.client.complete(client);
            BackupHandle handle = client.backup();
            foreign.handle.complete(handle);

            String told;
            BackupReport report;
            try {
                report = handle.completion().get(1, TimeUnit.MINUTES);
                told = "";
            } catch (ExecutionException e) {
                told = Throwables.getStackTrace(e);
                report = ((BackupFailedException) Objects.requireNonNull(e.getCause())).report();
            }

            assertThat(foreign.due).as("It was asked").isFalse();
            assertThat(report.pause().state()).as(report.toString()).isEqualTo(PauseReport.State.RESUMED);
            assertThat(cluster.exportingPaused()).isFalse();
            assertThat(told + report + report.toJson()).doesNotContain(SECRET);
            if (misbehaviour == Misbehaviour.ASKS_FOR_PROGRESS) {
                assertThat(report.outcome()).as(report.toString()).isEqualTo(BackupReport.Outcome.COMPLETED);
            }
        }
    }

    private CamundaBackupClient client(
            SimulatedCluster cluster,
            ClientResources resources,
            Port port,
            Where where,
            Foreign foreign,
            IdentityProvider provider) {
        Server server = where == Where.GATEWAY ? Server.ORCHESTRATION : Server.SEARCH_ENGINE;
        Endpoint.Builder endpoint = Endpoint.builder(cluster.uri(server)).requestTimeout(Duration.ofSeconds(2));
        Endpoint changed = switch (port) {
            case SUPPLIER ->
                endpoint.authentication(Authentication.bearer(foreign::token)).build();
            case SUPPLIER_OF_A_CLIENTS_SECRET ->
                endpoint.authentication(Authentication.clientCredentials(provider.client()
                                .secret(foreign::token)
                                .requestTimeout(Duration.ofSeconds(2))
                                .build()))
                        .build();
            case SIGNER ->
                endpoint.signer((method, uri, headers, body) -> foreign.signature())
                        .build();
        };
        CamundaBackupClient.Builder client = Scene.client(cluster, stores(), resources);
        return switch (where) {
            case GATEWAY -> client.orchestrationCluster(changed).build();
            case SEARCH_ENGINE ->
                client.snapshotStore(stores().create(changed, cluster.repository(), resources))
                        .build();
        };
    }

    /** Misbehaves once when it is due. */
    private static final class Foreign implements AutoCloseable {
        private final Misbehaviour misbehaviour;
        private final AtomicBoolean due = new AtomicBoolean();
        private final CompletableFuture<BackupHandle> handle = new CompletableFuture<>();
        private final CompletableFuture<CamundaBackupClient> client = new CompletableFuture<>();
        private final CountDownLatch end = new CountDownLatch(1);

        Foreign(Misbehaviour misbehaviour) {
            this.misbehaviour = misbehaviour;
        }

        @SuppressWarnings("NullAway") // Null is one of the things that foreign code can give.
        String token() {
            return value();
        }

        @SuppressWarnings("NullAway")
        Map<String, String> signature() {
            String value = value();
            return value == null ? null : Map.of("X-Signature", value);
        }

        private @Nullable String value() {
            if (!due.compareAndSet(true, false)) {
                return SECRET;
            }
            return switch (misbehaviour) {
                case BLOCKS -> {
                    Blocked.until(end);
                    yield SECRET;
                }
                case THROWS_A_SECRET -> throw new IllegalStateException(SECRET, new IllegalArgumentException(SECRET));
                case THROWS_AN_ERROR_WITH_A_SECRET -> throw new AssertionError(SECRET);
                case GIVES_NULL -> null;
                case GIVES_WHAT_CANNOT_BE_SENT -> SECRET + "\r\nX-Evil: 1";
                case CANCELS_THE_RUN -> {
                    handle.join().cancel();
                    yield SECRET;
                }
                case ASKS_FOR_PROGRESS -> {
                    CompletableFuture.supplyAsync(handle.join()::progress).join();
                    yield SECRET;
                }
                case CLOSES_THE_CLIENT -> {
                    client.join().close();
                    yield SECRET;
                }
            };
        }

        @Override
        public void close() {
            end.countDown();
        }
    }
}
