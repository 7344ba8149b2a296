package io.github.camundabackup.architecture.violations.snapshot;

import io.github.camundabackup.architecture.violations.component.HalfOfACycle;

public interface OtherHalfOfACycle {
    HalfOfACycle other();
}
