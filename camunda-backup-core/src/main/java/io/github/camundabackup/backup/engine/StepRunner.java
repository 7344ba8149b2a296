package io.github.camundabackup.backup.engine;

import io.github.camundabackup.backup.BackupStep;
import io.github.camundabackup.component.AcceptedBackup;
import io.github.camundabackup.component.BackupContext;
import io.github.camundabackup.component.ComponentBackup;
import io.github.camundabackup.component.ExportedRecordsFound;
import io.github.camundabackup.component.Outage;
import io.github.camundabackup.component.Participant;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.OutcomeUnknownException;
import io.github.camundabackup.error.RemoteCallException;
import io.github.camundabackup.error.WaitTimedOutException;
import io.github.camundabackup.internal.concurrent.CancellationSignal;
import io.github.camundabackup.internal.concurrent.CloseWatch;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.concurrent.LatenessBudget;
import io.github.camundabackup.internal.concurrent.Proportion;
import io.github.camundabackup.internal.failure.FailureKind;
import io.github.camundabackup.internal.failure.Outages;
import io.github.camundabackup.internal.failure.PassingFailureException;
import io.github.camundabackup.internal.participants.Participants;
import io.github.camundabackup.internal.participants.Repeatable;
import io.github.camundabackup.internal.text.Phrases;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.BackupManifest;
import io.github.camundabackup.report.StepReport;
import io.github.camundabackup.runtime.Pace;
import io.github.camundabackup.runtime.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs the steps of a plan for any participants. Effects are never interrupted, so that it is always known what was
 * asked for; waiting is.
 */
final class StepRunner {
    /** How often a part may be taken again that failed for a reason that passes. */
    private static final int MOST_RETAKES = 3;
    /**
     * A shard that is being moved does not arrive at once; the engine itself waits for one that it knows to be moving.
     */
    private static final Duration PAUSE_BEFORE_RETAKE = Duration.ofSeconds(2);

    private final BackupId backupId;
    private final Participants participants;
    private final Set<Component> begun;
    private final Duration stepTimeout;
    private final BackupRecord record;
    private final CancellationSignal stop;
    private final TimeSource time;
    private final Supplier<CompletableFuture<Void>> writeAhead;
    private final Function<Supplier<CompletableFuture<Void>>, CompletableFuture<Void>> pauseScope;
    private final BackupContext context;
    /** Of the waits before the pause, then of those in it. */
    private volatile LatenessBudget budget;

    /**
     * @param begun components that are to be waited for, and not asked any more
     * @param stepTimeout how long the backup of one component may take
     * @param writeAhead writes down what is about to be asked for
     * @param pauseScope opens the one scope in which exporting is paused: pauses, does the steps, and resumes whatever
     *     happens
     */
    StepRunner(
            BackupId backupId,
            Participants participants,
            Set<Component> begun,
            Duration stepTimeout,
            BackupRecord record,
            CancellationSignal stop,
            TimeSource time,
            Supplier<CompletableFuture<Void>> writeAhead,
            Function<Supplier<CompletableFuture<Void>>, CompletableFuture<Void>> pauseScope) {
        this.participants = participants;
        this.begun = begun;
        this.stepTimeout = stepTimeout;
        this.record = record;
        this.stop = stop;
        this.time = time;
        this.writeAhead = writeAhead;
        this.pauseScope = pauseScope;
        context = new RunContext(backupId, record, new Proportion());
        this.backupId = backupId;
        budget = new LatenessBudget(time);
    }

    /** One after the other. */
    CompletableFuture<Void> run(List<BackupStep> steps) {
        return run(steps, false);
    }

    private CompletableFuture<Void> run(List<BackupStep> steps, boolean paused) {
        CompletableFuture<Void> chain = CompletableFuture.completedFuture(null);
        for (BackupStep step : steps) {
            chain = chain.thenCompose(before -> run(step, paused));
        }
        return chain;
    }

    private CompletableFuture<Void> run(BackupStep step, boolean paused) {
        return step.match(
                together -> ahead(step).thenCompose(written -> take(step.components(), paused)),
                this::paused,
                take -> ahead(step).thenCompose(written -> take(step.components(), paused)));
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
        return pauseScope.apply(() -> {
            budget = new LatenessBudget(time);
            return run(step.steps(), true);
        });
    }

