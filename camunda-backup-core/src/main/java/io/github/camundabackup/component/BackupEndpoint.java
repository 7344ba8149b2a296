package io.github.camundabackup.component;

import io.github.camundabackup.component.BackupApi.TakeReply;
import io.github.camundabackup.continuous.CheckpointState;
import io.github.camundabackup.error.ComponentBackupFailedException;
import io.github.camundabackup.error.OutcomeUnknownException;
import io.github.camundabackup.error.RemoteCallException;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.error.UnexpectedAnswerException;
import io.github.camundabackup.error.WaitTimedOutException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.concurrent.Polling;
import io.github.camundabackup.internal.failure.FailureKind;
import io.github.camundabackup.internal.failure.OutageMeter;
import io.github.camundabackup.internal.failure.Outages;
import io.github.camundabackup.line.LineComponent;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.runtime.Pace;
import io.github.camundabackup.runtime.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The backups of one component, with what its API leaves open settled: a lost reply is settled by asking for the
 * backup, never by requesting another one (who was turned away may ask again where the component accepts an id only
 * once); an id that may be in use, by looking for it; the end of a backup, by
 * polling.
 */
final class BackupEndpoint<B extends ComponentBackup> {
    // A component that fails with 5xx usually has not started anything; this is long enough to see if it has.
    private static final Duration GRACE_AFTER_SERVER_ERROR = Duration.ofSeconds(10);

    private static final Duration PAUSE_AFTER_REFUSAL = Duration.ofMillis(500);

    private final BackupApi<B> api;
    private final LineComponent component;
    private final TimeSource time;
    private final Function<BackupId, CompletableFuture<Optional<B>>> repository;
    private final Function<BackupId, CompletableFuture<Optional<String>>> reason;
    private final Supplier<RemainingTime<B>> estimates;

    /**
     * @param component for how long its answers may be vague
     * @param repository asked for a backup when the component refuses to answer; empty if it knows nothing of it
     * @param reason asked why a backup will not complete: a sentence, if there is more to say than the component does
     * @param estimates how much longer the backup takes that is waited for from now on
     */
    BackupEndpoint(
            BackupApi<B> api,
            LineComponent component,
            TimeSource time,
            Function<BackupId, CompletableFuture<Optional<B>>> repository,
            Function<BackupId, CompletableFuture<Optional<String>>> reason,
            Supplier<RemainingTime<B>> estimates) {
        this.api = api;
        this.component = component;
        this.time = time;
        this.repository = repository;
        this.reason = reason;
        this.estimates = estimates;
    }

    URI uri() {
        return api.uri();
    }

    CompletableFuture<AcceptedBackup> take(BackupId backupId) {
        CompletableFuture<AcceptedBackup> attempt = api.take(backupId).thenCompose(reply -> settle(backupId, reply));
        return Futures.recover(
                attempt,
                error -> component.mayBeAskedAgain() && isTurnedAway(error)
                        ? askAgain(backupId, error)
                        : settle(backupId, error));
    }

    /** A gateway or proxy has said at once that it cannot have this done now. After 504 it may be under way. */
    private static boolean isTurnedAway(Throwable error) {
        return FailureKind.of(error) == FailureKind.TRANSIENT
                && error instanceof RequestRejectedException refusal
                && refusal.status() != 504;
    }

    private CompletableFuture<AcceptedBackup> askAgain(BackupId backupId, Throwable first) {
        CompletableFuture<AcceptedBackup> again = Outages.outlast(
                time,
                component.absentGrace(),
                () -> time.delay(PAUSE_AFTER_REFUSAL)
                        .thenCompose(passed -> look(backupId))
                        .thenCompose(seen -> switch (seen) {
                            case THERE -> CompletableFuture.completedFuture(adopted(backupId));
                            case ABSENT -> repeat(backupId, (RemoteCallException) first);
                            case UNKNOWN -> CompletableFuture.failedFuture(first);
                        }),
                error -> isTurnedAway(error) || isNotSent(error),
                Outages.Watcher.NONE);
        return Futures.recover(again, error -> {
            if (isTurnedAway(error) || isNotSent(error)) {
                return settle(backupId, first);
            }
            return error instanceof RemoteCallException lost && lost.mayHaveHappened()
                    ? find(backupId, lost)
                    : CompletableFuture.failedFuture(error);
        });
    }

