package io.github.camundabackup.test.simulation;

import io.github.camundabackup.test.internal.web.WebServer;
import io.github.camundabackup.test.internal.web.WebThreads;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One port and a few threads for any number of simulated clusters, which are distinguished by the beginning of the
 * path. A cluster without a host has a port, and two threads of the JDK's, for each of its servers.
 *
 * <pre>{@code
 * try (SimulationHost host = SimulationHost.create();
 *         SimulatedCluster first = SimulatedCluster.builder().host(host).build();
 *         SimulatedCluster second = SimulatedCluster.builder().host(host).build()) {
 *     // ...
 * }
 * }</pre>
 *
 * <p>Thread-safe. Close it after its clusters.
 */
public final class SimulationHost implements AutoCloseable {
    private final ExecutorService threads = WebThreads.create();
    private final WebServer server = WebServer.start(threads);
    private final AtomicInteger clusters = new AtomicInteger();

    private SimulationHost() {}

    /** Opens a free port on loopback. */
    public static SimulationHost create() {
        return new SimulationHost();
    }

    ExecutorService threads() {
        return threads;
    }

    WebServer server() {
        return server;
    }

    /** What the paths of another cluster begin with. */
    String nextPath() {
        return "/cluster-" + clusters.incrementAndGet();
    }

    /** Closes the port. Closing twice does nothing. */
    @Override
    public void close() {
        server.close();
        threads.shutdownNow();
    }
}
