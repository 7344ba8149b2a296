package io.github.camundabackup.internal.concurrent;

import io.github.camundabackup.runtime.Pace;
import io.github.camundabackup.runtime.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * The paces of what is waited for together, where only the end of all counts. The one that seems to end last is asked
 * often, the others now and then, so that it is seen when they fail; when the one has ended, the next is asked at once,
 * and often. So the end of all is seen as soon as if each was asked often. Thread-safe.
 */
public final class CloseWatch {
    /** After the next question, one part of so many is left of what is left now. */
    private static final int APPROACH = 4;
    /** One part of so many of the time waited: so late is the end seen at worst, if an estimate was wrong. */
    private static final int TRUST = 5;

    private static final int TRUST_IF_URGENT = 7;
    /** An estimate that goes down to nothing, and stays there, must not lead to ever more questions. */
    private static final int CLOSEST = 8;

    private static final Duration SELDOM = Duration.ofSeconds(5);
    private static final Duration SELDOM_IF_URGENT = Duration.ofSeconds(1);

    private final TimeSource time;
    private final LatenessBudget budget;
    private final boolean urgent;
    private final List<Seat> unfinished = new ArrayList<>();

    /**
     * @param budget of all waits that follow each other
     * @param urgent whether something is held up meanwhile, as by a pause of exporting: then the others are asked more
     *     often
     */
    public CloseWatch(TimeSource time, LatenessBudget budget, boolean urgent) {
        this.time = time;
        this.budget = budget;
        this.urgent = urgent;
    }

    /** One more to wait for. */
    public synchronized Seat join() {
        Seat seat = new Seat();
        unfinished.add(seat);
        return seat;
    }

    /** The first that shows nothing of its end; if all do, the one whose end is the latest. */
    private Optional<Seat> watched() {
        return unfinished.stream()
                .filter(seat -> seat.end.isEmpty())
                .findFirst()
                .or(() -> unfinished.stream().max(Comparator.comparingLong(seat -> seat.end.orElse(0))));
    }

    private boolean isWatched(Seat seat) {
        return watched().filter(watched -> watched == seat).isPresent();
    }

    private Duration ofTheWatched(Duration waited, Optional<Duration> left) {
        Duration usual = Proportion.within(Proportion.SHORTEST, budget.left(), Proportion.LONGEST);
        // The end of one before the last need not be seen to the point.
        Duration shortest = unfinished.size() > 1 ? usual : longer(Proportion.SHORTEST, usual.dividedBy(CLOSEST));
        return left.map(estimate -> Proportion.within(
                        shortest,
                        estimate.minus(estimate.dividedBy(APPROACH)),
                        Proportion.within(
                                usual, waited.dividedBy(urgent ? TRUST_IF_URGENT : TRUST), Proportion.LONGEST)))
                .orElse(usual);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private Duration ofTheOthers(Duration waited) {
        return urgent
                ? Proportion.within(SELDOM_IF_URGENT, waited.dividedBy(4), Proportion.LONGEST)
                : Proportion.within(SELDOM, waited, Proportion.LONGEST.multipliedBy(2));
    }

    /** The pace of one of them. */
    public final class Seat implements Pace {
        private OptionalLong end = OptionalLong.empty();
        private Duration lastPause = Duration.ZERO;
        private boolean hurried;
        private CompletableFuture<Void> wait = CompletableFuture.completedFuture(null);

        private Seat() {}

        @Override
        public Duration untilNext(Duration waited, Optional<Duration> left) {
            Optional<Seat> relieved = Optional.empty();
            Duration pause;
            synchronized (CloseWatch.this) {
                boolean before = isWatched(this);
                end = left.map(estimate -> OptionalLong.of(time.nanoTime() + estimate.toNanos()))
                        .orElseGet(OptionalLong::empty);
                boolean now = isWatched(this);
                if (before && !now) {
                    relieved = watched();
                }
                pause = now ? ofTheWatched(waited, left) : ofTheOthers(waited);
                lastPause = pause;
            }
            relieved.ifPresent(Seat::hurry);
            return pause;
        }

        @Override
        public void begins(CompletableFuture<Void> begun) {
            boolean now;
            synchronized (CloseWatch.this) {
                wait = begun;
                now = hurried;
                hurried = false;
            }
            if (now) {
                begun.complete(null);
            }
        }

        private void hurry() {
            CompletableFuture<Void> begun;
            synchronized (CloseWatch.this) {
                begun = wait;
                hurried = begun.isDone();
            }
            begun.complete(null);
        }

        /** It has ended: the next one is asked at once. */
        public void leave() {
            Optional<Seat> next;
            synchronized (CloseWatch.this) {
                boolean before = isWatched(this);
                unfinished.removeIf(other -> other == this);
                next = watched().filter(seat -> before);
                if (before && unfinished.isEmpty()) {
                    budget.spend(lastPause);
                }
            }
            next.ifPresent(Seat::hurry);
        }
    }
}
