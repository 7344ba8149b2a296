package io.github.camundabackup.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.error.SnapshotStoreException;
import io.github.camundabackup.error.SnapshotStoreException.Reason;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for futures and for what an engine does by and by, with bounds that only a hanging store reaches. */
final class Awaits {
    private static final long PATIENCE_SECONDS = 120;
    private static final int ATTEMPTS = 600;
    private static final long PAUSE_MILLIS = 100;

    private Awaits() {}

    static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("Expected a value, but it failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("The future did not complete within " + PATIENCE_SECONDS + " s.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    static Throwable awaitFailure(CompletableFuture<?> future) {
        try {
            throw new AssertionError(
                    "Expected a failure, but it gave " + future.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("The future did not complete within " + PATIENCE_SECONDS + " s.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    static void assertRefused(CompletableFuture<?> future, Reason reason) {
        assertThat(awaitFailure(future))
                .isInstanceOfSatisfying(
                        SnapshotStoreException.class,
                        refusal -> assertThat(refusal.reason())
                                .as(refusal.getMessage())
                                .isEqualTo(reason));
    }

    static <T> T poll(String what, Supplier<CompletableFuture<T>> question, Predicate<T> enough) {
        T answer = await(question.get());
        for (int attempt = 1; attempt < ATTEMPTS && !enough.test(answer); attempt++) {
            await(CompletableFuture.runAsync(
                    () -> {}, CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)));
            answer = await(question.get());
        }
        assertThat(answer).as(what).matches(enough);
        return answer;
    }
}
