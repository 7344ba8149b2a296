package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.line.LineComponent;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.test.internal.searchengine.SimulatedClock;
import io.github.camundabackup.test.internal.searchengine.Snapshots;
import io.github.camundabackup.test.internal.web.Application;
import io.github.camundabackup.test.simulation.model.Server;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongPredicate;

/** The Camunda side of a cluster: which applications there are, and what they are made of. */
public final class CamundaApplications {
    private final Object lock = new Object();
    private final Map<Component, PartedBackups> parted = new TreeMap<>();
    private final Map<Server, Application> applications = new EnumMap<>(Server.class);
    private final ZeebeBackups zeebe;
    private final Exporting exporting;
    private final RecoveryMode recoveryMode;

    /**
     * @param recordsComplete whether the snapshot of the records of a backup is complete now, or none is needed
     */
    public CamundaApplications(
            ClusterSettings settings,
            SimulatedClock clock,
            Snapshots snapshots,
            InvariantMonitor watch,
            ExportedLog log,
            LongPredicate recordsComplete) {
        exporting = new Exporting(settings.partitions(), clock, watch);
        zeebe = new ZeebeBackups(settings, clock, exporting, log, watch, recordsComplete, lock);
        recoveryMode = new RecoveryMode(settings, clock);
        settings.line().components().stream()
                .filter(component -> component.path().isPresent())
                .map(LineComponent::component)
                .filter(Component::hasSnapshots)
                .filter(component -> settings.hasOptimize() || !component.equals(Component.OPTIMIZE))
                .forEach(component ->
                        parted.put(component, new PartedBackups(component, settings, snapshots, clock, watch)));
        ActuatorEndpoint export = new ExportingEndpoint(exporting, clock);
        ActuatorEndpoint exporters = new ExportersEndpoint(settings.engine());
        ActuatorEndpoint partitions = new PartitionsEndpoint(exporting, clock);
        ActuatorEndpoint cluster = new ClusterEndpoint(settings.partitions(), settings.engine());
        backups(Component.OPTIMIZE).ifPresent(b -> add(Server.OPTIMIZE, clock, new OptimizeEndpoint(b)));
        backups(Component.OPERATE).ifPresent(b -> add(Server.OPERATE, clock, new OperateTasklistEndpoint(b)));
        backups(Component.TASKLIST).ifPresent(b -> add(Server.TASKLIST, clock, new OperateTasklistEndpoint(b)));
        backups(Component.WEB_APPLICATIONS)
                .ifPresent(b -> add(
                        Server.ORCHESTRATION,
                        clock,
                        new HistoryEndpoint(b),
                        new ZeebeEndpoint(zeebe, settings.path(Component.ZEEBE)),
                        export,
                        exporters,
                        partitions,
                        cluster));
        backups(Component.WEB_APPLICATIONS)
                .filter(b -> settings.hasRestApi())
                .ifPresent(b -> applications.put(
                        Server.REST_API,
                        new RestApplication(
                                settings,
                                List.of(
                                        new RestHistory(b),
                                        new RestRuntime(zeebe),
                                        new RestExporting(exporting),
                                        new RestRecovery(recoveryMode, settings, clock, "mode"),
                                        new RestRecovery(recoveryMode, settings, clock, "restore")),
                                recoveryMode,
                                lock)));
        if (!settings.isOrchestrationCluster()) {
            add(
                    Server.ZEEBE,
                    clock,
                    new ZeebeEndpoint(zeebe, settings.path(Component.ZEEBE)),
                    export,
                    exporters,
                    partitions,
                    cluster);
        }
    }

    private void add(Server server, SimulatedClock clock, ActuatorEndpoint... endpoints) {
        applications.put(server, new ActuatorApplication(List.of(endpoints), clock, lock));
    }

    /** What answers at each server. */
    public Map<Server, Application> applications() {
        return applications;
    }

    /** Guards everything here. */
    public Object lock() {
        return lock;
    }

    public Optional<PartedBackups> backups(Component component) {
        return Optional.ofNullable(parted.get(component));
    }

    public ZeebeBackups zeebe() {
        return zeebe;
    }

    public Exporting exporting() {
        return exporting;
    }

    public RecoveryMode recoveryMode() {
        return recoveryMode;
    }

    /** The components whose backup of this id is not complete. */
    public List<Component> incomplete(long id) {
        synchronized (lock) {
            return parted.values().stream()
                    .filter(backups -> !backups.isComplete(id))
                    .map(PartedBackups::component)
                    .toList();
        }
    }
}
