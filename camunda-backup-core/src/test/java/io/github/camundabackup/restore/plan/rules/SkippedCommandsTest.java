package io.github.camundabackup.restore.plan.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SkippedCommandsTest {
    @ParameterizedTest
    @ValueSource(strings = {"8.5.0", "8.5.24", "8.6.0", "8.6.30", "8.6.30-rc1", "8.7.0-alpha2", "8.7.18"})
    void versionsWhoseRestoredBrokersSkipCommandsAreWarnedOf(String version) {
        assertThat(SkippedCommands.warning(Set.of(version)))
                .hasValueSatisfying(warning -> assertThat(warning).contains("Zeebe " + version, "camunda#41325"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.6.31",
                "8.6.100",
                "8.7.19",
                "8.7.20-snapshot",
                "8.8.0",
                "8.8.0-alpha5",
                "8.10.1",
                "9.6.0",
                "8.6",
                "development"
            })
    void ofOthersNothingIsSaid(String version) {
        assertThat(SkippedCommands.warning(Set.of(version))).isEmpty();
    }

    @Test
    void oneVersionOfSeveralIsEnough() {
        assertThat(SkippedCommands.warning(List.of("8.6.31", "8.6.30"))).isPresent();
        assertThat(SkippedCommands.warning(List.of())).isEmpty();
    }
}
