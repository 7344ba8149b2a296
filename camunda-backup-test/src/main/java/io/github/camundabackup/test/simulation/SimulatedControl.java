package io.github.camundabackup.test.simulation;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.restore.control.ClusterControl;
import io.github.camundabackup.restore.control.ZeebeRestore;
import io.github.camundabackup.test.internal.camunda.Brokers;
import io.github.camundabackup.test.internal.camunda.CamundaApplications;
import io.github.camundabackup.test.internal.camunda.PartedBackups;
import io.github.camundabackup.test.simulation.model.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Stops and starts the components of a simulated cluster, and restores its Zeebe. Servers that are stopped refuse
 * connections. A server that is several components, as that of the orchestration cluster, is stopped with any of them,
 * and started with any of them.
 *
 * <p>Zeebe that was restored goes on from the backup's checkpoint, and exports again what it had not confirmed then. A
 * component that starts makes its indices and index templates where they are missing; those of Zeebe's records are made
 * by its exporter, and only when it writes.
 *
 * <p>What is done, is done when the methods return. Thread-safe.
 */
public final class SimulatedControl implements ClusterControl {
    private static final Map<Component, Server> SERVERS = Map.of(
            Component.OPTIMIZE, Server.OPTIMIZE,
            Component.OPERATE, Server.OPERATE,
            Component.TASKLIST, Server.TASKLIST,
            Component.WEB_APPLICATIONS, Server.ORCHESTRATION);

    private final SimulatedCluster cluster;
    private final CamundaApplications camunda;
    private final Brokers brokers;

    SimulatedControl(SimulatedCluster cluster, CamundaApplications camunda, Brokers brokers) {
        this.cluster = cluster;
        this.camunda = camunda;
        this.brokers = brokers;
    }

    /**
     * All components that the cluster has, in the order of {@link Component}; without the records, which are no
     * process.
     */
    public List<Component> components() {
        return Component.known().stream()
                .filter(component -> component.equals(Component.ZEEBE)
                        || camunda.backups(component).isPresent())
                .toList();
    }

    @Override
    public List<String> problems(List<Component> components, ZeebeRestore zeebe) {
        List<String> problems = new ArrayList<>();
        List<Component> strangers = components.stream()
                .filter(component -> !components().contains(component))
                .toList();
        if (!strangers.isEmpty()) {
            problems.add("This simulated cluster has " + components() + ", and not " + strangers
                    + ". Configure the client with what it has.");
        }
        if (cluster.isShared()) {
            problems.add("The servers of a SimulationHost share its port, so none of them can refuse connections."
                    + " Give a cluster that is to be stopped ports of its own.");
        }
        return problems;
    }

    @Override
    public CompletableFuture<Void> stop(List<Component> components) {
        return attempt(
                () -> servers(components).stream().filter(cluster::isReachable).forEach(this::stop));
    }

    /**
     * As Camunda's restore application on brokers whose data was deleted. Fails without any change if a component still
     * runs, or if Zeebe has no such backup, or none that is complete.
     */
    @Override
    public CompletableFuture<Void> restoreZeebe(ZeebeRestore zeebe) {
        return restoreZeebe(zeebe.backupId());
    }

    /** As {@link #restoreZeebe(ZeebeRestore)}, for commands that know no more than the id. */
    public CompletableFuture<Void> restoreZeebe(BackupId backupId) {
        return attempt(() -> {
            List<Server> running = servers(components()).stream()
                    .filter(cluster::isReachable)
                    .sorted()
                    .toList();
            if (!running.isEmpty()) {
                throw new CamundaBackupException("Zeebe cannot be restored from backup " + backupId + " as long as "
                        + running + " accept connections. Stop all components before.");
            }
            synchronized (camunda.lock()) {
                brokers.restore(backupId.value());
            }
        });
    }

    @Override
    public CompletableFuture<Void> start(List<Component> components) {
        return attempt(() -> servers(components).stream()
                .filter(server -> !cluster.isReachable(server))
                .forEach(this::start));
    }

    void loseData() {
        servers(components()).stream().filter(cluster::isReachable).forEach(this::stop);
        synchronized (camunda.lock()) {
            brokers.loseData();
        }
    }

    private void stop(Server server) {
        cluster.setReachable(server, false);
        synchronized (camunda.lock()) {
            for (Component component : on(server)) {
                camunda.backups(component).ifPresent(PartedBackups::restart);
                if (component.equals(Component.ZEEBE)) {
                    brokers.stop();
                }
            }
        }
    }

    private void start(Server server) {
        synchronized (camunda.lock()) {
            for (Component component : on(server)) {
                if (component.equals(Component.ZEEBE)) {
                    brokers.start();
                } else {
                    cluster.createMissingIndices(component);
                }
            }
        }
        cluster.setReachable(server, true);
    }

    private List<Component> on(Server server) {
        return components().stream()
                .filter(component -> server(component) == server)
                .toList();
    }

    private Set<Server> servers(List<Component> components) {
        return components.stream()
                .map(this::server)
                .flatMap(server -> server == Server.ORCHESTRATION ? ports() : Stream.of(server))
                .collect(Collectors.toSet());
    }

    /** Those of the one process that is the orchestration cluster. */
    private Stream<Server> ports() {
        return cluster.servers().stream().filter(server -> server == Server.ORCHESTRATION || server == Server.REST_API);
    }

    private Server server(Component component) {
        boolean orchestrated =
                cluster.line().component(Component.WEB_APPLICATIONS).isPresent();
        if (component.equals(Component.ZEEBE)) {
            return orchestrated ? Server.ORCHESTRATION : Server.ZEEBE;
        }
        Server server = SERVERS.get(component);
        if (server == null) {
            throw new IllegalArgumentException(component.displayName() + " are no component that can be stopped.");
        }
        return server;
    }

    private static CompletableFuture<Void> attempt(Runnable work) {
        try {
            work.run();
            return CompletableFuture.completedFuture(null);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