    /** Starts all, then waits for all. */
    private CompletableFuture<Void> take(List<Component> components, boolean paused) {
        List<Participant> taking = components.stream()
                .map(component -> participants
                        .of(component)
                        .orElseThrow(() -> new IllegalStateException(
                                "The plan holds " + component + ", which is not among the participants.")))
                .toList();
        return Futures.all(taking.stream().map(this::start).toList()).thenCompose(scheduled -> {
            CloseWatch watch = new CloseWatch(time, budget, paused);
            List<CompletableFuture<Void>> waits = taking.stream()
                    .map(participant ->
                            follow(participant, watch.join(), scheduled.get(taking.indexOf(participant)), paused))
                    .toList();
            // Waiting for the rest of a backup that has failed already would only prolong the pause.
            waits.forEach(wait -> wait.exceptionally(error -> {
                stop.now(Futures.unwrap(error));
                return null;
            }));
            return Futures.all(waits).thenApply(done -> null);
        });
    }

    /** Completes with the number of snapshots to come, as far as they were announced; 0 for what was begun before. */
    private CompletableFuture<Integer> start(Participant participant) {
        Component component = participant.component();
        if (begun.contains(component)) {
            return CompletableFuture.completedFuture(0);
        }
        try {
            stop.check();
        } catch (RuntimeException stopped) {
            record.stepWithdrawn(component);
            return CompletableFuture.failedFuture(stopped);
        }
        record.stepStarted(component);
        return effect(component, stepTimeout, () -> participant.start(context))
                .whenComplete((done, error) -> {
                    if (error != null) {
                        record.stepFailed(component, Futures.unwrap(error));
                        // Nobody waits for others any more, who may be away.
                        stop.now(Futures.unwrap(error));
                    }
                })
                .thenApply(accepted -> accepted(component, accepted));
    }

    /** Something that is written ahead already; it is asked for again after an outage. */
    private <T> CompletableFuture<T> effect(
            Component component, Duration limit, Supplier<CompletableFuture<T>> request) {
        AtomicBoolean again = new AtomicBoolean();
        return Outages.outlast(
                time,
                Outages.within(limit),
                () -> {
                    stop.check();
                    // Another run may have taken the lock meanwhile.
                    return again.getAndSet(true)
                            ? stop.waiting(writeAhead).thenCompose(written -> {
                                stop.check();
                                return request.get();
                            })
                            : request.get();
                },
                error -> !stop.isGiven() && mayBeBegunAgain(component, error),
                record);
    }

    /** Where nothing can have been begun; and a snapshot of a name can be begun once only. */
    private static boolean mayBeBegunAgain(Component component, Throwable error) {
        boolean passing = FailureKind.of(error) == FailureKind.TRANSIENT;
        return component.equals(Component.ZEEBE_RECORDS)
                ? passing || error instanceof OutcomeUnknownException
                : passing && error instanceof RemoteCallException failure && !failure.mayHaveHappened();
    }

    private int accepted(Component component, AcceptedBackup accepted) {
        record.stepAccepted(component, accepted.scheduledSnapshots());
        if (accepted.adopted()) {
            record.stepAdopted(component);
        }
        return accepted.scheduledSnapshots().size();
    }

