package io.github.camundabackup.internal.searchengine;

import io.github.camundabackup.error.OutcomeUnknownException;
import io.github.camundabackup.error.RemoteCallException;
import io.github.camundabackup.error.SnapshotStoreException;
import io.github.camundabackup.error.SnapshotStoreException.Reason;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.runtime.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Settles whether a request whose answer was lost was carried out, by asking for what it should have brought about. */
final class LostReplyResolver {
    /**
     * A request can wait in the elected node's queue for 30 s (the engines' {@code master_timeout}) before it is
     * carried out or given up: what is not there after that will not come.
     */
    static final Duration AFTER_QUEUE = Duration.ofSeconds(35);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final TimeSource time;

    LostReplyResolver(TimeSource time) {
        this.time = time;
    }

    /**
     * Completes as the request does if its outcome is clear; otherwise asks.
     *
     * @param request was sent once
     * @param patience how long the effect may take to show
     * @param happened asks whether the effect is there. If it finds something else in its place, {@code NAME_IN_USE} is
     *     the outcome
     * @return fails with the request's own error if its effect has not shown, and with an
     *     {@link OutcomeUnknownException} if it could not be asked for
     */
    CompletableFuture<Void> settle(
            CompletableFuture<?> request, Duration patience, Supplier<CompletableFuture<Boolean>> happened) {
        return request.handle((done, error) -> {
                    if (error == null) {
                        return CompletableFuture.<Void>completedFuture(null);
                    }
                    Throwable failure = Futures.unwrap(error);
                    if (failure instanceof RemoteCallException lost && lost.mayHaveHappened()) {
                        return ask(new Question(lost, happened, time.nanoTime() + patience.toNanos()), FIRST_PAUSE);
                    }
                    return CompletableFuture.<Void>failedFuture(failure);
                })
                .thenCompose(settled -> settled);
    }

    private CompletableFuture<Void> ask(Question question, Duration pause) {
        return question.happened()
                .get()
                .handle((yes, error) -> {
                    Throwable failure = error == null ? null : Futures.unwrap(error);
                    if (failure instanceof SnapshotStoreException outcome && outcome.reason() == Reason.NAME_IN_USE) {
                        return CompletableFuture.<Void>failedFuture(outcome);
                    }
                    if (failure == null && yes) {
                        return CompletableFuture.<Void>completedFuture(null);
                    }
                    if (time.nanoTime() - question.deadline() >= 0) {
                        return CompletableFuture.<Void>failedFuture(
                                failure == null ? question.lost() : unknown(question.lost(), failure));
                    }
                    Duration next = pause.multipliedBy(2);
                    return time.delay(pause)
                            .thenCompose(
                                    passed -> ask(question, next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE));
                })
                .thenCompose(settled -> settled);
    }

    private static OutcomeUnknownException unknown(RemoteCallException lost, Throwable failure) {
        OutcomeUnknownException unknown = new OutcomeUnknownException(
                lost.getMessage() + " Asking afterwards whether it had happened failed too: " + failure.getMessage(),
                lost);
        unknown.addSuppressed(failure);
        return unknown;
    }

    private record Question(RemoteCallException lost, Supplier<CompletableFuture<Boolean>> happened, long deadline) {}
}
