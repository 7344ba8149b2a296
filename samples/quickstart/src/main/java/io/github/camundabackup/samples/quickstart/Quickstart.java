package io.github.camundabackup.samples.quickstart;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.backup.BackupHandle;
import io.github.camundabackup.bucket.FilesystemObjectStore;
import io.github.camundabackup.bucket.ObjectStore;
import io.github.camundabackup.consistency.ConsistencyChecker;
import io.github.camundabackup.consistency.ConsistencyReport;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.samples.quickstart.Environment.BadValueException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Takes one backup: of the cluster that the environment describes, or of a simulated one. Ends with 0 for a complete
 * backup, 1 for one that failed, and 2 for a value in the environment that cannot be used.
 */
public final class Quickstart {
    private Quickstart() {}

    public static void main(String[] arguments) {
        int exitCode = run(System.getenv(), System.out, isTerminal());
        System.out.flush();
        // The exit code is the whole point for a caller in a script, also inside Maven.
        System.exit(exitCode);
    }

    /**
     * Asks the shell's own test, as System.console() answers that on old JDKs only. Where there is no such test, lines
     * do.
     */
    private static boolean isTerminal() {
        try {
            return new ProcessBuilder("test", "-t", "1").inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static int run(Map<String, String> environment, PrintStream out, boolean terminal) {
        try {
            Configuration configuration = Configuration.of(environment);
            return configuration
                    .ownCluster()
                    .map(client -> backUp(configuration, client, Optional.empty(), out, terminal))
                    .orElseGet(() -> simulate(configuration, out, terminal));
        } catch (BadValueException e) {
            out.println(e.getMessage());
            return 2;
        }
    }

    private static int simulate(Configuration configuration, PrintStream out, boolean terminal) {
        try (Simulation simulation = new Simulation(configuration)) {
            out.println("No cluster is configured, so this backs up a simulated one. "
                    + "To back up yours, see samples/quickstart/README.md.");
            out.println();
            return backUp(configuration, simulation.client(), Optional.of(simulation::lose), out, terminal);
        }
    }

    private static int backUp(
            Configuration configuration,
            CamundaBackupClient.Builder builder,
            Optional<Runnable> disaster,
            PrintStream out,
            boolean terminal) {
        Optional<Path> reportFile = configuration.reportFile();
        Optional<ObjectStore> zeebe = configuration.zeebeDirectory().map(FilesystemObjectStore::of);
        zeebe.ifPresent(builder::zeebeBackups);
        Display display = new Display(out, terminal);
        try (display;
                CamundaBackupClient client = builder.listener(display).build()) {
            BackupHandle handle = configuration.backupId().map(client::backup).orElseGet(client::backup);
            BackupReport report = handle.completion().join();
            display.close();
            out.println();
            out.println(report);
            write(report, reportFile, out);
            ConsistencyReport proof = client.consistency().check(report).join();
            out.println();
            out.println(proof);
            return proof.isConsistent() && isGoodAfterwards(client, report, zeebe, disaster, out) ? 0 : 1;
        } catch (CompletionException e) {
            display.close();
            out.println();
            if (e.getCause() instanceof BackupFailedException failed) {
                out.println(failed.report());
                write(failed.report(), reportFile, out);
            } else {
                out.println(e.getCause());
            }
            return 1;
        }
    }

    /** With the cluster gone, as a newcomer would like to see it once before it happens. */
    private static boolean isGoodAfterwards(
            CamundaBackupClient client,
            BackupReport report,
            Optional<ObjectStore> zeebe,
            Optional<Runnable> disaster,
            PrintStream out) {
        if (zeebe.isEmpty() || disaster.isEmpty()) {
            return true;
        }
        disaster.get().run();
        out.println();
        out.println("The cluster is gone. What is left are the snapshots, and the "
                + zeebe.get().description() + ":");
        out.println();
        try (ClientResources resources = ClientResources.create()) {
            ConsistencyReport left = ConsistencyChecker.of(client.snapshotStore(), resources)
                    .zeebeBackups(zeebe.get())
                    .check(report.backupId())
                    .join();
            out.println(left);
            return left.isConsistent();
        }
    }

    private static void write(BackupReport report, Optional<Path> file, PrintStream out) {
        file.ifPresent(path -> {
            try {
                Files.writeString(path, report.toJson());
                out.println("  Report:    " + path.toAbsolutePath());
            } catch (IOException e) {
                out.println("The report could not be written to " + path.toAbsolutePath() + ": " + e);
            }
        });
    }
}
