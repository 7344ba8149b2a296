package io.github.camundabackup.backup.engine;

import io.github.camundabackup.backup.BackupSettings;
import io.github.camundabackup.backup.BackupStep;
import io.github.camundabackup.component.AcceptedBackup;
import io.github.camundabackup.component.CamundaCluster;
import io.github.camundabackup.component.SnapshotBackup;
import io.github.camundabackup.component.SnapshotBackupClient;
import io.github.camundabackup.component.ZeebeBackup;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.WaitTimedOutException;
import io.github.camundabackup.exporting.pause.ExportingPause;
import io.github.camundabackup.internal.concurrent.CancellationSignal;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.report.StepProgress;
import io.github.camundabackup.report.StepReport;
import io.github.camundabackup.runtime.TimeSource;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Does the steps of a plan. Effects are never interrupted, so that it is always known what was asked for; waiting is. */
final class StepRunner {
    private final BackupId backupId;
    private final CamundaCluster cluster;
    private final Set<Component> begun;
    private final SnapshotStore store;
    private final BackupSettings settings;
    private final TimeSource time;
    private final BackupRecord record;
    private final CancellationSignal stop;
    private final Supplier<CompletableFuture<Void>> writeAhead;
    private final PauseScope pauseScope;

    /**
     * @param begun components that are to be waited for, and not asked any more
     */
    StepRunner(
            BackupId backupId,
            CamundaCluster cluster,
            Set<Component> begun,
            SnapshotStore store,
            BackupSettings settings,
            TimeSource time,
            BackupRecord record,
            CancellationSignal stop,
            Supplier<CompletableFuture<Void>> writeAhead,
            PauseScope pauseScope) {
        this.backupId = backupId;
        this.cluster = cluster;
        this.begun = begun;
        this.store = store;
        this.settings = settings;
        this.time = time;
        this.record = record;
        this.stop = stop;
        this.writeAhead = writeAhead;
        this.pauseScope = pauseScope;
    }

    /** Opens the one scope in which exporting is paused. */
    interface PauseScope {
        /** Pauses, does the steps, and resumes whatever happens. */
        CompletableFuture<Void> around(ExportingPause pause, Supplier<CompletableFuture<Void>> steps);
    }

    /** One after the other. */
    CompletableFuture<Void> run(List<BackupStep> steps) {
        CompletableFuture<Void> chain = CompletableFuture.completedFuture(null);
        for (BackupStep step : steps) {
            chain = chain.thenCompose(before -> run(step));
        }
        return chain;
    }

    private CompletableFuture<Void> run(BackupStep step) {
        return step.match(
                together -> ahead(step).thenCompose(written -> together(together)),
                this::paused,
                records -> ahead(step).thenCompose(written -> records(records)),
                zeebe -> ahead(step).thenCompose(written -> zeebe()));
    }

    /** Writes down what a step is about to ask for. */
    private CompletableFuture<Void> ahead(BackupStep step) {
        stop.check();
        step.components().stream().filter(begun::contains).forEach(record::stepTakenUp);
        List<Component> asked = step.components().stream()
                .filter(component -> !begun.contains(component))
                .toList();
        asked.forEach(record::stepIntended);
        return stop.waiting(writeAhead).whenComplete((written, error) -> {
            if (error != null) {
                asked.forEach(record::stepWithdrawn);
            }
        });
    }

    private CompletableFuture<Void> paused(BackupStep.ExportingPaused step) {
        stop.check();
        return pauseScope.around(
                new ExportingPause(cluster.exporting(), time, settings.resumeTimeout()), () -> run(step.steps()));
    }

    private CompletableFuture<Void> together(BackupStep.Together step) {
        List<SnapshotBackupClient> clients = cluster.webClients().stream()
                .filter(client -> step.components().contains(client.component()))
                .map(client -> client.witnessedBy(store))
                .toList();
        List<CompletableFuture<AcceptedBackup>> triggered = clients.stream()
                .filter(client -> !begun.contains(client.component()))
                .map(client -> take(client.component(), () -> client.take(backupId)))
                .toList();
        return Futures.all(triggered).thenCompose(taken -> {
            List<CompletableFuture<Void>> waits =
                    clients.stream().map(client -> awaitWeb(client, taken)).toList();
            // Who waits for a backup that has failed already only prolongs the pause.
            waits.forEach(wait -> wait.exceptionally(error -> {
                stop.now(Futures.unwrap(error));
                return null;
            }));
            return Futures.all(waits).thenApply(done -> null);
        });
    }

    private CompletableFuture<Void> awaitWeb(SnapshotBackupClient client, List<AcceptedBackup> taken) {
        Component component = client.component();
        int scheduled = taken.stream()
                .filter(backup -> backup.component() == component)
                .mapToInt(backup -> backup.scheduledSnapshots().size())
                .sum();
        Consumer<SnapshotBackup> progress = backup -> record.stepProgress(
                component, StepProgress.ofParts(backup.partsDone(), Math.max(scheduled, partCount(backup))));
        return finish(
                component,
                stop.waiting(() -> client.awaitCompletion(backupId, settings.stepTimeout(), progress)),
                StepRunner::describe);
    }

