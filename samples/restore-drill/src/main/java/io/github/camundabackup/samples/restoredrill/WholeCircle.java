package io.github.camundabackup.samples.restoredrill;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.backup.BackupListener;
import io.github.camundabackup.consistency.ConsistencyReport;
import io.github.camundabackup.consistency.Depth;
import io.github.camundabackup.consistency.Verdict;
import io.github.camundabackup.error.WaitTimedOutException;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.RestoreFailedException;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * A backup under load, the loss of everything, the restore of it in place, and the proof that what existed at the
 * backup is there again.
 */
final class WholeCircle {
    private final TestCluster cluster;
    private final CircleConfiguration configuration;
    private final CamundaBackupClient client;
    private final ClientResources resources;
    private final PrintStream out;

    private WholeCircle(
            TestCluster cluster,
            CircleConfiguration configuration,
            CamundaBackupClient client,
            ClientResources resources,
            PrintStream out) {
        this.cluster = cluster;
        this.configuration = configuration;
        this.client = client;
        this.resources = resources;
        this.out = out;
    }

    /** Returns the exit code: 0 if everything is there again, 1 if not. */
    static int run(TestCluster cluster, CircleConfiguration configuration, ClientResources resources, PrintStream out) {
        try (CamundaBackupClient client =
                cluster.client().resources(resources).listener(load(cluster)).build()) {
            cluster.requireConsent(client.snapshotStore());
            return new WholeCircle(cluster, configuration, client, resources, out).run() ? 0 : 1;
        } catch (CompletionException e) {
            out.println(describe(e.getCause() == null ? e : e.getCause()));
        } catch (WaitTimedOutException e) {
            out.println(describe(e));
        }
        return 1;
    }

    /** A hot backup is one of a cluster that works. */
    private static BackupListener load(TestCluster cluster) {
        return new BackupListener() {
            @Override
            public void exportingPaused(BackupId backupId, Instant at) {
                cluster.work();
            }

            @Override
            public void stepStarted(BackupId backupId, Component component, Instant at) {
                cluster.work();
            }
        };
    }

    private boolean run() {
        SnapshotStore store = client.snapshotStore();
        RestoreSettings settings =
                cluster.restoreSettings().stepTimeout(configuration.deadline()).build();
        say(cluster.introduction());
        cluster.work();
        DocumentCounts before = DocumentCounts.of(store, settings);
        BackupReport backup = configuration
                .backupId()
                .map(client::backup)
                .orElseGet(client::backup)
                .completion()
                .join();
        DocumentCounts expected = before.unchangedUntil(DocumentCounts.of(store, settings));
        say(backup);
        ConsistencyReport proof =
                client.consistency().check(backup, Depth.POSITIONS).join();
        say(proof);
        if (!proof.isConsistent()) {
            say("Nothing was stopped and nothing was deleted, because this backup is not proven.");
            return false;
        }
        cluster.work();
        ExportedHistory history = new ExportedHistory(store, configuration.recordPattern(), backup);
        Map<Integer, Long> upToBackup = history.countUpToBackup();
        long lostRecords = history.countAll() - ExportedHistory.sum(upToBackup);

        long lostAt = resources.time().nanoTime();
        Duration lostTime =
                Duration.between(checkpointOf(backup), resources.time().now());
        say(cluster.lose());
        RestoreClient restore = client.restore(settings);
        RestorePlan plan = restore.plan(backup.backupId()).join();
        say(plan);
        if (!plan.obstacles().isEmpty()) {
            say("The restore was not begun.");
            return false;
        }
        RestoreReport restored = restore.execute(plan).completion().join();
        say(restored);

        Await patience = new Await(resources.time(), configuration.deadline());
        patience.await("The start of the restored cluster", this::notReady);
        Duration recovery = Duration.ofNanos(resources.time().nanoTime() - lostAt);
        patience.await("Exporting again what existed at the backup", () -> history.problem(upToBackup));
        List<String> problems = new ArrayList<>(expected.differencesTo(restored, DocumentCounts.of(store, settings)));
        // A component that was started just now may not answer yet.
        patience.await("The check of the backup by the restored cluster", () -> unverified(backup));
        ConsistencyReport afterwards = client.consistency().check(backup).join();
        if (!afterwards.isConsistent()) {
            problems.add("The restored cluster finds its backup to be " + afterwards.verdict() + ":\n" + afterwards);
        }
        goOn(patience, history);
        say(new CircleSummary(
                backup,
                restored,
                expected,
                ExportedHistory.sum(upToBackup),
                recovery,
                lostTime,
                lostRecords,
                problems));
        return problems.isEmpty();
    }

    /** Of what came later, the backup knows nothing. */
    private static Instant checkpointOf(BackupReport backup) {
        return backup.step(Component.ZEEBE).flatMap(zeebe -> zeebe.startedAt()).orElseThrow();
    }

    private Optional<String> notReady() {
        return client.preflight()
                .handle((warnings, error) -> Optional.ofNullable(error)
                        .map(problem -> describe(
                                problem instanceof CompletionException e && e.getCause() != null
                                        ? e.getCause()
                                        : problem)))
                .join();
    }

    private Optional<String> unverified(BackupReport backup) {
        return Optional.of(client.consistency().check(backup).join())
                .filter(report -> report.verdict() == Verdict.UNVERIFIABLE)
                .map(ConsistencyReport::toString);
    }

    /** The cluster works again, and its records continue where they were. */
    private void goOn(Await patience, ExportedHistory history) {
        long before = history.countAll();
        Map<Integer, Long> upToBackup = history.countUpToBackup();
        int work = cluster.work();
        patience.await(
                "Exporting of new records",
                () -> history.countAll() < before + work
                        ? Optional.of(history.countAll() + " records are there instead of " + (before + work) + ".")
                        : history.problem(upToBackup));
    }

    private static String describe(Throwable error) {
        if (error instanceof BackupFailedException failed) {
            return failed.report().toString();
        }
        if (error instanceof RestoreFailedException failed) {
            return failed.report().toString();
        }
        return String.valueOf(error.getMessage());
    }

    private void say(Object paragraph) {
        out.println(paragraph);
        out.println();
    }
}
