package io.github.camundabackup.internal.failure;

import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.concurrent.Polling;
import io.github.camundabackup.runtime.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits through outages: of a network, a proxy, a server that restarts. */
public final class Outages {
    /** Rolling restarts and changes of a master take minutes; what takes longer is none of them. */
    public static final Duration LONGEST = Duration.ofMinutes(10);

    private Outages() {}

    /** As long as the caller allows, and no longer than an outage lasts. */
    public static Duration within(Duration limit) {
        return limit.compareTo(LONGEST) < 0 ? limit : LONGEST;
    }

    /** Hears of outages that are waited for. Thread-safe. */
    public interface Watcher {
        /** Does nothing. */
        Watcher NONE = new Watcher() {
            @Override
            public void begins(Throwable failure) {}

            @Override
            public void ends(Throwable failure, Duration lasted) {}
        };

        /** The first attempt has failed. */
        void begins(Throwable failure);

        /**
         * An attempt has succeeded.
         *
         * @param failure of the attempt before
         */
        void ends(Throwable failure, Duration lasted);
    }

    /**
     * Tries something until it succeeds, fails for good, or the outage has lasted too long.
     *
     * @param attempt does no harm when it is repeated after such a failure; never completes with null
     * @param passing whether such a failure is one of an outage that is waited for
     * @return fails with the last failure; cancelling it ends the attempts
     */
    public static <T> CompletableFuture<T> outlast(
            TimeSource time,
            Duration limit,
            Supplier<CompletableFuture<T>> attempt,
            Predicate<Throwable> passing,
            Watcher watcher) {
        long start = time.nanoTime();
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        CompletableFuture<T> polling = Polling.until(
                time,
                limit,
                () -> Futures.recover(attempt.get().thenApply(Optional::of), failure -> {
                    if (!passing.test(failure)) {
                        return CompletableFuture.failedFuture(failure);
                    }
                    if (failures.isEmpty()) {
                        watcher.begins(failure);
                    }
                    // The last one is the only one of interest.
                    failures.clear();
                    failures.add(failure);
                    return CompletableFuture.completedFuture(Optional.empty());
                }),
                waited -> failures.get(0));
        CompletableFuture<T> result = polling.whenComplete((done, error) -> {
            if (error == null) {
                failures.forEach(failure -> watcher.ends(failure, Duration.ofNanos(time.nanoTime() - start)));
            }
        });
        result.whenComplete((done, error) -> polling.cancel(false));
        return result;
    }
}
