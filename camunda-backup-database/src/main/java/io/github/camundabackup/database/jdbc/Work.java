package io.github.camundabackup.database.jdbc;

import io.github.camundabackup.error.DatabaseStoreException;
import io.github.camundabackup.error.DatabaseStoreException.Reason;
import io.github.camundabackup.error.WaitTimedOutException;
import io.github.camundabackup.internal.concurrent.EndingFuture;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.foreign.ForeignCalls;
import io.github.camundabackup.internal.process.Command;
import io.github.camundabackup.runtime.ClientResources;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * What is done for one call of the store: what blocks runs apart from the caller, and nothing goes on once it is given
 * up.
 */
final class Work {
    /** How long a database may take to answer. */
    private static final Duration ANSWER = Duration.ofMinutes(2);

    private final ClientResources resources;
    private final ForeignCalls calls;
    private final String description;
    private final CompletableFuture<?> givenUp;

    /**
     * @param description of the store, for messages
     * @param givenUp done when none of it is wanted any more
     */
    Work(ClientResources resources, String description, CompletableFuture<?> givenUp) {
        this.resources = resources;
        calls = ForeignCalls.of(resources);
        this.description = description;
        this.givenUp = givenUp;
    }

    /** Work that ends by itself soon. */
    static Work unstoppable(ClientResources resources, String description) {
        return new Work(resources, description, new EndingFuture<Void>().givenUp());
    }

    /** As {@link #blocking}, of a database that answers within two minutes or not at all. */
    <T> CompletableFuture<T> asking(String what, Callable<T> call) {
        return asking(what, Duration.ZERO, call);
    }

    /**
     * As {@link #asking(String, Callable)}, of what may wait for locks.
     *
     * @param locks how long
     */
    <T> CompletableFuture<T> asking(String what, Duration locks, Callable<T> call) {
        return within(what, ANSWER.plus(locks), blocking(what, call));
    }

    /** As {@link #asking(String, Duration, Callable)}, of what is closed if it comes too late. */
    <T extends AutoCloseable> CompletableFuture<T> opening(String what, Duration locks, Callable<T> call) {
        CompletableFuture<T> opening = blocking(what, call);
        CompletableFuture<T> inTime = within(what, ANSWER.plus(locks), opening);
        opening.thenAccept(opened -> {
            if (!inTime.complete(opened) && inTime.isCompletedExceptionally()) {
                anyway("Closing what came too late", () -> {
                    opened.close();
                    return true;
                });
            }
        });
        return inTime;
    }

    private <T> CompletableFuture<T> within(String what, Duration limit, CompletableFuture<T> answer) {
        return Futures.within(
                resources.time(),
                limit,
                answer,
                () -> new WaitTimedOutException(
                        what + " (" + description + ")", limit, "The database did not answer."));
    }

    /**
     * Runs what blocks, on a thread that may.
     *
     * @param what it, as the beginning of a sentence about its failure
     */
    <T> CompletableFuture<T> blocking(String what, Callable<T> call) {
        return anyway(what, () -> {
            goOn();
            return call.call();
        });
    }

    /** As {@link #blocking}, also when nothing of this is wanted any more: to clean up. */
    <T> CompletableFuture<T> anyway(String what, Callable<T> call) {
        return calls.async(() -> {
            try {
                return CompletableFuture.completedFuture(call.call());
            } catch (RuntimeException e) {
                throw e;
            } catch (SQLException e) {
                throw SqlFailures.explain(what + " (" + description + ")", e);
            } catch (IOException e) {
                throw FileFailures.explain(what + " (" + description + ")", e);
            } catch (Exception e) {
                throw new DatabaseStoreException(Reason.OTHER, what + " (" + description + ") failed: " + e, e);
            }
        });
    }

    /** Closes a connection when something else has ended, however, and gives what that gave. */
    <T> CompletableFuture<T> closing(Connection connection, CompletableFuture<T> future) {
        return future.handle((value, error) -> anyway("Closing a connection", () -> {
                            try (connection) {
                                connection.rollback();
                            }
                            return true;
                        })
                        .handle((closed, failed) -> future)
                        .thenCompose(same -> same))
                .thenCompose(ended -> ended);
    }

    /** Runs a tool. */
    CompletableFuture<Command.Ended> run(Command command, Duration timeout) {
        return command.runToEnd(resources, timeout, givenUp);
    }

    /**
     * @throws CancellationException if this is not wanted any more
     */
    void goOn() {
        if (givenUp.isDone()) {
            throw new CancellationException();
        }
    }

    Instant now() {
        return resources.time().now();
    }

    String description() {
        return description;
    }

    /** Does something every few seconds until something else is done. What it throws is ignored: it comes again. */
    void every(Duration pause, CompletableFuture<?> until, Runnable beat) {
        if (until.isDone()) {
            return;
        }
        CompletableFuture<Void> wait = resources.time().delay(pause);
        until.whenComplete((done, error) -> wait.cancel(false));
        wait.thenRun(() -> calls.async(() -> {
                    beat.run();
                    return CompletableFuture.completedFuture(true);
                })
                .whenComplete((done, error) -> every(pause, until, beat)));
    }
}
