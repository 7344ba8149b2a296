package io.github.camundabackup.consistency;

import io.github.camundabackup.model.Component;
import java.util.ArrayList;
import java.util.List;

/** Collects the findings of the rules. Not thread-safe. */
final class Findings {
    private final List<Finding> found = new ArrayList<>();

    void add(FindingCode code, String evidence) {
        found.add(Finding.of(code, evidence));
    }

    void add(FindingCode code, Component component, String evidence) {
        found.add(Finding.of(code, component, evidence));
    }

    List<Finding> all() {
        return List.copyOf(found);
    }
}
