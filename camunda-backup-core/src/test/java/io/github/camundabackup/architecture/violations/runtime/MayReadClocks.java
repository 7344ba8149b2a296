package io.github.camundabackup.architecture.violations.runtime;

import java.time.Instant;

public final class MayReadClocks {
    public Instant now() {
        return Instant.now();
    }
}
