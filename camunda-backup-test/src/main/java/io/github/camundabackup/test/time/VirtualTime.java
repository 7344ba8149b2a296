package io.github.camundabackup.test.time;

import io.github.camundabackup.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A virtual time: it stands still while anything is under way, and jumps to the end of the next delay as soon as
 * nothing is. A backup that takes 40 minutes runs in milliseconds, in the same order of events as in real time, and no
 * test sleeps.
 *
 * <p>Thread-safe. Give the same instance to the client's resources and to the simulated cluster.
 */
public final class VirtualTime implements TimeSource {
    private final Object lock = new Object();
    private final PriorityQueue<Delay> delays = new PriorityQueue<>();
    private final Instant origin;
    private long nanos;
    private long wallClockOffset;
    private long sequence;
    private int activities;

    /**
     * @param origin what the clock says at first
     */
    public VirtualTime(Instant origin) {
        this.origin = origin;
    }

    /** Starts at an arbitrary, fixed time. */
    public static VirtualTime create() {
        return new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Override
    public Instant now() {
        synchronized (lock) {
            return origin.plusNanos(nanos + wallClockOffset);
        }
    }

    @Override
    public long nanoTime() {
        synchronized (lock) {
            return nanos;
        }
    }

    /** How much time has passed since the beginning. */
    public Duration elapsed() {
        return Duration.ofNanos(nanoTime());
    }

    /** Sets the wall clock forward or, with a negative duration, back; delays and deadlines do not notice. */
    public void adjustWallClock(Duration by) {
        synchronized (lock) {
            wallClockOffset += by.toNanos();
        }
    }

    @Override
    public CompletableFuture<Void> delay(Duration duration) {
        Delay delay;
        synchronized (lock) {
            long end = saturatedSum(nanos, duration);
            if (end <= nanos) {
                // Nothing has to pass for it, so nothing has to be idle either.
                return CompletableFuture.completedFuture(null);
            }
            delay = new Delay(end, sequence++);
            delays.add(delay);
        }
        delay.future.whenComplete((done, error) -> {
            if (error != null) {
                synchronized (lock) {
                    delays.remove(delay);
                }
            }
        });
        jumpWhileIdle();
        return delay.future;
    }

    @Override
    public Activity activity() {
        synchronized (lock) {
            activities++;
        }
        AtomicBoolean open = new AtomicBoolean(true);
        return () -> {
            if (open.compareAndSet(true, false)) {
                synchronized (lock) {
                    activities--;
                }
                jumpWhileIdle();
            }
        };
    }

    /** A delay of ages must not overflow into the past. */
    private static long saturatedSum(long nanos, Duration duration) {
        try {
            return Math.addExact(nanos, duration.toNanos());
        } catch (ArithmeticException overflow) {
            return duration.isNegative() ? nanos : Long.MAX_VALUE;
        }
    }

    private void jumpWhileIdle() {
        while (true) {
            List<Delay> due = new ArrayList<>();
            synchronized (lock) {
                Delay next = delays.peek();
                if (activities > 0 || next == null) {
                    return;
                }
                nanos = Math.max(nanos, next.end);
                while (next != null && next.end <= nanos) {
                    due.add(delays.remove());
                    next = delays.peek();
                }
                // What follows these delays is work.
                activities++;
            }
            due.forEach(delay -> delay.future.complete(null));
            synchronized (lock) {
                activities--;
            }
        }
    }

    /** How much time has passed, and what keeps it from passing: for a test that hangs. */
    @Override
    public String toString() {
        synchronized (lock) {
            return "virtual time " + Duration.ofNanos(nanos) + ", " + activities + " activities, " + delays.size()
                    + " delays";
        }
    }

    private static final class Delay implements Comparable<Delay> {
        private final CompletableFuture<Void> future = new CompletableFuture<>();
        private final long end;
        private final long sequence;

        Delay(long end, long sequence) {
            this.end = end;
            this.sequence = sequence;
        }

        @Override
        public int compareTo(Delay other) {
            int byEnd = Long.compare(end, other.end);
            return byEnd != 0 ? byEnd : Long.compare(sequence, other.sequence);
        }
    }
}
