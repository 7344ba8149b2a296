package io.github.camundabackup.architecture.violations.model;

import io.github.camundabackup.architecture.violations.component.HalfOfACycle;

public interface ModelThatDepends {
    HalfOfACycle other();
}
