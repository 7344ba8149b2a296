package io.github.camundabackup.architecture.violations.endpoint;

import io.github.camundabackup.architecture.violations.component.HalfOfACycle;

public interface EndpointThatDepends {
    HalfOfACycle other();
}
