package io.github.camundabackup.test.camunda;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.test.engine.EngineKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CamundaPartsTest {

    @Test
    void tellsInOneMessageAllThatIsMissing(@TempDir Path oldJava) throws IOException {
        Files.writeString(oldJava.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");

        assertThatThrownBy(() ->
                        CamundaParts.find(EngineKind.OPENSEARCH, List.of(oldJava), Path.of("/var/tmp"), 3_900_000_000L))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("camunda-zeebe-* is not there")
                .hasMessageContaining("s3proxy-* is not there")
                .hasMessageContaining("mvn verify -Preal-camunda -pl camunda-backup-opensearch -am")
                .hasMessageContaining("a JDK 21 or later, and none is in [" + oldJava + "]")
                .hasMessageContaining("CAMUNDA_JAVA_HOME")
                .hasMessageContaining("only 3 GB free in /var/tmp; 4 GB are needed");
    }
}
