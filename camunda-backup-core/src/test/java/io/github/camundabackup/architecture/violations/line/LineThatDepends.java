package io.github.camundabackup.architecture.violations.line;

import io.github.camundabackup.architecture.violations.component.HalfOfACycle;

public interface LineThatDepends {
    HalfOfACycle other();
}
