package io.github.camundabackup.architecture.violations.error;

import io.github.camundabackup.architecture.violations.component.HalfOfACycle;

public interface ErrorThatDepends {
    HalfOfACycle other();
}
