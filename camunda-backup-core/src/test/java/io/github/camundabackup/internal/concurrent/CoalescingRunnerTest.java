package io.github.camundabackup.internal.concurrent;

import static io.github.camundabackup.support.Outcomes.failureOf;
import static io.github.camundabackup.support.Outcomes.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CoalescingRunnerTest {
    private final List<CompletableFuture<Void>> rounds = new ArrayList<>();
    private final CoalescingRunner work = new CoalescingRunner(() -> {
        CompletableFuture<Void> round = new CompletableFuture<>();
        rounds.add(round);
        return round;
    });

    @Test
    void allWhoAskDuringARoundGetTheNextOneTogether() throws Exception {
        CompletableFuture<Void> first = work.run();
        CompletableFuture<Void> second = work.run();
        CompletableFuture<Void> third = work.run();
        assertThat(rounds).hasSize(1);

        rounds.get(0).complete(null);

        resultOf(first);
        assertThat(second).isNotDone();
        assertThat(rounds).hasSize(2);

        rounds.get(1).complete(null);

        resultOf(second);
        resultOf(third);
        assertThat(rounds).hasSize(2);
    }

    @Test
    void aRoundThatFailsIsFollowedByTheNextOne() throws Exception {
        CompletableFuture<Void> first = work.run();
        CompletableFuture<Void> second = work.run();

        rounds.get(0).completeExceptionally(new IllegalStateException("full"));
        rounds.get(1).complete(null);

        assertThat(failureOf(first, IllegalStateException.class)).hasMessage("full");
        resultOf(second);
        CompletableFuture<Void> third = work.run();
        rounds.get(2).complete(null);
        resultOf(third);
    }

    @Test
    void whoGoesOnAfterARoundDoesNotHoldUpTheNextOne() {
        List<Integer> begun = new ArrayList<>();
        work.run().thenRun(() -> begun.add(rounds.size()));
        work.run();

        rounds.get(0).complete(null);

        assertThat(begun).containsExactly(2);
    }

    @Test
    void workThatThrowsIsARoundThatFails() {
        CoalescingRunner broken = new CoalescingRunner(() -> {
            throw new IllegalStateException("broken");
        });

        failureOf(broken.run(), IllegalStateException.class);
        failureOf(broken.run(), IllegalStateException.class);
    }
}