    private CompletableFuture<Void> zeebe() {
        Consumer<ZeebeBackup> progress = backup ->
                record.stepProgress(Component.ZEEBE, StepProgress.ofParts(backup.partsDone(), backup.partsShown()));
        return unlessBegun(
                        Component.ZEEBE,
                        () -> take(Component.ZEEBE, () -> cluster.zeebe().take(backupId))
                                .thenApply(taken -> null))
                .thenCompose(taken -> finish(
                        Component.ZEEBE,
                        stop.waiting(() -> cluster.zeebe().awaitCompletion(backupId, settings.stepTimeout(), progress)),
                        StepRunner::describe));
    }

    private CompletableFuture<Void> records(BackupStep.SnapshotRecords step) {
        RecordsSnapshot snapshot = new RecordsSnapshot(store, backupId, step.indexPattern(), time);
        return unlessBegun(Component.ZEEBE_RECORDS, () -> takeRecords(snapshot))
                .thenRun(() -> record.stepAccepted(Component.ZEEBE_RECORDS, List.of(snapshot.name())))
                .thenCompose(accepted -> finish(
                        Component.ZEEBE_RECORDS,
                        stop.waiting(() -> snapshot.await(
                                settings.stepTimeout(),
                                progress -> record.stepProgress(Component.ZEEBE_RECORDS, progress))),
                        info -> {
                            if (info.indices().isEmpty()) {
                                record.warn(List.of("The snapshot of the exported records is empty: no index matched "
                                        + step.indexPattern() + "."));
                            }
                            return details -> details.snapshots(List.of(info.name()));
                        }));
    }

    private CompletableFuture<Void> takeRecords(RecordsSnapshot snapshot) {
        return effect(Component.ZEEBE_RECORDS, () -> snapshot.create(record.manifest()))
                .thenAccept(manifest -> {
                    if (!manifest.fits()) {
                        record.warn(List.of(
                                "The cluster has so many partitions that not all positions fit into what a snapshot"
                                        + " keeps with it. A later check can prove less."));
                    }
                });
    }

    private CompletableFuture<Void> unlessBegun(Component component, Supplier<CompletableFuture<Void>> request) {
        return begun.contains(component) ? CompletableFuture.completedFuture(null) : request.get();
    }

    private CompletableFuture<AcceptedBackup> take(
            Component component, Supplier<CompletableFuture<AcceptedBackup>> request) {
        return effect(component, request).thenApply(taken -> {
            record.stepAccepted(component, taken.scheduledSnapshots());
            if (taken.adopted()) {
                record.stepAdopted(component);
            }
            return taken;
        });
    }

    /** Something is asked for, unless the run has been stopped. */
    private <T> CompletableFuture<T> effect(Component component, Supplier<CompletableFuture<T>> request) {
        try {
            stop.check();
        } catch (RuntimeException stopped) {
            record.stepWithdrawn(component);
            return CompletableFuture.failedFuture(stopped);
        }
        record.stepStarted(component);
        return request.get().whenComplete((done, error) -> {
            if (error != null) {
                record.stepFailed(component, Futures.unwrap(error));
            }
        });
    }

    private <T> CompletableFuture<Void> finish(
            Component component, CompletableFuture<T> wait, Function<T, UnaryOperator<StepReport.Builder>> describe) {
        return wait.handle((result, error) -> {
            if (error == null) {
                record.stepFinished(component, describe.apply(result));
                return null;
            }
            Throwable cause = Futures.unwrap(error);
            // A timeout does not say how the backup ended, and a stopped wait neither.
            if (cause instanceof CamundaBackupException && !(cause instanceof WaitTimedOutException)) {
                record.stepFailed(component, cause);
            }
            throw cause instanceof CancellationException cancelled ? cancelled : new CompletionException(cause);
        });
    }

    private static int partCount(SnapshotBackup backup) {
        return backup.parts().stream()
                .flatMap(part -> SnapshotName.parse(part.snapshotName()).stream())
                .mapToInt(SnapshotName::partCount)
                .max()
                .orElse(backup.partsShown());
    }

    private static UnaryOperator<StepReport.Builder> describe(SnapshotBackup backup) {
        List<String> snapshots =
                backup.parts().stream().map(SnapshotBackup.Part::snapshotName).toList();
        List<String> versions = snapshots.stream()
                .flatMap(name -> SnapshotName.parse(name).stream())
                .flatMap(name -> name.version().stream())
                .distinct()
                .toList();
        return step -> step.snapshots(snapshots).versions(versions);
    }

    private static UnaryOperator<StepReport.Builder> describe(ZeebeBackup backup) {
        List<StepReport.Partition> partitions = backup.partitions().stream()
                .map(partition -> new StepReport.Partition(
                        partition.partitionId(),
                        partition.state().name(),
                        partition.checkpointPosition(),
                        partition.snapshotId(),
                        partition.brokerVersion()))
                .toList();
        List<String> versions = partitions.stream()
                .flatMap(partition -> partition.brokerVersion().stream())
                .distinct()
                .toList();
        return step -> step.partitions(partitions).versions(versions);
    }
}
