package io.github.camundabackup.samples.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.SimulationHost;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Many clusters backed up at once from one process, which simulates them, too.
 *
 * @param clusters how many
 * @param total how long all of it took
 * @param pause the longest pause of exporting
 * @param best as long as a pause takes at least
 * @param cpu what this process has used, for each backup: the simulation's part included
 */
record FleetScale(int clusters, Duration total, Duration pause, Duration best, Duration cpu) {
    private static final int HOSTS = 8;

    static FleetScale measure(Library library, Workload workload, int clusters) {
        List<SimulationHost> hosts =
                Stream.generate(SimulationHost::create).limit(HOSTS).toList();
        List<SimulatedCluster> simulated = IntStream.range(0, clusters)
                .mapToObj(number -> workload.builder(CamundaLine.UP_TO_8_7)
                        .host(hosts.get(number % HOSTS))
                        .build())
                .toList();
        List<CamundaBackupClient> clients =
                simulated.stream().map(library::client).toList();
        try {
            Duration best =
                    workload.criticalPath(library.plan(simulated.get(0))).pause();
            long cpu = cpuNanos();
            long start = System.nanoTime();
            clients.stream()
                    .map(client -> client.backup().completion())
                    .toList()
                    .forEach(completion -> completion.join());
            Duration total = Duration.ofNanos(System.nanoTime() - start);
            Duration used = Duration.ofNanos((cpuNanos() - cpu) / clusters);
            Duration longest = simulated.stream()
                    .map(cluster -> Measurement.of(total, cluster, 0).pause())
                    .max(Duration::compareTo)
                    .orElse(Duration.ZERO);
            return new FleetScale(clusters, total, longest, best, used);
        } finally {
            clients.forEach(CamundaBackupClient::close);
            simulated.forEach(SimulatedCluster::close);
            hosts.forEach(SimulationHost::close);
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    void print(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%n%,d backups at once from one process%n"
                        + "  all complete after   %8.2f s%n"
                        + "  the longest pause    %8.2f s, %.2f of its critical path%n"
                        + "  CPU for each backup  %8.0f ms, the simulated cluster's included%n",
                clusters,
                total.toNanos() / 1e9,
                pause.toNanos() / 1e9,
                (double) pause.toNanos() / best.toNanos(),
                cpu.toNanos() / 1e6);
    }
}
