package io.github.camundabackup.internal.concurrent;

import io.github.camundabackup.runtime.Pace;
import io.github.camundabackup.runtime.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Polls until there is an answer. The pause before the next question grows with the time that was waited: it adds about
 * 2 % to any wait, and few requests to a long one.
 */
public final class Polling<T> {
    private final TimeSource time;
    private final Pace pace;
    private final Supplier<Optional<Duration>> remaining;
    private final long start;
    private final Duration timeout;
    private final Supplier<?> progress;
    private final Supplier<CompletableFuture<Optional<T>>> question;
    private final Function<Duration, ? extends Throwable> onTimeout;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final AtomicInteger asking = new AtomicInteger();
    private volatile CompletableFuture<?> pause = CompletableFuture.completedFuture(null);
    private volatile Object lastProgress;
    private volatile long progressAt;

    private Polling(
            TimeSource time,
            Duration timeout,
            Pace pace,
            Supplier<Optional<Duration>> remaining,
            Supplier<?> progress,
            Supplier<CompletableFuture<Optional<T>>> question,
            Function<Duration, ? extends Throwable> onTimeout) {
        this.time = time;
        this.pace = pace;
        this.remaining = remaining;
        this.timeout = timeout;
        this.progress = progress;
        this.question = question;
        this.onTimeout = onTimeout;
        start = time.nanoTime();
        lastProgress = progress.get();
        progressAt = start;
    }

    /**
     * Polls until there is a value.
     *
     * @param question asked at once, and again after each pause; a failure ends the polling
     * @param timeout the last question is asked when it has passed
     * @param onTimeout makes the failure, from the time that was waited
     * @return cancelling it ends the polling
     */
    public static <T> CompletableFuture<T> until(
            TimeSource time,
            Duration timeout,
            Supplier<CompletableFuture<Optional<T>>> question,
            Function<Duration, ? extends Throwable> onTimeout) {
        return untilStuck(time, timeout, () -> "none", question, onTimeout);
    }

    /**
     * As the other one, at a pace of its own.
     *
     * @param remaining how much longer it takes, as far as that can be estimated; looked at after each answer
     */
    public static <T> CompletableFuture<T> until(
            TimeSource time,
            Duration timeout,
            Pace pace,
            Supplier<Optional<Duration>> remaining,
            Supplier<CompletableFuture<Optional<T>>> question,
            Function<Duration, ? extends Throwable> onTimeout) {
        return begin(new Polling<>(time, timeout, pace, remaining, () -> "none", question, onTimeout));
    }

    /**
     * As {@link #until}, as long as something goes on.
     *
     * @param patience the last question is asked when there was no progress for so long
     * @param progress what changes with every progress; looked at after each answer
     * @param onTimeout makes the failure, from the time without progress
     */
    public static <T> CompletableFuture<T> untilStuck(
            TimeSource time,
            Duration patience,
            Supplier<?> progress,
            Supplier<CompletableFuture<Optional<T>>> question,
            Function<Duration, ? extends Throwable> onTimeout) {
        return begin(new Polling<>(time, patience, new Proportion(), Optional::empty, progress, question, onTimeout));
    }

    private static <T> CompletableFuture<T> begin(Polling<T> polling) {
        polling.result.whenComplete((done, error) -> polling.pause.cancel(false));
        polling.ask();
        return polling.result;
    }

    /** What is answered at once, and waited for no longer, must not pile up on the stack. */
    private void ask() {
        if (asking.getAndIncrement() > 0) {
            return;
        }
        do {
            askOnce();
        } while (asking.decrementAndGet() > 0);
    }

    private void askOnce() {
        if (result.isDone()) {
            return;
        }
        try {
            failIfBroken(question.get().thenAccept(answer -> {
                if (answer.isPresent()) {
                    result.complete(answer.get());
                } else {
                    askLater();
                }
            }));
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    private void askLater() {
        if (result.isDone()) {
            return;
        }
        long now = time.nanoTime();
        Object seen = progress.get();
        if (!seen.equals(lastProgress)) {
            lastProgress = seen;
            progressAt = now;
        }
        Duration still = Duration.ofNanos(now - progressAt);
        Duration left = timeout.minus(still);
        if (left.isNegative() || left.isZero()) {
            result.completeExceptionally(onTimeout.apply(still));
            return;
        }
        Duration next = pace.untilNext(Duration.ofNanos(now - start), remaining.get());
        CompletableFuture<Void> delay = time.delay(next.compareTo(left) < 0 ? next : left);
        CompletableFuture<Void> wait = new CompletableFuture<>();
        delay.whenComplete((passed, error) -> {
            if (error == null) {
                wait.complete(null);
            } else {
                wait.completeExceptionally(error);
            }
        });
        failIfBroken(wait.thenRun(this::ask));
        wait.whenComplete((passed, error) -> delay.cancel(false));
        pause = wait;
        if (result.isDone()) {
            wait.cancel(false);
        }
        pace.begins(wait);
    }

    /** A failure in a step ends the polling, so that no caller waits for ever. */
    private void failIfBroken(CompletableFuture<Void> step) {
        step.whenComplete((done, error) -> {
            if (error != null) {
                result.completeExceptionally(Futures.unwrap(error));
            }
        });
    }
}
