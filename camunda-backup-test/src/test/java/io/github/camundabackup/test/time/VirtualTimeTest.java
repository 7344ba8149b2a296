package io.github.camundabackup.test.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
    private static final Instant ORIGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final VirtualTime time = VirtualTime.create();
    private final List<String> events = Collections.synchronizedList(new ArrayList<>());

    private CompletableFuture<Void> delay(int seconds, String event) {
        return time.delay(Duration.ofSeconds(seconds))
                .thenRun(() -> events.add(event + "@" + time.elapsed().toSeconds()));
    }

    private void whileBusy(Runnable preparation) {
        TimeSource.Activity activity = time.activity();
        try {
            preparation.run();
        } finally {
            activity.close();
        }
    }

    @Test
    void itJumpsToTheEndOfADelayWhenNothingIsUnderWay() {
        assertThat(time.delay(Duration.ofMinutes(40))).isCompleted();

        assertThat(time.elapsed()).isEqualTo(Duration.ofMinutes(40));
        assertThat(time.now()).isEqualTo(ORIGIN.plus(Duration.ofMinutes(40)));
        assertThat(time.nanoTime()).isEqualTo(Duration.ofMinutes(40).toNanos());
    }

    @Test
    void itStandsStillWhileSomethingIsUnderWay() {
        TimeSource.Activity one = time.activity();
        TimeSource.Activity two = time.activity();
        CompletableFuture<Void> delay = delay(5, "late");

        one.close();
        assertThat(delay).isNotDone();
        assertThat(time.elapsed()).isZero();

        two.close();
        assertThat(delay).isCompleted();
        assertThat(events).containsExactly("late@5");
    }

    @Test
    void closingAnActivityTwiceCountsOnce() {
        TimeSource.Activity one = time.activity();
        TimeSource.Activity two = time.activity();
        CompletableFuture<Void> delay = delay(5, "late");

        one.close();
        one.close();
        assertThat(delay).isNotDone();
        two.close();
        assertThat(delay).isCompleted();
    }

    @Test
    void delaysEndInTheOrderOfTheirEndsAndThenOfTheirBeginnings() {
        whileBusy(() -> {
            delay(3, "c");
            delay(1, "a");
            delay(2, "b1");
            delay(2, "b2");
        });

        assertThat(events).containsExactly("a@1", "b1@2", "b2@2", "c@3");
    }

    @Test
    void whatFollowsADelayMayDelayAgainBeforeTimePasses() {
        whileBusy(() -> {
            delay(1, "a").thenCompose(done -> delay(1, "b")).thenCompose(done -> delay(2, "d"));
            delay(3, "c");
        });

        assertThat(events).containsExactly("a@1", "b@2", "c@3", "d@4");
    }

    @Test
    void workAfterADelayHoldsTimeUntilItIsDone() {
        List<TimeSource.Activity> work = new ArrayList<>();
        whileBusy(() -> {
            time.delay(Duration.ofSeconds(1)).thenRun(() -> work.add(time.activity()));
            delay(2, "later");
        });
        assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(1));
        assertThat(events).isEmpty();

        work.forEach(TimeSource.Activity::close);
        assertThat(events).containsExactly("later@2");
    }

    @Test
    void aCancelledDelayDoesNotMakeTimePass() {
        TimeSource.Activity preparation = time.activity();
        time.delay(Duration.ofHours(1)).cancel(false);
        delay(1, "short");
        preparation.close();

        assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(1));
        assertThat(time.toString()).contains("0 delays");
    }

    @Test
    void noTimeNeedsNoJump() {
        whileBusy(() -> {
            assertThat(time.delay(Duration.ZERO)).isCompleted();
            assertThat(time.delay(Duration.ofSeconds(-1))).isCompleted();
        });
        assertThat(time.elapsed()).isZero();
    }

    @Test
    void anEndlessDelayDoesNotEndInThePast() {
        TimeSource.Activity work = time.activity();
        CompletableFuture<Void> endless = time.delay(Duration.ofSeconds(Long.MAX_VALUE));
        CompletableFuture<Void> ages = time.delay(Duration.ofNanos(Long.MAX_VALUE));

        assertThat(endless).isNotDone();
        assertThat(ages).isNotDone();
        endless.cancel(false);
        ages.cancel(false);
        work.close();
        assertThat(time.elapsed()).isZero();
    }

    @Test
    void theWallClockCanBeSetAndNothingElseNotices() {
        TimeSource.Activity work = time.activity();
        CompletableFuture<Void> delay = delay(10, "end");
        time.adjustWallClock(Duration.ofHours(-1));

        assertThat(time.now()).isEqualTo(ORIGIN.minus(Duration.ofHours(1)));
        assertThat(time.nanoTime()).isZero();
        assertThat(delay).isNotDone();
        work.close();
        assertThat(events).containsExactly("end@10");
        assertThat(time.now()).isEqualTo(ORIGIN.minus(Duration.ofHours(1)).plusSeconds(10));
    }

    @Test
    void manyThreadsSeeOneTime() {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        TimeSource.Activity preparation = time.activity();
        try {
            List<CompletableFuture<Void>> chains = IntStream.rangeClosed(1, 50)
                    .mapToObj(i -> chain(threads, i))
                    .toList();
            CompletableFuture<Void> all = CompletableFuture.allOf(chains.toArray(CompletableFuture[]::new));
            preparation.close();
            all.join();
        } finally {
            threads.shutdownNow();
        }

        // The longest chain is the last to end; every step happened at its own time, and the order never went back.
        assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(50 * 3));
        List<Long> times = events.stream().map(Long::valueOf).toList();
        assertThat(times).hasSize(150).isSorted();
    }

    /** Three delays, with work on another thread after each. */
    private CompletableFuture<Void> chain(ExecutorService threads, int seconds) {
        CompletableFuture<Void> chain = CompletableFuture.completedFuture(null);
        for (int i = 0; i < 3; i++) {
            chain = chain.thenCompose(done -> time.delay(Duration.ofSeconds(seconds)))
                    .thenCompose(done -> work(threads));
        }
        return chain;
    }

    private CompletableFuture<Void> work(ExecutorService threads) {
        TimeSource.Activity activity = time.activity();
        CompletableFuture<Void> done = new CompletableFuture<>();
        threads.execute(() -> {
            try (activity) {
                events.add(String.valueOf(time.elapsed().toSeconds()));
                done.complete(null);
            }
        });
        return done;
    }
}
