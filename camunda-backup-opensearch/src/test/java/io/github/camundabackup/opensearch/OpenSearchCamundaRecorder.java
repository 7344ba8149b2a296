package io.github.camundabackup.opensearch;

import io.github.camundabackup.test.camunda.CamundaRecorder;
import io.github.camundabackup.test.engine.EngineKind;

class OpenSearchCamundaRecorder extends CamundaRecorder {
    OpenSearchCamundaRecorder() {
        super(EngineKind.OPENSEARCH);
    }
}
