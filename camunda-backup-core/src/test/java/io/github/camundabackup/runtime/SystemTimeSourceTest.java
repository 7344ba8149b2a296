package io.github.camundabackup.runtime;

import static io.github.camundabackup.support.Outcomes.failureOf;
import static io.github.camundabackup.support.Outcomes.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SystemTimeSourceTest {
    private final ExecutorService executor =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "the executor"));

    @AfterEach
    void endThread() {
        executor.shutdown();
    }

    @Test
    void delaysForAtLeastTheGivenTime() throws Exception {
        TimeSource time = TimeSource.system(executor);
        long before = time.nanoTime();

        resultOf(time.delay(Duration.ofMillis(50)));

        assertThat(Duration.ofNanos(time.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
    }

    @Test
    void runsWhatFollowsADelayOnTheExecutorAndNotOnTheJdksTimer() throws Exception {
        TimeSource time = TimeSource.system(executor);

        CompletableFuture<String> thread = time.delay(Duration.ofMillis(50))
                .thenApply(passed -> Thread.currentThread().getName());

        assertThat(resultOf(thread)).isEqualTo("the executor");
    }

    @Test
    void leavesTheExecutorAloneAfterADelayIsCancelled() throws Exception {
        AtomicInteger used = new AtomicInteger();
        TimeSource time = TimeSource.system(task -> {
            used.incrementAndGet();
            executor.execute(task);
        });

        CompletableFuture<Void> cancelled = time.delay(Duration.ofMillis(20));
        cancelled.cancel(false);
        // The JDK's timer is one thread, so the cancelled delay would have ended before this one.
        resultOf(TimeSource.system(executor).delay(Duration.ofMillis(60)));

        assertThat(used).hasValue(0);
        assertThat(cancelled).isCancelled();
    }

    @Test
    void failsADelayWhoseExecutorIsGone() {
        executor.shutdown();
        TimeSource time = TimeSource.system(executor);

        failureOf(time.delay(Duration.ofMillis(10)), RejectedExecutionException.class);
        failureOf(time.delay(Duration.ZERO), RejectedExecutionException.class);
    }

    @Test
    void tellsTheTimeOfTheSystem() {
        Instant before = Instant.now();

        assertThat(TimeSource.system(executor).now()).isBetween(before, Instant.now());
    }
}
