package io.github.camundabackup.samples.documentation;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.backup.BackupHandle;
import io.github.camundabackup.backup.BackupListener;
import io.github.camundabackup.backup.BackupPlan;
import io.github.camundabackup.elasticsearch.ElasticsearchSnapshotStore;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.opensearch.OpenSearchSnapshotStore;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.report.StepProgress;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;

/** For docs/guide/first-backup.md. */
final class FirstBackupSnippets {
    private FirstBackupSnippets() {}

    static SnapshotStore store() {
        // snippet
        SnapshotStore store = ElasticsearchSnapshotStore.builder()
                .endpoint(URI.create("http://elasticsearch.internal:9200"))
                .repository("camunda")
                .build();
        // end
        return store;
    }

    static SnapshotStore openSearchStore() {
        // snippet
        SnapshotStore store = OpenSearchSnapshotStore.builder()
                .endpoint(URI.create("http://opensearch.internal:9200"))
                .repository("camunda")
                .build();
        // end
        return store;
    }

    static CamundaBackupClient from88(SnapshotStore store) {
        // snippet
        CamundaBackupClient client = CamundaBackupClient.builder()
                .orchestrationCluster(URI.create("http://camunda.internal:9600"))
                .optimize(URI.create("http://optimize.internal:8092"))
                .snapshotStore(store)
                .build();
        // end
        return client;
    }

    static CamundaBackupClient upTo87(SnapshotStore store) {
        // snippet
        CamundaBackupClient client = CamundaBackupClient.builder()
                .zeebe(URI.create("http://zeebe-gateway.internal:9600"))
                .operate(URI.create("http://operate.internal:9600"))
                .tasklist(URI.create("http://tasklist.internal:9600"))
                .optimize(URI.create("http://optimize.internal:8092"))
                .snapshotStore(store)
                .build();
        // end
        return client;
    }

    static void dryRun(CamundaBackupClient client) {
        // snippet
        BackupPlan plan = client.plan().join();
        System.out.println(plan);

        List<String> warnings = client.preflight().join();
        warnings.forEach(System.out::println);
        // end
    }

    static BackupReport backUp(CamundaBackupClient client) {
        // snippet
        BackupHandle handle = client.backup();
        BackupReport report = handle.completion().join();
        BackupId id = report.backupId();
        // end
        System.out.println(id);
        return report;
    }

    static void handleFailure(CamundaBackupClient client) {
        // snippet
        try {
            BackupReport report = client.backup().completion().join();
            System.out.println(report);
        } catch (CompletionException e) {
            if (e.getCause() instanceof BackupFailedException failed) {
                System.err.println(failed.getMessage());
                if (failed.pause().state() == PauseReport.State.NOT_RESUMED) {
                    wakeSomebodyUp(failed.pause().instruction());
                }
            }
        }
        // end
    }

    private static void wakeSomebodyUp(String instruction) {
        System.err.println(instruction);
    }

    // snippet
    static final class ProgressLog implements BackupListener {
        @Override
        public void stepProgress(BackupId backupId, Component component, StepProgress progress, Instant at) {
            System.out.printf("%s %s %d %%%n", at, component.displayName(), Math.round(progress.share() * 100));
        }

        @Override
        public void exportingNotResumed(BackupId backupId, PauseReport pause, Instant at) {
            wakeSomebodyUp(pause.instruction());
        }
    }
    // end

    static CamundaBackupClient.Builder listen(CamundaBackupClient.Builder builder) {
        // snippet
        builder.listener(new ProgressLog());
        // end
        return builder;
    }

    static void progress(BackupHandle handle) {
        // snippet
        handle.progress()
                .forEach((component, progress) -> System.out.println(component.displayName() + " " + progress.share()));
        // end
    }

    static void cancel(BackupHandle handle) {
        // snippet
        handle.cancel();
        // end
    }

    static void keep(BackupReport report) throws IOException {
        // snippet
        Files.writeString(Path.of("backup-" + report.backupId() + ".json"), report.toJson());
        // end
    }
}
