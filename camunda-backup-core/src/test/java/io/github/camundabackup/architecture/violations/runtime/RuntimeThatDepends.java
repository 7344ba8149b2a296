package io.github.camundabackup.architecture.violations.runtime;

import io.github.camundabackup.architecture.violations.component.HalfOfACycle;

public interface RuntimeThatDepends {
    HalfOfACycle other();
}
