package io.github.camundabackup.architecture.violations.backup;

import io.github.camundabackup.architecture.violations.recovery.engine.Hidden;

interface KnowsTheRecovery {
    Hidden recovery();
}
