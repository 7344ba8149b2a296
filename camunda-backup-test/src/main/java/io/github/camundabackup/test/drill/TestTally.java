package io.github.camundabackup.test.drill;

import java.util.ArrayList;
import java.util.List;

/** Counts how the tests of a drill ended. Thread-safe. */
final class TestTally {
    private final List<String> failures = new ArrayList<>();
    private int passed;

    synchronized void passed() {
        passed++;
    }

    synchronized void failed(String test, Throwable failure) {
        failures.add(test + ": " + failure);
    }

    synchronized int passes() {
        return passed;
    }

    synchronized List<String> failures() {
        return List.copyOf(failures);
    }
}
