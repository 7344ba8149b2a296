package io.github.camundabackup.elasticsearch;

import io.github.camundabackup.test.camunda.CamundaRecorder;
import io.github.camundabackup.test.engine.EngineKind;

class ElasticsearchCamundaRecorder extends CamundaRecorder {
    ElasticsearchCamundaRecorder() {
        super(EngineKind.ELASTICSEARCH);
    }
}
