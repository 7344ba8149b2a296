package io.github.camundabackup.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupIdTest {

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void isGreaterThanZero(long value) {
        assertThatThrownBy(() -> BackupId.of(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("greater than 0")
                .hasMessageContaining(Long.toString(value));
    }

    @Test
    void readsWhatAnOperatorTypes() {
        assertThat(BackupId.parse(" 1700000000\n")).isEqualTo(BackupId.of(1_700_000_000));
        assertThat(BackupId.parse("9223372036854775807")).isEqualTo(BackupId.of(Long.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "17x", "1.5", "0", "-17", "9223372036854775808"})
    void refusesWhatIsNoId(String text) {
        assertThatThrownBy(() -> BackupId.parse(text))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("greater than 0");
    }

    @Test
    void isTheUnixTimeInSeconds() {
        assertThat(BackupId.ofEpochSecond(Instant.parse("2023-11-14T22:13:20.999Z")))
                .isEqualTo(BackupId.of(1_700_000_000));
    }

    @Test
    void tellsMillisecondsFromSeconds() {
        assertThat(BackupId.of(1_700_000_000).looksLikeMilliseconds()).isFalse();
        assertThat(BackupId.of(999_999_999_999L).looksLikeMilliseconds()).isFalse();
        assertThat(BackupId.of(1_000_000_000_000L).looksLikeMilliseconds()).isTrue();
    }

    @Test
    void growsAsANumberAndNotAsAText() {
        assertThat(BackupId.of(9)).isLessThan(BackupId.of(10));
        assertThat(BackupId.of(10)).isEqualByComparingTo(BackupId.of(10));
    }

    @Test
    void isShownAsTheBareNumber() {
        assertThat(BackupId.of(17)).hasToString("17");
    }
}
