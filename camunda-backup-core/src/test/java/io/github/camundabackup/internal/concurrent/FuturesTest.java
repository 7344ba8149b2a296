package io.github.camundabackup.internal.concurrent;

import static io.github.camundabackup.support.Outcomes.failureOf;
import static io.github.camundabackup.support.Outcomes.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.support.SteppingTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class FuturesTest {
    private final IOException failure = new IOException("first");

    @Test
    void unwrapsAFailureHoweverOftenItIsWrapped() {
        assertThat(Futures.unwrap(new CompletionException(new ExecutionException(new CompletionException(failure)))))
                .isSameAs(failure);
        assertThat(Futures.unwrap(failure)).isSameAs(failure);
        CompletionException withoutCause = new CompletionException("nothing inside", null);
        assertThat(Futures.unwrap(withoutCause)).isSameAs(withoutCause);
    }

    @Test
    void asyncFailsWithoutThrowingIfThereIsNoThread() {
        assertThat(failureOf(
                        Futures.async(
                                task -> {
                                    throw new RejectedExecutionException("shut down");
                                },
                                () -> CompletableFuture.completedFuture(1)),
                        CamundaBackupException.class))
                .hasMessageContaining("closed");
    }

    @Test
    void withinFailsWhenTheTimeIsOverAndNotBefore() throws Exception {
        SteppingTime time = new SteppingTime();
        CompletableFuture<Integer> late = Futures.within(
                time, Duration.ofSeconds(3), new CompletableFuture<Integer>(), () -> new IllegalStateException("late"));

        assertThat(failureOf(late, IllegalStateException.class)).hasMessage("late");
        assertThat(time.delays()).containsExactly(Duration.ofSeconds(3));

        time.hold();
        CompletableFuture<Integer> value = new CompletableFuture<>();
        CompletableFuture<Integer> inTime =
                Futures.within(time, Duration.ofSeconds(3), value, () -> new IllegalStateException("late"));
        assertThat(inTime).isNotDone();
        value.complete(1);
        assertThat(resultOf(inTime)).isEqualTo(1);
        assertThat(time.held())
                .singleElement()
                .satisfies(delay -> assertThat(delay).isCancelled());
    }

    @Test
    void recoverLeavesASuccessAlone() throws Exception {
        assertThat(resultOf(Futures.recover(
                        CompletableFuture.completedFuture(1), error -> CompletableFuture.completedFuture(2))))
                .isEqualTo(1);
    }

    @Test
    void recoverSeesTheFailureItself() throws Exception {
        CompletableFuture<Throwable> wrapped =
                CompletableFuture.<Throwable>failedFuture(failure).thenApply(x -> x);

        assertThat(resultOf(Futures.recover(wrapped, CompletableFuture::completedFuture)))
                .isSameAs(failure);
    }

    @Test
    void recoverFailsIfTheRecoveryFails() {
        IllegalStateException second = new IllegalStateException("second");

        assertThat(failureOf(
                        Futures.recover(
                                CompletableFuture.failedFuture(failure),
                                error -> CompletableFuture.failedFuture(second)),
                        IllegalStateException.class))
                .isSameAs(second);
        assertThat(failureOf(
                        Futures.recover(CompletableFuture.failedFuture(failure), error -> {
                            throw second;
                        }),
                        IllegalStateException.class))
                .isSameAs(second);
    }

    @Test
    void allGivesTheValuesInOrderWhenTheLastHasEnded() throws Exception {
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<List<String>> all = Futures.all(List.of(first, CompletableFuture.completedFuture("b")));

        assertThat(all).isNotDone();
        first.complete("a");

        assertThat(resultOf(all)).containsExactly("a", "b");
    }

    @Test
    void allOfNothingIsNothing() throws Exception {
        assertThat(resultOf(Futures.all(List.of()))).isEmpty();
    }

    @Test
    void allWaitsForEverybodyBeforeItFails() {
        CompletableFuture<String> slow = new CompletableFuture<>();
        CompletableFuture<List<String>> all = Futures.all(List.of(CompletableFuture.failedFuture(failure), slow));

        assertThat(all).isNotDone();
        slow.complete("done");

        assertThat(failureOf(all, IOException.class)).isSameAs(failure);
    }

    @Test
    void allLosesNoFailure() {
        IOException second = new IOException("second");

        IOException thrown = failureOf(
                Futures.all(List.of(
                        CompletableFuture.failedFuture(failure),
                        CompletableFuture.completedFuture("fine"),
                        CompletableFuture.failedFuture(second),
                        CompletableFuture.failedFuture(failure))),
                IOException.class);

        assertThat(thrown).isSameAs(failure);
        assertThat(thrown.getSuppressed()).containsExactly(second);
    }
}
