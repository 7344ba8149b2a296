package io.github.camundabackup.architecture.violations.component;

import io.github.camundabackup.architecture.violations.WiresEverything;

public final class DependsOnTheRoot {
    private final WiresEverything everything = WiresEverything.wire();

    boolean isWired() {
        return everything.isWired();
    }
}
