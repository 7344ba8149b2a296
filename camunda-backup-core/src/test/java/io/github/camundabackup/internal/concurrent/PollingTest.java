package io.github.camundabackup.internal.concurrent;

import static io.github.camundabackup.support.Outcomes.failureOf;
import static io.github.camundabackup.support.Outcomes.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.support.SteppingTime;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollingTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final SteppingTime time = new SteppingTime();
    private final AtomicInteger asked = new AtomicInteger();

    @ParameterizedTest
    @CsvSource({
        "PT0S,      PT0.05S",
        "PT2.4S,    PT0.05S",
        "PT2.5S,    PT0.05S",
        "PT5S,      PT0.1S",
        "PT10S,     PT0.2S",
        "PT1M,      PT1.2S",
        "PT4M10S,   PT5S",
        "PT1H,      PT5S",
        "PT24H,     PT5S"
    })
    void pausesForTwoPercentOfTheTimeWaitedWithinLimits(Duration waited, Duration pause) {
        assertThat(new Proportion().untilNext(waited, Optional.empty())).isEqualTo(pause);
    }

    @Test
    void asksAtOnceAndDoesNotWaitForAnAnswerThatIsThere() throws Exception {
        assertThat(resultOf(poll(HOUR, this::answer))).isEqualTo("answer");
        assertThat(time.delays()).isEmpty();
    }

    @Test
    void asksUntilThereIsAnAnswer() throws Exception {
        assertThat(resultOf(poll(HOUR, () -> asked.get() < 9 ? nothing() : answer())))
                .isEqualTo("answer");
        assertThat(asked).hasValue(10);
        assertThat(time.delays()).hasSize(9).containsOnly(Duration.ofMillis(50));
    }

    @Test
    void addsAboutTwoPercentToALongWaitWithFewQuestions() throws Exception {
        Duration ready = Duration.ofMinutes(40);

        resultOf(poll(HOUR, () -> time.elapsed().compareTo(ready) < 0 ? nothing() : answer()));

        assertThat(time.elapsed()).isBetween(ready, ready.plusSeconds(5));
        assertThat(asked).hasValueBetween(400, 800);
    }

    @Test
    void doesNotPileUpOnTheStackWhatIsAnsweredAtOnce() throws Exception {
        Duration day = Duration.ofDays(1);

        resultOf(poll(day.plusDays(1), () -> time.elapsed().compareTo(day) < 0 ? nothing() : answer()));

        assertThat(asked).hasValueGreaterThan(17_000);
    }

    @Test
    void waitsAsLongAsThereIsProgress() throws Exception {
        Duration ready = HOUR.multipliedBy(3);

        resultOf(Polling.untilStuck(
                time,
                HOUR,
                () -> time.elapsed().toMinutes() / 50,
                () -> time.elapsed().compareTo(ready) < 0 ? nothing() : answer(),
                waited -> new TimeoutException("after " + waited)));

        assertThat(time.elapsed()).isBetween(ready, ready.plusSeconds(5));
    }

    @Test
    void endsWhenThereIsNoProgressForSoLong() throws Exception {
        assertThat(failureOf(
                        Polling.untilStuck(
                                time,
                                HOUR,
                                () -> Math.min(time.elapsed().toMinutes(), 90),
                                this::nothing,
                                waited -> new TimeoutException("after " + waited)),
                        TimeoutException.class))
                .hasMessage("after PT1H");
        assertThat(time.elapsed()).isBetween(Duration.ofMinutes(150), Duration.ofMinutes(151));
    }

    @Test
    void asksALastTimeWhenTheTimeIsUp() throws Exception {
        Duration timeout = Duration.ofMillis(120);

        assertThat(resultOf(poll(timeout, () -> time.elapsed().equals(timeout) ? answer() : nothing())))
                .isEqualTo("answer");
        assertThat(time.delays()).containsExactly(Duration.ofMillis(50), Duration.ofMillis(50), Duration.ofMillis(20));
    }

    @Test
    void failsWithTheTimeThatWasWaited() {
        TimeoutException timeout = failureOf(poll(Duration.ofSeconds(30), this::nothing), TimeoutException.class);

        assertThat(timeout).hasMessage("PT30S");
        assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void countsTheTimeThatTheAnswersTake() {
        failureOf(
                poll(Duration.ofSeconds(30), () -> {
                    time.advance(Duration.ofSeconds(20));
                    return nothing();
                }),
                TimeoutException.class);

        assertThat(asked).hasValue(2);
    }

    @Test
    void endsWithTheFirstFailure() {
        IOException failure = new IOException("broken");

        assertThat(failureOf(
                        poll(HOUR, () -> asked.get() == 0 ? nothing() : CompletableFuture.failedFuture(failure)),
                        IOException.class))
                .isSameAs(failure);
    }

    @Test
    void endsWithAFailureToAsk() {
        IllegalStateException failure = new IllegalStateException("closed");
        Supplier<CompletableFuture<Optional<String>>> broken = () -> {
            throw failure;
        };

        assertThat(failureOf(poll(HOUR, broken), IllegalStateException.class)).isSameAs(failure);
        assertThat(failureOf(
                        poll(HOUR, () -> asked.get() == 0 ? nothing() : broken.get()), IllegalStateException.class))
                .isSameAs(failure);
    }

    @Test
    void endsWithAFailureToMakeTheFailure() {
        IllegalStateException failure = new IllegalStateException("broken");
        CompletableFuture<String> polling = Polling.until(time, Duration.ofSeconds(1), this::nothing, waited -> {
            throw failure;
        });

        assertThat(failureOf(polling, IllegalStateException.class)).isSameAs(failure);
    }

    @Test
    void endsWithAFailureToWait() {
        RejectedExecutionException failure = new RejectedExecutionException("closed");
        time.failDelays(failure);

        assertThat(failureOf(poll(HOUR, this::nothing), RejectedExecutionException.class))
                .isSameAs(failure);
    }

    @Test
    void stopsWaitingWhenItIsCancelled() {
        time.hold();
        CompletableFuture<String> polling = poll(HOUR, this::nothing);

        polling.cancel(false);

        assertThat(time.held()).singleElement().matches(CompletableFuture::isCancelled);
        assertThat(asked).hasValue(1);
    }

    @Test
    void doesNotAskAgainWhenItIsCancelledDuringAQuestion() {
        CompletableFuture<Optional<String>> slow = new CompletableFuture<>();
        CompletableFuture<String> polling = poll(HOUR, () -> {
            asked.incrementAndGet();
            return slow;
        });

        polling.cancel(false);
        slow.complete(Optional.empty());

        assertThat(asked).hasValue(1);
        assertThat(time.delays()).isEmpty();
    }

    private CompletableFuture<Optional<String>> nothing() {
        asked.incrementAndGet();
        return CompletableFuture.completedFuture(Optional.empty());
    }

    private CompletableFuture<Optional<String>> answer() {
        asked.incrementAndGet();
        return CompletableFuture.completedFuture(Optional.of("answer"));
    }

    private CompletableFuture<String> poll(Duration timeout, Supplier<CompletableFuture<Optional<String>>> question) {
        return Polling.until(time, timeout, question, waited -> new TimeoutException(waited.toString()));
    }
}
