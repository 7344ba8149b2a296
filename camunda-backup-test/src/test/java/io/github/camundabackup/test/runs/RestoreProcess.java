package io.github.camundabackup.test.runs;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.report.RestoreStatus;
import io.github.camundabackup.report.RestoreStatus.Step;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.control.CommandControl;
import io.github.camundabackup.restore.plan.RestoreListener;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a process does that restores a cluster of this one, as a user's job would. */
final class RestoreProcess {
    private static final String IN_THE_MIDDLE = "the snapshots that are restored: ";
    private static final String REPORT = "report: ";

    private RestoreProcess() {}

    /**
     * Starts it.
     *
     * @param scene of a cluster from 8.8
     * @param hanging a named pipe into which a broker's restore application says that it runs, and whether it was left
     *     to itself for a minute; without it, the components are stopped, and Zeebe is not restored
     */
    static SignalledProcess start(RestoreScene scene, Optional<Path> hanging) throws IOException {
        SimulatedCluster cluster = scene.scene().cluster();
        return SignalledProcess.start(
                RestoreProcess.class,
                Stream.concat(
                                Stream.of(
                                        cluster.orchestrationUri(),
                                        cluster.optimizeUri(),
                                        cluster.searchEngineUri(),
                                        cluster.repository(),
                                        scene.backupId()),
                                hanging.stream())
                        .map(Object::toString)
                        .toArray(String[]::new));
    }

    /** Printed when so many snapshots are restored, and the next one is under way. */
    static String inTheMiddle(int snapshotsDone) {
        return IN_THE_MIDDLE + snapshotsDone;
    }

    /** From what it has printed. */
    static RestoreReport report(SignalledProcess ended) {
        return ended.lines().stream()
                .filter(line -> line.startsWith(REPORT))
                .map(line -> RestoreReport.fromJson(line.substring(REPORT.length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no report:\n" + ended));
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
                        .build()) {
            RestoreSettings.Builder settings = RestoreSettings.builder().listener(new Announcement());
            if (arguments.length > 5) {
                settings.brokers(1).control(control(Path.of(arguments[5]), resources));
            }
            RestoreClient restore = client.restore(settings.build());
            restore.execute(restore.plan(BackupId.parse(arguments[4])).join())
                    .completion()
                    .join();
        }
    }

    private static CommandControl control(Path hanging, ClientResources resources) {
        CommandControl.Builder control = CommandControl.builder(resources)
                .broker(
                        0,
                        List.of("true"),
                        List.of(
                                "sh",
                                "-c",
                                "trap '' TERM; exec 3> " + hanging
                                        + "; sh -c 'echo runs >&3; exec sleep 60' && echo was left to itself >&3"));
        for (Component component : Component.known()) {
            control.stop(component, "true").start(component, "true");
        }
        return control.build();
    }

    private static final class Announcement implements RestoreListener {
        @Override
        public void progress(BackupId backupId, RestoreStatus status) {
            if (status.step() == Step.RESTORING && status.bytesTotal() > 0) {
                System.out.println(inTheMiddle(status.snapshotsDone()));
            }
        }

        @Override
        public void ended(RestoreReport report) {
            System.out.println(REPORT + report.toJson().replace('\n', ' '));
        }
    }
}
