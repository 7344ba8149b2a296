package io.github.camundabackup.internal.throttles;

import io.github.camundabackup.error.SnapshotStoreException;
import io.github.camundabackup.error.SnapshotStoreException.Reason;
import io.github.camundabackup.error.WaitTimedOutException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.runtime.TimeSource;
import io.github.camundabackup.snapshot.RestoreThrottles;
import io.github.camundabackup.snapshot.RestoreThrottles.PutBack;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The limits that a restore raises on its engine. Nothing fails for them: each step says what an operator should know
 * instead. Thread-safe.
 */
public final class RaisedThrottles {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String MAY_COME =
            "The request to raise the engine's limits of restores was not answered, and they are not raised. If it is"
                    + " carried out late, they stay raised until the next restore or recover().";

    private final Optional<RestoreThrottles> throttles;
    private final TimeSource time;
    private volatile boolean mayBeRaised;
    /** The request to raise them was not answered, and may be carried out still. */
    private volatile boolean unclear;

    /**
     * @param store guarded
     */
    public RaisedThrottles(SnapshotStore store, TimeSource time) {
        this(store.restoreThrottles(), time);
    }

    RaisedThrottles(Optional<RestoreThrottles> throttles, TimeSource time) {
        this.throttles = throttles;
        this.time = time;
    }

    /**
     * Puts back what another restore has raised, which is known to be dead.
     *
     * @return what an operator should know; never fails
     */
    public CompletableFuture<List<String>> putBackWhatWasLeft() {
        return throttles
                .map(there -> inTime(there.putBack())
                        .handle((done, error) -> error == null
                                ? done.by().isEmpty() ? done.left() : leftBehind(done)
                                : List.of("It was not seen whether a restore that was interrupted has left the engine's"
                                        + " limits of restores raised. "
                                        + Futures.unwrap(error).getMessage())))
                .orElseGet(() -> CompletableFuture.completedFuture(List.of()));
    }

    private static List<String> leftBehind(PutBack done) {
        return Stream.concat(
                        Stream.of("Limits of the engine had been left raised by " + done.by() + ". "
                                + (done.done().isEmpty()
                                        ? "They were no longer as it had set them."
                                        : "They were put back: " + String.join(", ", done.done()) + ".")),
                        done.left().stream())
                .toList();
    }

    /**
     * Raises the limits, which {@link #putBack()} must follow.
     *
     * @param by who does, in words that fit behind "raised by"
     * @return what an operator should know; never fails
     */
    public CompletableFuture<List<String>> raise(String by) {
        if (throttles.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        mayBeRaised = true;
        return inTime(throttles.get().raise(by)).handle((raised, error) -> {
            if (error == null) {
                mayBeRaised = raised;
                return List.of();
            }
            Throwable failure = Futures.unwrap(error);
            mayBeRaised = !(failure instanceof SnapshotStoreException refused
                    && (refused.reason() == Reason.FORBIDDEN || refused.reason() == Reason.UNAUTHENTICATED));
            unclear = mayBeRaised;
            return List.of("The engine's limits of restores were not raised, so that it restored at its own pace. "
                    + failure.getMessage());
        });
    }

    /**
     * Puts back what was raised; does nothing if nothing was, or if it was put back.
     *
     * @return what an operator should know; never fails
     */
    public CompletableFuture<List<String>> putBack() {
        if (!mayBeRaised || throttles.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        return inTime(throttles.get().putBack()).handle((done, error) -> {
            if (error == null) {
                mayBeRaised = false;
                return unclear && done.by().isEmpty()
                        ? Stream.concat(Stream.of(MAY_COME), done.left().stream())
                                .toList()
                        : done.left();
            }
            return List.of(
                    "The engine's limits of restores may still be raised, as they could not be put back. The next"
                            + " restore does that, and recover() does. "
                            + Futures.unwrap(error).getMessage());
        });
    }

    private <T> CompletableFuture<T> inTime(CompletableFuture<T> answer) {
        return Futures.within(
                time,
                LIMIT,
                answer,
                () -> new WaitTimedOutException(
                        "The change of the engine's limits", LIMIT, "The engine has not answered."));
    }
}
