package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.runs.Relay.Hold;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two processes begin a backup of one cluster at the same moment. Both have made their checks and found nobody before
 * either takes the lock; each has its own way to the search engine, at which it can be held up, so that every order of
 * what they do can be had.
 */
@Tag(EngineUnderTest.ELASTICSEARCH_ALONE)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RaceTest extends AbstractEngineTest {
    private static final String INDEX = "PUT /hot-backup-journal";
    private static final String LOCK = "PUT /hot-backup-journal/_doc/.*";
    private static final String RECORDS = "PUT /_snapshot/.*/camunda_zeebe_records_.*";

    private @Nullable ClientProcess one;
    private @Nullable ClientProcess other;

    @BeforeAll
    void start() throws IOException {
        one = ClientProcess.start();
        other = ClientProcess.start();
    }

    @AfterAll
    void end() {
        Stream.of(one, other).filter(Objects::nonNull).forEach(ClientProcess::close);
    }

    /** Where the process is that comes too late. */
    enum Late {
        BEFORE_THE_INDEX_IS_MADE(INDEX, false),
        AFTER_THE_INDEX_IS_MADE(INDEX, true),
        BEFORE_IT_TAKES_THE_LOCK(LOCK, false);

        private final String call;
        private final boolean carriedOut;

        Late(String call, boolean carriedOut) {
            this.call = call;
            this.carriedOut = carriedOut;
        }
    }

    /** Where the process is that has the lock when the other one wants it. */
    enum Holder {
        DOES_NOT_KNOW_IT_YET(LOCK, true),
        HAS_LOST_THE_ANSWER(RECORDS, false),
        IS_IN_THE_PAUSE(RECORDS, false);

        private final String call;
        private final boolean carriedOut;

        Holder(String call, boolean carriedOut) {
            this.call = call;
            this.carriedOut = carriedOut;
        }
    }

    static Stream<Arguments> orders() {
        return Stream.of(Holder.values())
                .flatMap(holder -> Stream.concat(
                        Stream.of(Late.values()).map(late -> Arguments.of(late, holder, true)),
                        Stream.of(Arguments.of(Late.BEFORE_IT_TAKES_THE_LOCK, holder, false))));
    }

    @ParameterizedTest(name = "the late one {0}, the holder {1}, first backup of all: {2}")
    @MethodSource("orders")
    void theOneThatComesLaterIsRefusedWhichNamesTheOther(Late where, Holder holding, boolean first) throws IOException {
        ClientProcess late = Objects.requireNonNull(one);
        ClientProcess holder = Objects.requireNonNull(other);
        try (SimulatedCluster cluster = cluster(first);
                Relay ofLate = Relay.to(cluster.searchEngineUri());
                Relay ofHolder = Relay.to(cluster.searchEngineUri())) {
            Hold waiting = ofLate.hold(where.call, where.carriedOut);
            late.backUp(cluster, ofLate.uri());
            waiting.arrived().join();
            if (holding == Holder.HAS_LOST_THE_ANSWER) {
                cluster.faults()
                        .at(RequestMatcher.of("PUT", "/hot-backup-journal/_doc/*"))
                        .answer(Fault.of(Fault.Kind.CUT_AFTERWARDS));
            }
            Hold atWork = ofHolder.hold(holding.call, holding.carriedOut);
            holder.backUp(cluster, ofHolder.uri());
            atWork.arrived().join();

            waiting.release();

            assertThat(late.line()).contains("process " + holder.pid());
            atWork.release();
            assertThat(holder.line()).isEqualTo("COMPLETED");
            assertTookTurns(cluster);
        }
    }

    @RepeatedTest(5)
    void ofTwoThatWantTheLockAtTheSameMomentExactlyOneGetsIt() throws IOException {
        ClientProcess first = Objects.requireNonNull(one);
        ClientProcess second = Objects.requireNonNull(other);
        try (SimulatedCluster cluster = cluster(true);
                Relay ofFirst = Relay.to(cluster.searchEngineUri());
                Relay ofSecond = Relay.to(cluster.searchEngineUri())) {
            Hold firstAtTheLock = ofFirst.hold(LOCK, false);
            Hold secondAtTheLock = ofSecond.hold(LOCK, false);
            Hold firstAtWork = ofFirst.hold(RECORDS, false);
            Hold secondAtWork = ofSecond.hold(RECORDS, false);
            first.backUp(cluster, ofFirst.uri());
            second.backUp(cluster, ofSecond.uri());
            firstAtTheLock.arrived().join();
            secondAtTheLock.arrived().join();

            firstAtTheLock.release();
            secondAtTheLock.release();

            CompletableFuture.anyOf(firstAtWork.arrived(), secondAtWork.arrived())
                    .join();
            boolean firstWon = firstAtWork.arrived().isDone();
            assertThat((firstWon ? second : first).line()).contains("process " + (firstWon ? first : second).pid());
            assertThat((firstWon ? secondAtWork : firstAtWork).arrived()).isNotDone();
            (firstWon ? firstAtWork : secondAtWork).release();
            assertThat((firstWon ? first : second).line()).isEqualTo("COMPLETED");
            assertTookTurns(cluster);
        }
    }

    private static void assertTookTurns(SimulatedCluster cluster) {
        assertThat(cluster.requests(RequestMatcher.post("/actuator/exporting/pause")))
                .hasSize(cluster.pauseWindows().size());
        assertThat(cluster.exportingPaused()).isFalse();
        cluster.invariants().assertHold();
    }

    private SimulatedCluster cluster(boolean first) {
        SimulatedCluster cluster = SimulatedCluster.builder()
                .line(CamundaLine.V8_8)
                .engine(engine())
                .duration(Duration.ZERO)
                .settling(Duration.ZERO)
                .build();
        if (!first) {
            try (ClientResources resources = ClientResources.create();
                    CamundaBackupClient client =
                            Scene.client(cluster, stores(), resources).build()) {
                client.backup(BackupId.of(1)).completion().join();
            }
        }
        return cluster;
    }
}
