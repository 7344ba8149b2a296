package io.github.camundabackup.architecture.violations.error;

import io.github.camundabackup.architecture.violations.model.Allowed;

public interface DependsOnModel {
    Allowed model();
}
