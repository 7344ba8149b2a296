package io.github.camundabackup.test.camunda;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.test.engine.EngineKind;
import org.junit.jupiter.api.Test;

class CamundaPartsTest {

    @Test
    void tellsInOneMessageWhatTheBuildHasNotFetched() {
        assertThatThrownBy(() -> CamundaParts.find(EngineKind.OPENSEARCH))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("camunda-zeebe-* is not there")
                .hasMessageContaining("s3proxy-* is not there")
                .hasMessageContaining("mvn verify -Preal-camunda -pl camunda-backup-opensearch -am");
    }
}
