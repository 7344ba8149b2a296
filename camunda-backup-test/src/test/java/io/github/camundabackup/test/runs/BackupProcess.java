package io.github.camundabackup.test.runs;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupListener;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.StepProgress;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;

/** What a process does that backs up a cluster of this one, as a user's job would. */
final class BackupProcess {
    /** Printed when the records' snapshot is being made. */
    static final String IN_THE_MIDDLE = "in the middle of the pause";

    private BackupProcess() {}

    /**
     * Starts it.
     *
     * @param cluster from 8.8; lives in real time
     */
    static SignalledProcess start(SimulatedCluster cluster) throws IOException {
        return SignalledProcess.start(
                BackupProcess.class,
                cluster.orchestrationUri().toString(),
                cluster.optimizeUri().toString(),
                cluster.searchEngineUri().toString(),
                cluster.repository());
    }

    /** What runs in the process. */
    public static void main(String[] arguments) {
        try (ClientResources resources = ClientResources.create();
                CamundaBackupClient client = CamundaBackupClient.builder()
                        .resources(resources)
                        .orchestrationCluster(URI.create(arguments[0]))
                        .optimize(URI.create(arguments[1]))
                        .snapshotStore(EngineUnderTest.find()
                                .create(Endpoint.of(URI.create(arguments[2])), arguments[3], resources))
                        .listener(new Announcement())
                        .build()) {
            client.backup().completion().join();
        }
    }

    private static final class Announcement implements BackupListener {
        @Override
        public void stepProgress(BackupId backupId, Component component, StepProgress progress, Instant at) {
            if (component.equals(Component.ZEEBE_RECORDS)) {
                System.out.println(IN_THE_MIDDLE);
            }
        }
    }
}
