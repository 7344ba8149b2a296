package io.github.camundabackup.architecture.violations.component;

import io.github.camundabackup.architecture.violations.snapshot.OtherHalfOfACycle;

public interface HalfOfACycle {
    OtherHalfOfACycle other();
}
