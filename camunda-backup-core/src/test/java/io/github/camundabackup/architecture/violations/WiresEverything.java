package io.github.camundabackup.architecture.violations;

public final class WiresEverything {
    private WiresEverything() {}

    public static WiresEverything wire() {
        return new WiresEverything();
    }

    public boolean isWired() {
        return true;
    }
}
