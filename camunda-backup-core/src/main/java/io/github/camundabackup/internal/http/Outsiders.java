package io.github.camundabackup.internal.http;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.foreign.ForeignCalls;
import io.github.camundabackup.runtime.ClientResources;
import java.io.Serial;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks suppliers of secrets and signers, which may block, and throw what holds a secret. What is reported is where and
 * with what class they failed, and none of their words.
 */
final class Outsiders {
    private final ForeignCalls foreign;
    private final Executor executor;

    Outsiders(ClientResources resources) {
        foreign = ForeignCalls.of(resources);
        executor = resources.executor();
    }

    /** Makes the failure of whoever asked. */
    @FunctionalInterface
    interface Failed {
        CamundaBackupException because(String reason, @Nullable Throwable cause);
    }

    /**
     * Asks for a value, on a thread that nothing else waits for.
     *
     * @param what who is asked, for messages
     * @param limit in real time, as that of requests is
     */
    <T> CompletableFuture<T> ask(String what, Duration limit, Supplier<T> call, Failed failed) {
        return foreign.async(() -> CompletableFuture.completedFuture(call.get()))
                .orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS)
                .handle((value, error) -> {
                    if (error == null) {
                        return CompletableFuture.completedFuture(value);
                    }
                    Throwable failure = Futures.unwrap(error);
                    return CompletableFuture.<T>failedFuture(
                            failure instanceof CamundaBackupException closed
                                    ? closed
                                    : failure instanceof TimeoutException
                                            ? failed.because(
                                                    what + " did not answer within " + limit.toMillis() + " ms", null)
                                            : failed.because(
                                                    what + " failed ("
                                                            + failure.getClass().getName() + ")",
                                                    new Wordless(failure)));
                })
                // What follows must not run on the foreign thread, or on the JDK's timer thread.
                .whenCompleteAsync((done, error) -> {}, executor)
                .thenCompose(done -> done);
    }

    /** Where something failed, without its words. */
    private static final class Wordless extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        Wordless(Throwable failure) {
            super(failure.getClass().getName(), failure.getCause() == null ? null : new Wordless(failure.getCause()));
            setStackTrace(failure.getStackTrace());
        }
    }
}