    private static boolean isNotSent(Throwable error) {
        return FailureKind.passesByItself(error)
                && error instanceof RemoteCallException failure
                && !failure.mayHaveHappened();
    }

    /** What a component shows under an id. */
    private enum Seen {
        THERE,
        ABSENT,
        UNKNOWN
    }

    private CompletableFuture<Seen> look(BackupId backupId) {
        return get(backupId).handle((lookup, error) -> {
            if (error != null) {
                if (!FailureKind.isTolerableInAPoll(Futures.unwrap(error))) {
                    throw new CompletionException(Futures.unwrap(error));
                }
                return Seen.UNKNOWN;
            }
            return lookup.found().isPresent() ? Seen.THERE : lookup.isAbsent() ? Seen.ABSENT : Seen.UNKNOWN;
        });
    }

    /** What refuses the id now has accepted it before: the caller has made sure that it is a new one. */
    private CompletableFuture<AcceptedBackup> repeat(BackupId backupId, RemoteCallException first) {
        return api.take(backupId)
                .thenCompose(reply -> reply instanceof TakeReply.Accepted accepted
                        ? CompletableFuture.completedFuture(accepted.backup())
                        : find(backupId, first));
    }

    private AcceptedBackup adopted(BackupId backupId) {
        return new AcceptedBackup(component.component(), backupId, List.of(), true);
    }

    CompletableFuture<CheckpointState> checkpoints() {
        return api.checkpoints();
    }

    CompletableFuture<CheckpointState> writeCheckpoints() {
        return api.writeCheckpoints();
    }

    CompletableFuture<AcceptedBackup> takeWithGeneratedId() {
        return api.takeWithGeneratedId();
    }

    CompletableFuture<BackupLookup<B>> get(BackupId backupId) {
        return api.get(backupId)
                .thenCompose(lookup -> lookup.unclear()
                        .map(refusal -> unclear(backupId, refusal))
                        .orElseGet(() -> CompletableFuture.completedFuture(lookup)));
    }

    private CompletableFuture<BackupLookup<B>> unclear(BackupId backupId, RequestRejectedException refusal) {
        return repository
                .apply(backupId)
                .<BackupLookup<B>>handle((backup, error) -> error == null && backup.isPresent()
                        ? new BackupLookup.Found<>(backup.get())
                        : new BackupLookup.Unclear<>(refusal));
    }

    CompletableFuture<List<B>> list() {
        List<B> all = Collections.synchronizedList(new ArrayList<>());
        return api.list(all::add).thenApply(listed -> List.copyOf(all));
    }

    CompletableFuture<Void> list(Consumer<? super B> consumer) {
        return api.list(consumer);
    }

    CompletableFuture<Void> delete(BackupId backupId) {
        // Zeebe 8.6 answered 504 to a deletion that it carried out.
        return Futures.recover(
                api.delete(backupId),
                error -> error instanceof RemoteCallException failure && failure.mayHaveHappened()
                        ? get(backupId).handle((lookup, unknown) -> {
                            if (unknown == null && lookup.isAbsent()) {
                                return null;
                            }
                            throw failure;
                        })
                        : CompletableFuture.failedFuture(error));
    }

    CompletableFuture<B> awaitCompletion(
            BackupId backupId,
            Duration timeout,
            Consumer<? super B> onProgress,
            Consumer<? super Outage> onOutage,
            Pace pace) {
        CompletionTracker<B> tracker = new CompletionTracker<>(component, backupId);
        RemainingTime<B> remaining = estimates.get();
        OutageMeter outages = new OutageMeter(time, new OutageWatch(onOutage));
        CompletableFuture<B> awaited = Polling.until(
                time,
                timeout,
                pace,
                remaining::estimate,
                () -> remaining
                        .goesOn()
                        .thenCompose(goesOn -> goesOn
                                ? CompletableFuture.completedFuture(Optional.empty())
                                : ask(backupId, onProgress, tracker, outages, remaining)),
                waited -> new WaitTimedOutException(
                        "Backup " + backupId + " of " + component.component().displayName(),
                        waited,
                        tracker.lastSeen()));
        CompletableFuture<B> explained = Futures.recover(
                awaited,
                error -> error instanceof ComponentBackupFailedException failed && isSilent(failed.state())
                        ? reason.apply(backupId)
                                .exceptionally(unknown -> Optional.empty())
                                .thenCompose(more -> CompletableFuture.failedFuture(
                                        more.map(failed::with).orElse(failed)))
                        : CompletableFuture.failedFuture(error));
        // Cancelling the result ends the waiting.
        explained.whenComplete((done, error) -> awaited.cancel(false));
        return explained;
    }

