package io.github.camundabackup.samples.restoredrill;

import io.github.camundabackup.error.WaitTimedOutException;
import io.github.camundabackup.runtime.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Polls until nothing is in the way any more, or until a deadline. */
final class Await {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final TimeSource time;
    private final Duration deadline;

    Await(TimeSource time, Duration deadline) {
        this.time = time;
        this.deadline = deadline;
    }

    /**
     * @param problem what is in the way now; empty if nothing is
     * @throws WaitTimedOutException with the last problem
     */
    void await(String what, Supplier<Optional<String>> problem) {
        long start = time.nanoTime();
        Optional<String> last = problem.get();
        while (last.isPresent()) {
            Duration waited = Duration.ofNanos(time.nanoTime() - start);
            if (waited.compareTo(deadline) >= 0) {
                throw new WaitTimedOutException(what, waited, last.get());
            }
            time.delay(BETWEEN_LOOKS).join();
            last = problem.get();
        }
    }
}
