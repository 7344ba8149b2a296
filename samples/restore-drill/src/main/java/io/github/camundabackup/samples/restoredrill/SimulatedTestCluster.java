package io.github.camundabackup.samples.restoredrill;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.samples.quickstart.Engine;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.simulation.SimulatedCluster;

/** A simulated cluster. */
final class SimulatedTestCluster implements TestCluster {
    private static final int COMMANDS = 20;
    private static final int PARTITIONS = 3;

    private final Engine engine;
    private final SimulatedCluster cluster;

    SimulatedTestCluster(Engine engine, CamundaLine line) {
        this.engine = engine;
        cluster = Simulation.cluster(engine, line);
    }

    @Override
    public String introduction() {
        return "No cluster is configured, so this loses and restores a simulated one. For yours, see"
                + " docs/guide/drills.md.";
    }

    @Override
    public CamundaBackupClient.Builder client() {
        return Simulation.client(engine, cluster);
    }

    @Override
    public RestoreSettings.Builder restoreSettings() {
        return RestoreSettings.builder()
                .control(cluster.control())
                .brokers(1)
                .partitions(PARTITIONS)
                .installedVersion(cluster.version());
    }

    @Override
    public void requireConsent(SnapshotStore store) {
        // It is made for this.
    }

    @Override
    public int work() {
        cluster.load(COMMANDS);
        return COMMANDS * PARTITIONS;
    }

    @Override
    public String lose() {
        cluster.loseData();
        cluster.control().start(cluster.control().components()).join();
        return "The search engine and Zeebe have lost everything. Nothing is left but the snapshot repository and"
                + " Zeebe's object store. The components were started once on nothing, because index templates are in no"
                + " snapshot.";
    }

    @Override
    public void close() {
        cluster.close();
    }
}