    private CompletableFuture<Optional<B>> ask(
            BackupId backupId,
            Consumer<? super B> onProgress,
            CompletionTracker<B> tracker,
            OutageMeter outages,
            RemainingTime<B> remaining) {
        return get(backupId)
                .handle((answer, error) -> {
                    if (error != null) {
                        Throwable failure = tolerable(Futures.unwrap(error));
                        outages.failed(failure);
                        tracker.unclear(failure, time.nanoTime());
                        return CompletableFuture.completedFuture(Optional.<B>empty());
                    }
                    answer.unclear().ifPresentOrElse(outages::failed, outages::answered);
                    answer.found().ifPresent(onProgress);
                    Optional<B> complete = tracker.judge(answer, time.nanoTime());
                    return complete.isPresent() || answer.found().isEmpty()
                            ? CompletableFuture.completedFuture(complete)
                            : remaining.look(answer.found().get()).thenApply(looked -> complete);
                })
                .thenCompose(complete -> complete);
    }

    /** Whether a component has not said itself that its backup failed, and why. */
    private static boolean isSilent(BackupState state) {
        return switch (state) {
            case DOES_NOT_EXIST, INCOMPLETE, UNKNOWN -> true;
            case IN_PROGRESS, COMPLETED, FAILED, INCOMPATIBLE, DELETED -> false;
        };
    }

    /** A component that restarts is waited for; wrong credentials will not become right by waiting. */
    private static Throwable tolerable(Throwable error) {
        if (!FailureKind.isTolerableInAPoll(error)) {
            throw new CompletionException(error);
        }
        return error;
    }

    private CompletableFuture<AcceptedBackup> settle(BackupId backupId, TakeReply reply) {
        if (reply instanceof TakeReply.Accepted accepted) {
            return CompletableFuture.completedFuture(accepted.backup());
        }
        if (reply instanceof TakeReply.IdInUse used) {
            return CompletableFuture.failedFuture(used.failure());
        }
        TakeReply.MaybeInUse maybe = (TakeReply.MaybeInUse) reply;
        return get(backupId).handle((lookup, error) -> {
            throw error == null && lookup.found().isPresent() ? maybe.inUse() : maybe.rejection();
        });
    }

    /** Asks for a backup whose request may have been carried out although no proper reply came. */
    private CompletableFuture<AcceptedBackup> settle(BackupId backupId, Throwable error) {
        if (!(error instanceof RemoteCallException failure) || !failure.mayHaveHappened()) {
            return CompletableFuture.failedFuture(error);
        }
        return find(backupId, failure);
    }

    private CompletableFuture<AcceptedBackup> find(BackupId backupId, RemoteCallException failure) {
        // A gateway that gave up waiting (504) has said nothing about the component behind it.
        boolean serverError = failure instanceof RequestRejectedException refusal && refusal.status() != 504;
        Duration grace = serverError ? GRACE_AFTER_SERVER_ERROR : component.absentGrace();
        return Polling.until(
                time,
                grace,
                () -> get(backupId).handle((lookup, lookupError) -> {
                    if (lookupError != null
                            && Futures.unwrap(lookupError) instanceof UnexpectedAnswerException
                            && failure instanceof UnexpectedAnswerException) {
                        throw failure;
                    }
                    return lookupError == null && lookup.found().isPresent()
                            ? Optional.of(adopted(backupId))
                            : Optional.empty();
                }),
                waited -> serverError
                        ? failure
                        : new OutcomeUnknownException(
                                failure.getMessage() + " It was asked for the backup for " + waited.toSeconds()
                                        + " s afterwards and did not show it, so whether it takes the backup is not"
                                        + " known. Do not repeat the request: take a higher id for the whole backup.",
                                failure));
    }
}