    private CompletableFuture<Void> follow(
            Participant participant, CloseWatch.Seat pace, int scheduled, boolean paused) {
        Component component = participant.component();
        return part(participant, pace, scheduled, paused ? MOST_RETAKES : 0, time.nanoTime() + stepTimeout.toNanos())
                .whenComplete((part, error) -> pace.leave())
                .thenApply(this::requireAllPartitions)
                .handle((part, error) -> {
                    if (error == null) {
                        record.stepFinished(component, step -> describe(part, step));
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

    /**
     * Completes with a part that is complete; it may have been taken more than once.
     *
     * @param retakes how often it may be taken again: only while exporting is paused, so that what is in it stays the
     *     same
     * @param deadline {@code TimeSource.nanoTime()} at which all of that must have ended
     */
    private CompletableFuture<ComponentBackup> part(
            Participant participant, CloseWatch.Seat pace, int scheduled, int retakes, long deadline) {
        Component component = participant.component();
        CompletableFuture<ComponentBackup> followed = stop.waiting(() -> participant.follow(
                new RunContext(backupId, record, pace),
                left(deadline),
                progress -> record.stepProgress(component, progress.withPartsAtLeast(scheduled))));
        return Futures.recover(
                followed,
                error -> error instanceof PassingFailureException passing
                                && retakes > 0
                                && participant instanceof Repeatable again
                                && left(deadline).compareTo(PAUSE_BEFORE_RETAKE) > 0
                        ? takeAgain(participant, again, passing, deadline)
                                .thenCompose(announced -> part(participant, pace, announced, retakes - 1, deadline))
                        : CompletableFuture.failedFuture(error));
    }

    private Duration left(long deadline) {
        return Duration.ofNanos(Math.max(1, deadline - time.nanoTime()));
    }

    /**
     * Deletes a part that has failed, and asks for it again. The journal says all the time that it is asked for:
     * whoever finds it gone, because this process was killed in between, knows what to do.
     */
    private CompletableFuture<Integer> takeAgain(
            Participant participant, Repeatable part, PassingFailureException why, long deadline) {
        Component component = participant.component();
        record.stepTakenAgain(component, why);
        CompletableFuture<Integer> taken = stop.waiting(() -> time.delay(PAUSE_BEFORE_RETAKE))
                .thenCompose(passed -> stop.waiting(writeAhead))
                .thenCompose(written -> effect(
                        component,
                        left(deadline),
                        () -> part.discardFailed(context).thenApply(gone -> true)))
                .thenCompose(gone -> stop.waiting(writeAhead))
                .thenCompose(written -> effect(component, left(deadline), () -> participant.start(context)))
                .thenApply(accepted -> accepted(component, accepted));
        return Futures.recover(taken, error -> {
            if (stop.isGiven()) {
                record.stepFailed(component, why);
                return CompletableFuture.failedFuture(new CancellationException());
            }
            return CompletableFuture.failedFuture(
                    error instanceof CamundaBackupException
                            ? new CamundaBackupException(
                                    why.getMessage() + " It could not be taken again: " + error.getMessage(), error)
                            : error);
        });
    }

    /**
     * Zeebe can say that a backup is complete which lacks a partition that the cluster had when the pause was
     * confirmed.
     */
    private ComponentBackup requireAllPartitions(ComponentBackup part) {
        if (!part.component().equals(Component.ZEEBE)) {
            return part;
        }
        Set<Integer> missing = new TreeSet<>(record.expectedPartitions());
        part.partitions().forEach(partition -> missing.remove(partition.partitionId()));
        if (!missing.isEmpty()) {
            throw new CamundaBackupException("Zeebe says that backup " + part.backupId()
                    + " is complete, but tells nothing of partition " + Phrases.list(missing) + " of "
                    + Phrases.list(new TreeSet<>(record.expectedPartitions()))
                    + ". It is not complete: take another one.");
        }
        return part;
    }

    private static StepReport.Builder describe(ComponentBackup part, StepReport.Builder step) {
        return step.snapshots(part.snapshots())
                .versions(part.versions())
                .partitions(part.partitions().stream()
                        .map(partition -> new StepReport.Partition(
                                partition.partitionId(),
                                partition.state().name(),
                                partition.checkpointPosition(),
                                partition.snapshotId(),
                                partition.brokerVersion()))
                        .toList());
    }

    /** What participants may know of the run. */
    private record RunContext(BackupId backupId, BackupRecord record, Pace pace) implements BackupContext {
        @Override
        public Map<String, String> manifest(ExportedRecordsFound records) {
            BackupManifest.Builder manifest = record.manifest();
            OptionalInt indices = records.indices();
            indices.ifPresent(manifest::recordIndices);
            records.highestPositions().forEach(manifest::recordPosition);
            records.problem()
                    .ifPresent(
                            problem -> warn("How far the exported records go could not be read, so that a later check"
                                    + " can prove less: " + problem));
            BackupManifest complete = manifest.build();
            if (!complete.fits()) {
                warn("The cluster has so many partitions that not all positions fit into what a snapshot"
                        + " keeps with it. A later check can prove less.");
            }
            return complete.toMetadata();
        }

        @Override
        public void warn(String sentence) {
            record.warn(List.of(sentence));
        }

        @Override
        public void outage(Outage outage) {
            outage.lasted()
                    .ifPresentOrElse(
                            lasted -> record.ends(outage.failure(), lasted), () -> record.begins(outage.failure()));
        }
    }
}
