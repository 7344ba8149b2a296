package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupHandle;
import io.github.camundabackup.backup.BackupListener;
import io.github.camundabackup.backup.BackupPlan;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.runtime.TimeSource;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.simulation.Lines;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.SimulationHost;
import io.github.camundabackup.test.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Many clusters are backed up at the same time from one process. Alone, as the process's threads are counted. */
@Tag(EngineUnderTest.ELASTICSEARCH_ALONE)
@Isolated
class ManyClustersTest extends AbstractEngineTest {
    private static final int CLUSTERS = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** The simulation's, with its servers of the JDK, and those that run the tests. */
    private static final Pattern NOT_OURS =
            Pattern.compile("(simulated-camunda-|HTTP-Dispatcher|idle-timeout-task|ForkJoinPool-\\d|surefire|junit).*");

    /** The JDK's server closes connections when more than 200 are idle on one port. */
    private static final int HOSTS = 4;

    @Test
    void takes200BackupsAtOnceWithAHandfulOfThreads() throws InterruptedException {
        VirtualTime time = VirtualTime.create();
        ThreadCount threads = new ThreadCount();
        CountDownLatch started = new CountDownLatch(CLUSTERS);
        List<SimulationHost> hosts =
                Stream.generate(SimulationHost::create).limit(HOSTS).toList();
        try (ClientResources resources = ClientResources.builder().time(time).build()) {
            List<SimulatedCluster> clusters = IntStream.range(0, CLUSTERS)
                    .mapToObj(number -> cluster(number, hosts.get(number % HOSTS), time))
                    .toList();
            List<CamundaBackupClient> clients = clusters.stream()
                    .map(cluster -> Scene.client(cluster, stores(), resources, PATIENCE)
                            .listener(threads)
                            .listener(new Starts(started))
                            .build())
                    .toList();

            // Nobody gets past the first wait before everybody has begun.
            TimeSource.Activity timeStandsStill = time.activity();
            List<BackupHandle> handles =
                    clients.stream().map(CamundaBackupClient::backup).toList();
            started.await();
            assertThat(handles).noneMatch(handle -> handle.completion().isDone());
            timeStandsStill.close();

            assertThat(handles.stream().map(handle -> handle.completion().join()))
                    .allMatch(report -> report.outcome() == BackupReport.Outcome.COMPLETED);
            assertThat(clusters)
                    .allSatisfy(cluster -> cluster.invariants().assertHold())
                    .noneMatch(SimulatedCluster::exportingPaused);
            assertThat(threads.most()).isNotEmpty().hasSizeLessThan(CLUSTERS / 4);
            clients.forEach(CamundaBackupClient::close);
            clusters.forEach(SimulatedCluster::close);
        } finally {
            hosts.forEach(SimulationHost::close);
        }
    }

    private SimulatedCluster cluster(int number, SimulationHost host, VirtualTime time) {
        return SimulatedCluster.builder()
                .line(Lines.ALL.get(number % Lines.ALL.size()))
                .engine(engine())
                .host(host)
                .duration(Duration.ofMillis(50))
                .time(time)
                .build();
    }

    /** The most threads of the process that were alive at an event of any backup; those of earlier tests do not count. */
    private static final class ThreadCount implements BackupListener {
        private final Set<Thread> before = Set.copyOf(alive());
        private List<String> most = List.of();

        synchronized List<String> most() {
            return most;
        }

        @Override
        public void stepStarted(BackupId backupId, Component component, Instant at) {
            List<String> now = alive().stream()
                    .filter(thread -> !before.contains(thread))
                    .map(Thread::getName)
                    .sorted()
                    .toList();
            synchronized (this) {
                if (now.size() > most.size()) {
                    most = now;
                }
            }
        }

        private static List<Thread> alive() {
            ThreadGroup all = Thread.currentThread().getThreadGroup();
            while (all.getParent() != null) {
                all = all.getParent();
            }
            // Twice the estimate, as threads may begin meanwhile.
            Thread[] threads = new Thread[2 * all.activeCount() + 16];
            int count = all.enumerate(threads);
            return Arrays.stream(threads, 0, count)
                    .filter(thread -> !NOT_OURS.matcher(thread.getName()).matches())
                    .toList();
        }
    }

    private record Starts(CountDownLatch latch) implements BackupListener {
        @Override
        public void started(BackupId backupId, BackupPlan plan, Instant at) {
            latch.countDown();
        }
    }
}
