package io.github.camundabackup.test.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.test.camunda.CamundaMachine.Room;
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

        CamundaMachine machine = new CamundaMachine(
                List.of(oldJava),
                List.of(
                        new Room(Path.of("/var/tmp"), 3_900_000_000L, 4),
                        new Room(Path.of("target/logs"), 900_000_000L, 1),
                        new Room(Path.of("/var/lib"), 4L << 30, 4)),
                17,
                List.of("setsid", "setpriv"));

        assertThatThrownBy(() -> CamundaParts.find(EngineKind.OPENSEARCH, machine))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("camunda-zeebe-* is not there")
                .hasMessageContaining("s3proxy-* is not there")
                .hasMessageContaining("mvn verify -Preal-camunda -pl camunda-backup-opensearch -am")
                .hasMessageContaining("a JDK 21 or later, and none is in [" + oldJava + "]")
                .hasMessageContaining("CAMUNDA_JAVA_HOME")
                .hasMessageContaining("only 3 GB free in /var/tmp; 4 GB are needed")
                .hasMessageContaining("only 0 GB free in target/logs; 1 GB are needed")
                .hasMessageContaining("The program setsid is not in the PATH")
                .hasMessageContaining("The program setpriv is not in the PATH")
                .hasMessageContaining("only 17 free ports")
                .hasMessageNotContaining("/var/lib");
    }

    @Test
    void looksAtThisMachine(@TempDir Path directory) {
        CamundaMachine here = CamundaMachine.here(directory.resolve("not/yet"));

        assertThat(here.freePorts()).isEqualTo(18);
        assertThat(here.missingPrograms()).isEmpty();
        assertThat(here.rooms())
                .extracting(Room::directory)
                .containsExactly(Path.of(System.getProperty("java.io.tmpdir")), directory.resolve("not/yet"));
        assertThat(here.rooms()).extracting(Room::freeBytes).allMatch(free -> free > 0);
    }
}
