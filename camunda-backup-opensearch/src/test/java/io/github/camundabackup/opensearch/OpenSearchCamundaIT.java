package io.github.camundabackup.opensearch;

import io.github.camundabackup.test.camunda.RealCamundaContract;
import io.github.camundabackup.test.engine.EngineKind;

class OpenSearchCamundaIT extends RealCamundaContract {
    OpenSearchCamundaIT() {
        super(EngineKind.OPENSEARCH, OpenSearchStores.STORES);
    }
}
