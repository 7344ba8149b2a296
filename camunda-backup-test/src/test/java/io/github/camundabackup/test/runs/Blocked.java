package io.github.camundabackup.test.runs;

import java.util.concurrent.CountDownLatch;

/** What code of others does that hangs, until a test lets it go. */
final class Blocked {
    private Blocked() {}

    /** Does not return before; an interruption ends it, too. */
    static void until(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
