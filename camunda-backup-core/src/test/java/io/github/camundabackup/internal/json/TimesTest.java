package io.github.camundabackup.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

    // The first three were recorded: Operate 8.6.0, Zeebe's standalone broker 8.6.0, Spring's own errors.
    @ParameterizedTest
    @CsvSource({
        "2026-11-20T18:08:45.455+0000,            2026-11-20T18:08:45.455Z",
        "2026-11-20T18:09:25.210825773Z,          2026-11-20T18:09:25.210825773Z",
        "2026-11-20T18:09:24.484+00:00,           2026-11-20T18:09:24.484Z",
        "2026-11-20T18:08:45Z,                    2026-11-20T18:08:45Z",
        "2026-11-20T18:08:45+02:00,               2026-11-20T16:08:45Z",
        "2026-11-20T18:08:45+0200,                2026-11-20T16:08:45Z",
        "2026-11-20T18:08:45.1-0530,              2026-11-20T23:38:45.1Z",
        "2026-11-20T18:08:45.123456789-05:30,     2026-11-20T23:38:45.123456789Z"
    })
    void readsTheFormsOfAllComponents(String text, Instant time) {
        assertThat(Times.parse(text)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "yesterday",
                "1763661600000",
                "2026-11-20",
                "2026-11-20T18:08:45",
                "2026-13-20T18:08:45Z",
                "2026-11-20T18:08:45.1234567890Z",
                "2026-11-20T18:08:45Z trailing"
            })
    void isEmptyForWhatIsNoTime(String text) {
        assertThat(Times.parse(text)).isEmpty();
    }
}
