package io.github.camundabackup.opensearch;

import io.github.camundabackup.test.camunda.CamundaAnswersContract;
import io.github.camundabackup.test.engine.EngineKind;

class OpenSearchAnswersCamundaIT extends CamundaAnswersContract {
    OpenSearchAnswersCamundaIT() {
        super(EngineKind.OPENSEARCH);
    }
}
