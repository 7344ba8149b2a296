package io.github.camundabackup.samples.documentation;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.journal.DirectoryJournal;
import io.github.camundabackup.recovery.InterruptedBackup;
import io.github.camundabackup.recovery.RecoveryReport;
import io.github.camundabackup.recovery.UnknownPause;
import java.nio.file.Path;

/** For docs/guide/interrupted.md. */
final class InterruptedSnippets {
    private InterruptedSnippets() {}

    static void recover(CamundaBackupClient client) {
        // snippet
        RecoveryReport report = client.recover().join();
        switch (report.outcome()) {
            case NOTHING_FOUND -> System.out.println("Nothing to do.");
            case CONTINUED -> System.out.println("The interrupted backup is complete:\n" + report);
            case ABANDONED -> System.out.println("Exporting runs. Take another backup:\n" + report);
            case RUN_IN_PROGRESS -> System.out.println("A run is going on:\n" + report);
            case UNKNOWN_PAUSE, NOT_RESUMED -> System.err.println("An operator must look:\n" + report);
        }
        // end
    }

    static RecoveryReport abandon(CamundaBackupClient client) {
        // snippet
        RecoveryReport report =
                client.recover(UnknownPause.REPORT, InterruptedBackup.ABANDON).join();
        // end
        return report;
    }

    static RecoveryReport resume(CamundaBackupClient client) {
        // snippet
        RecoveryReport report = client.recover(UnknownPause.RESUME).join();
        // end
        return report;
    }

    static void directory(CamundaBackupClient.Builder builder) {
        // snippet
        builder.journal(DirectoryJournal.in(Path.of("/var/lib/camunda-backup/production")));
        // end
    }
}
