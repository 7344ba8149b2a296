package io.github.camundabackup.elasticsearch;

import io.github.camundabackup.test.camunda.RealCamundaContract;
import io.github.camundabackup.test.engine.EngineKind;

class ElasticsearchCamundaIT extends RealCamundaContract {
    ElasticsearchCamundaIT() {
        super(EngineKind.ELASTICSEARCH, ElasticsearchStores.STORES);
    }
}
