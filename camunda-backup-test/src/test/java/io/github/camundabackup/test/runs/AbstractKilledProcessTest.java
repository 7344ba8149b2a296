package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.SimulationHost;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.time.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * A process is killed with SIGKILL at every boundary between two requests: before a request of a kind has an effect,
 * and after it has had it and before the reply.
 *
 * <p>One process works on many clusters, each of which hangs at its own boundary when the process is killed. The
 * clusters and whoever comes afterwards live in virtual time, so that nobody waits for a lease.
 *
 * @param <S> a cluster, and what is to be known of it
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AbstractKilledProcessTest<S extends AutoCloseable> extends AbstractEngineTest {
    // Real time: all of a batch have come to their boundaries long before, and none of their requests has timed out.
    private static final int PATIENCE_SECONDS = 25;

    private final SimulationHost host = SimulationHost.create();
    // Later than in the processes that are killed, whose time is real, so that ids grow; and earlier than the limit of
    // a pause.
    private final VirtualTime time = new VirtualTime(Instant.now().plus(Duration.ofHours(1)));
    // One for all: the servers of the JDK break connections when too many are idle.
    private final ClientResources resources =
            ClientResources.builder().time(time).build();
    private final int batchSize;
    private final List<Batch> batches = new ArrayList<>();

    /**
     * @param batchSize how many clusters one process works on
     */
    AbstractKilledProcessTest(int batchSize) {
        this.batchSize = batchSize;
    }

    /** Where a process can die, found out from one that nobody kills. */
    abstract List<Boundary> boundaries(CamundaLine line);

    /** A cluster of its own. */
    abstract S subject(CamundaLine line);

    abstract SimulatedCluster cluster(S subject);

    /** Has the process begin that is going to be killed; returns at once. */
    abstract void begin(ClientProcess victim, S subject) throws IOException;

    /** The process has come to its boundary in this cluster. */
    abstract void hangs(S subject);

    /**
     * What has to hold afterwards.
     *
     * @param pid of the process that was killed
     */
    abstract void recover(S subject, Boundary boundary, long pid) throws IOException, InterruptedException;

    final VirtualTime time() {
        return time;
    }

    final ClientResources resources() {
        return resources;
    }

    /** A cluster that does everything at once. */
    final SimulatedCluster.Builder clusterBuilder(CamundaLine line) {
        return SimulatedCluster.builder()
                .host(host)
                .line(line)
                .engine(engine())
                .partitions(2)
                .duration(Duration.ZERO)
                .settling(Duration.ZERO)
                .time(time);
    }

    @AfterAll
    final void close() throws Exception {
        for (Batch batch : batches) {
            for (S subject : batch.subjects.values()) {
                subject.close();
            }
        }
        resources.close();
        host.close();
    }

    @TestFactory
    Stream<DynamicNode> upTo87() {
        return matrix(CamundaLine.UP_TO_8_7);
    }

    @TestFactory
    Stream<DynamicNode> from88() {
        return matrix(CamundaLine.V8_8);
    }

    private Stream<DynamicNode> matrix(CamundaLine line) {
        List<Boundary> boundaries = boundaries(line);
        List<DynamicNode> nodes = new ArrayList<>();
        for (int from = 0; from < boundaries.size(); from += batchSize) {
            Batch batch = new Batch(line, boundaries.subList(from, Math.min(from + batchSize, boundaries.size())));
            batches.add(batch);
            nodes.add(dynamicContainer(
                    "process " + batches.size(),
                    batch.boundaries.stream()
                            .map(boundary -> dynamicTest(boundary.toString(), () -> batch.recover(boundary)))));
        }
        return nodes.stream();
    }

    /**
     * A place to die at.
     *
     * @param kind of a request
     * @param matcher all requests of that kind
     * @param before how many of them pass before
     * @param carriedOut whether it has its effect
     */
    record Boundary(String kind, RequestMatcher matcher, int before, boolean carriedOut) {
        private Fault fault() {
            return Fault.of(carriedOut ? Fault.Kind.SILENCE_AFTERWARDS : Fault.Kind.SILENCE);
        }

        @Override
        public String toString() {
            return (carriedOut ? "after " : "before ") + kind + (before == 0 ? "" : ", number " + (before + 1));
        }
    }

    /** Clusters whose work dies with one process. */
    private final class Batch {
        private final CamundaLine line;
        private final List<Boundary> boundaries;
        private final Map<Boundary, S> subjects = new HashMap<>();
        private long pid;

        Batch(CamundaLine line, List<Boundary> boundaries) {
            this.line = line;
            this.boundaries = boundaries;
        }

        private void recover(Boundary boundary) throws IOException, InterruptedException {
            die();
            AbstractKilledProcessTest.this.recover(Objects.requireNonNull(subjects.get(boundary)), boundary, pid);
        }

        private void die() throws IOException, InterruptedException {
            if (pid != 0) {
                return;
            }
            CountDownLatch hanging = new CountDownLatch(boundaries.size());
            try (ClientProcess victim = ClientProcess.start()) {
                pid = victim.pid();
                // All of them first: no request may time out before the last one has begun.
                boundaries.forEach(boundary -> subjects.put(boundary, subject(line)));
                for (Boundary boundary : boundaries) {
                    S subject = Objects.requireNonNull(subjects.get(boundary));
                    cluster(subject)
                            .faults()
                            .at(boundary.matcher())
                            .after(boundary.before())
                            .answer(boundary.fault(), () -> {
                                hangs(subject);
                                hanging.countDown();
                            });
                    begin(victim, subject);
                }
                assertThat(hanging.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                        .as("all have come to their boundaries, but for " + hanging.getCount())
                        .isTrue();
                victim.kill();
            } finally {
                subjects.values().forEach(subject -> cluster(subject).faults().clear());
            }
        }
    }
}
