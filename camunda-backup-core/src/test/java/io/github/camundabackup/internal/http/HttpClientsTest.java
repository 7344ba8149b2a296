package io.github.camundabackup.internal.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpClientsTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "true", "TRUE"})
    void aProcessInWhichRequestsAreRepeatedBlindlyTakesNoBackups(String property) {
        assertThatThrownBy(() -> HttpClients.requireThatNothingIsRepeatedBlindly(property))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("jdk.httpclient.enableAllMethodRetry");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "false")
    void otherProcessesDo(String property) {
        assertThatCode(() -> HttpClients.requireThatNothingIsRepeatedBlindly(property))
                .doesNotThrowAnyException();
    }

    @Test
    void soDoesThisOne() {
        assertThatCode(() -> HttpClients.requireThatNothingIsRepeatedBlindly(
                        System.getProperty("jdk.httpclient.enableAllMethodRetry")))
                .doesNotThrowAnyException();
    }
}
