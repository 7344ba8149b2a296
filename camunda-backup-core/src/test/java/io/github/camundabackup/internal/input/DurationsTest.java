package io.github.camundabackup.internal.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.camundabackup.backup.BackupSettings;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.restore.plan.RestoreSettings;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    static final List<Duration> WRONG =
            List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofDays(366), ChronoUnit.FOREVER.getDuration());

    @ParameterizedTest
    @FieldSource("WRONG")
    void refusesWhatCannotBeWaitedFor(Duration wrong) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.positive(wrong, "pause limit"))
                .withMessageContaining("The pause limit must be")
                .withMessageContaining(wrong.toString());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 365L * 24 * 3600 * 1000})
    void takesAllOthers(long millis) {
        Duration right = Duration.ofMillis(millis);
        assertThat(Durations.positive(right, "pause limit")).isEqualTo(right);
    }

    static Stream<Consumer<Duration>> settings() {
        return Stream.of(
                duration -> BackupSettings.builder().pauseLimit(duration),
                duration -> BackupSettings.builder().resumeTimeout(duration),
                duration -> BackupSettings.builder().stepTimeout(duration),
                duration -> RestoreSettings.builder().stepTimeout(duration),
                duration -> Endpoint.builder(URI.create("http://localhost")).requestTimeout(duration),
                duration -> Endpoint.builder(URI.create("http://localhost")).connectTimeout(duration));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void everySettingRefusesForever(Consumer<Duration> setting) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> setting.accept(ChronoUnit.FOREVER.getDuration()))
                .withMessageContaining("365 days");
    }
}
