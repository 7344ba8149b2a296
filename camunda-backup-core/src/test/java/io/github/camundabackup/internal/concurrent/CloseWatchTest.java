package io.github.camundabackup.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.support.SteppingTime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CloseWatchTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Optional<Duration> NOT_KNOWN = Optional.empty();

    private final SteppingTime time = new SteppingTime();
    private final CloseWatch watch = new CloseWatch(time, new LatenessBudget(time), false);
    private final CloseWatch.Seat first = watch.join();
    private final CloseWatch.Seat second = watch.join();

    @Test
    void oneIsAskedOftenAndTheOthersNowAndThen() {
        time.advance(MINUTE);

        assertThat(first.untilNext(MINUTE, NOT_KNOWN)).isLessThan(Duration.ofSeconds(2));
        assertThat(second.untilNext(MINUTE, NOT_KNOWN)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void whatHoldsUpExportingIsAskedMoreOften() {
        CloseWatch urgent = new CloseWatch(time, new LatenessBudget(time), true);
        urgent.join();

        assertThat(urgent.join().untilNext(MINUTE, NOT_KNOWN)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void theNextIsAskedAtOnceWhenTheOneHasEnded() {
        CompletableFuture<Void> wait = new CompletableFuture<>();
        second.untilNext(MINUTE, NOT_KNOWN);
        second.begins(wait);

        first.leave();

        assertThat(wait).isCompleted();
        time.advance(MINUTE);
        assertThat(second.untilNext(MINUTE, NOT_KNOWN)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void theNextIsAskedAgainIfItsAnswerWasUnderWay() {
        first.leave();
        second.untilNext(MINUTE, NOT_KNOWN);
        CompletableFuture<Void> wait = new CompletableFuture<>();
        second.begins(wait);

        assertThat(wait).isCompleted();
        CompletableFuture<Void> later = new CompletableFuture<>();
        second.begins(later);
        assertThat(later).isNotDone();
    }

    @Test
    void nobodyIsHurriedByTheEndOfOneThatWasAskedSeldom() {
        CompletableFuture<Void> wait = new CompletableFuture<>();
        first.untilNext(MINUTE, NOT_KNOWN);
        first.begins(wait);

        second.leave();

        assertThat(wait).isNotDone();
    }

    @Test
    void theOneThatSeemsToEndLastIsAskedOftenAndAtOnce() {
        CompletableFuture<Void> wait = new CompletableFuture<>();
        second.untilNext(MINUTE, Optional.of(MINUTE.multipliedBy(2)));
        second.begins(wait);

        assertThat(first.untilNext(MINUTE, Optional.of(MINUTE))).isEqualTo(Duration.ofSeconds(10));
        assertThat(wait).isCompleted();
        assertThat(second.untilNext(MINUTE, Optional.of(MINUTE.multipliedBy(2))))
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void theEndOfTheLastOneIsApproachedStepByStep() {
        second.leave();
        time.advance(MINUTE);

        assertThat(first.untilNext(MINUTE, Optional.of(Duration.ofSeconds(4)))).isEqualTo(Duration.ofSeconds(3));
        assertThat(first.untilNext(MINUTE, Optional.of(Duration.ofSeconds(1)))).isEqualTo(Duration.ofMillis(750));
        // A budget of 1.3 s: an estimate that stays at nothing must not lead to ever more questions.
        assertThat(first.untilNext(MINUTE, Optional.of(Duration.ofMillis(1))))
                .isBetween(Duration.ofMillis(160), Duration.ofMillis(170));
    }

    @Test
    void anEstimateIsTrustedForAFifthOfTheTimeWaited() {
        second.leave();

        assertThat(first.untilNext(Duration.ofSeconds(10), Optional.of(MINUTE))).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void whatOneWaitLeavesOfTheBudgetTheNextMayUse() {
        LatenessBudget budget = new LatenessBudget(time);
        time.advance(Duration.ofSeconds(90));
        CloseWatch one = new CloseWatch(time, budget, true);
        CloseWatch.Seat only = one.join();
        assertThat(only.untilNext(Duration.ofSeconds(90), NOT_KNOWN)).isEqualTo(Duration.ofSeconds(2));
        only.leave();

        CloseWatch.Seat next = new CloseWatch(time, budget, true).join();

        assertThat(next.untilNext(Duration.ZERO, NOT_KNOWN)).isEqualTo(Duration.ofSeconds(1));
    }
}
