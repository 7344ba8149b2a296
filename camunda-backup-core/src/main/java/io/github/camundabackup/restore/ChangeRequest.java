package io.github.camundabackup.restore;

import io.github.camundabackup.error.RemoteCallException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.concurrent.Polling;
import io.github.camundabackup.internal.failure.FailureKind;
import io.github.camundabackup.internal.failure.OutageMeter;
import io.github.camundabackup.internal.failure.Outages;
import io.github.camundabackup.runtime.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request for a change of the cluster, which is asked for until it is accepted: another change that is going on, too
 * many requests and an outage are waited for. After a lost reply the cluster is looked at for a while before it is
 * asked again: a change that has begun shows then. Used once.
 */
final class ChangeRequest {
    /** A change that was accepted shows sooner than this. */
    private static final Duration SETTLING = Duration.ofMinutes(1);

    private final TimeSource time;
    private final Outages.Watcher watcher;
    private final OutageMeter outages;
    private final Supplier<CompletableFuture<Void>> beforeAsking;
    private final Supplier<? extends CompletableFuture<?>> ask;
    private final Supplier<CompletableFuture<Boolean>> seen;
    private volatile @Nullable Throwable last;
    private volatile OptionalLong lostAt = OptionalLong.empty();
    private volatile boolean mayHaveHappened;

    /**
     * @param watcher hears of what is waited for
     * @param beforeAsking to be waited for each time before it is asked for
     * @param seen whether it has happened, or happens
     */
    ChangeRequest(
            TimeSource time,
            Outages.Watcher watcher,
            Supplier<CompletableFuture<Void>> beforeAsking,
            Supplier<? extends CompletableFuture<?>> ask,
            Supplier<CompletableFuture<Boolean>> seen) {
        this.time = time;
        this.watcher = watcher;
        outages = new OutageMeter(time, watcher);
        this.beforeAsking = beforeAsking;
        this.ask = ask;
        this.seen = seen;
    }

    /**
     * @param limit how long it is asked for
     * @return fails with the last failure, or with one that waiting does not change
     */
    CompletableFuture<Boolean> untilAccepted(Duration limit) {
        long start = time.nanoTime();
        return Polling.until(time, limit, this::question, waited -> failure()).thenApply(accepted -> {
            Throwable before = last;
            if (before != null) {
                watcher.ends(before, Duration.ofNanos(time.nanoTime() - start));
            }
            return accepted;
        });
    }

    /** Whether the cluster may have done it, whatever became of the request. */
    boolean mayHaveHappened() {
        return mayHaveHappened;
    }

    private Throwable failure() {
        Throwable known = last;
        return known == null ? new IllegalStateException("It was never asked for.") : known;
    }

    private CompletableFuture<Optional<Boolean>> question() {
        OptionalLong lost = lostAt;
        return lost.isEmpty()
                ? askOnce()
                : RestoreWatch.bear(outages, seen.get().thenApply(Optional::of))
                        .thenCompose(answer -> answer.orElse(false)
                                ? CompletableFuture.completedFuture(Optional.of(true))
                                : answer.isEmpty() || isSettling(lost.getAsLong())
                                        ? CompletableFuture.completedFuture(Optional.empty())
                                        : askOnce());
    }

    private boolean isSettling(long lost) {
        return Duration.ofNanos(time.nanoTime() - lost).compareTo(SETTLING) < 0;
    }

    private CompletableFuture<Optional<Boolean>> askOnce() {
        return beforeAsking.get().thenCompose(mayGoOn -> {
            boolean before = mayHaveHappened;
            mayHaveHappened = true;
            return Futures.recover(ask.get().thenApply(accepted -> Optional.of(true)), error -> {
                if (!(error instanceof RemoteCallException)) {
                    return CompletableFuture.failedFuture(error);
                }
                boolean withoutEffect = FailureKind.isWithoutEffect(error);
                FailureKind kind = FailureKind.of(error);
                mayHaveHappened = before || !withoutEffect;
                if (withoutEffect && kind != FailureKind.CONFLICT && kind != FailureKind.TRANSIENT) {
                    return CompletableFuture.failedFuture(error);
                }
                if (last == null) {
                    watcher.begins(error);
                }
                last = error;
                lostAt = withoutEffect && !before ? OptionalLong.empty() : OptionalLong.of(time.nanoTime());
                return CompletableFuture.completedFuture(Optional.empty());
            });
        });
    }
}
