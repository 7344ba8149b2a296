package io.github.camundabackup.test.simulation;

import io.github.camundabackup.test.simulation.model.Invariant;
import io.github.camundabackup.test.simulation.model.Violation;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The violations of invariants in a simulated cluster up to now. A copy: ask again after something happened. */
public final class Invariants {
    private final List<Violation> violations;
    private final String journal;

    Invariants(List<Violation> violations, String journal) {
        this.violations = violations;
        this.journal = journal;
    }

    /** What did not hold, in the order of the events; empty if all is well. */
    public List<Violation> violations() {
        return violations;
    }

    /** The violations of one invariant. */
    public List<Violation> violations(Invariant invariant) {
        return violations.stream().filter(v -> v.invariant() == invariant).toList();
    }

    /**
     * Fails a test if anything did not hold.
     *
     * @param except invariants that the test breaks on purpose, such as {@link Invariant#NOTHING_IS_DELETED} in a test
     *     of deletion
     * @throws AssertionError with the violations, and with all requests that led to them
     */
    public void assertHold(Invariant... except) {
        List<Violation> unexpected = violations.stream()
                .filter(v -> !Arrays.asList(except).contains(v.invariant()))
                .toList();
        if (!unexpected.isEmpty()) {
            throw new AssertionError(
                    unexpected.stream().map(Violation::toString).collect(Collectors.joining("\n")) + "\nafter\n"
                            + journal);
        }
    }

    @Override
    public String toString() {
        return violations.toString();
    }
}
