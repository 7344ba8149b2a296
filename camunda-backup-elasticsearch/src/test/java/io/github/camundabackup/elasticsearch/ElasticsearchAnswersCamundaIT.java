package io.github.camundabackup.elasticsearch;

import io.github.camundabackup.test.camunda.CamundaAnswersContract;
import io.github.camundabackup.test.engine.EngineKind;

class ElasticsearchAnswersCamundaIT extends CamundaAnswersContract {
    ElasticsearchAnswersCamundaIT() {
        super(EngineKind.ELASTICSEARCH);
    }
}
