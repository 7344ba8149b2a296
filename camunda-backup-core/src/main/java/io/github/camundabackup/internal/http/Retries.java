package io.github.camundabackup.internal.http;

import io.github.camundabackup.error.UnreachableException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.runtime.TimeSource;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats what may be repeated, a few times, with growing and randomized pauses: broken connections, and the statuses
 * with which proxies and overloaded servers ask to come again. A request that ran into its timeout is not repeated: the
 * server has enough to do.
 */
final class Retries {
    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);
    private static final int ATTEMPTS = 4;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private final TimeSource time;
    private final Duration patience;
    private final Retry retry;

    Retries(TimeSource time) {
        this(time, Duration.ZERO);
    }

    /**
     * @param patience how long a server may ask to be left alone ({@code Retry-After}); what it asks beyond that, it is
     *     not believed
     */
    Retries(TimeSource time, Duration patience) {
        this.time = time;
        this.patience = patience;
        retry = Retry.of(
                "camunda-backup",
                RetryConfig.<HttpAnswer>custom()
                        .maxAttempts(ATTEMPTS)
                        .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, 2.0, 0.5))
                        .retryOnException(UnreachableException.class::isInstance)
                        .retryOnResult(answer -> isBusy(answer.status()))
                        .build());
    }

    CompletableFuture<HttpAnswer> run(Supplier<CompletableFuture<HttpAnswer>> request) {
        return run(request, () -> true);
    }

    /**
     * @param mayBeRepeated asked after each attempt
     */
    CompletableFuture<HttpAnswer> run(Supplier<CompletableFuture<HttpAnswer>> request, BooleanSupplier mayBeRepeated) {
        return attempt(request, mayBeRepeated, retry.asyncContext());
    }

    private CompletableFuture<HttpAnswer> attempt(
            Supplier<CompletableFuture<HttpAnswer>> request,
            BooleanSupplier mayBeRepeated,
            Retry.AsyncContext<HttpAnswer> context) {
        return request.get()
                .handle((answer, error) -> {
                    long next = error == null ? context.onResult(answer) : context.onError(Futures.unwrap(error));
                    if (next >= 0 && mayBeRepeated.getAsBoolean()) {
                        long pause = error == null ? Math.max(next, asked(answer)) : next;
                        LOG.debug(
                                "Repeating in {} ms after {}",
                                pause,
                                error == null ? "status " + answer.status() : error);
                        return time.delay(Duration.ofMillis(pause))
                                .thenCompose(passed -> attempt(request, mayBeRepeated, context));
                    }
                    if (error == null) {
                        return CompletableFuture.completedFuture(answer);
                    }
                    return CompletableFuture.<HttpAnswer>failedFuture(Futures.unwrap(error));
                })
                .thenCompose(outcome -> outcome);
    }

    private long asked(HttpAnswer answer) {
        Duration asked = answer.retryAfter().orElse(Duration.ZERO);
        return (asked.compareTo(patience) < 0 ? asked : patience).toMillis();
    }

    private static boolean isBusy(int status) {
        return status == 429 || status == 502 || status == 503;
    }
}
