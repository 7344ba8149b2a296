package io.github.camundabackup.test.simulation.model;

import java.util.Objects;

/**
 * An invariant that did not hold.
 *
 * @param invariant which one
 * @param description what happened instead, in words
 */
public record Violation(Invariant invariant, String description) {
    public Violation {
        Objects.requireNonNull(invariant, "invariant");
        Objects.requireNonNull(description, "description");
    }

    @Override
    public String toString() {
        return invariant + ": " + description;
    }
}
