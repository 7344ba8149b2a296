package io.github.camundabackup.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    private static final URI CAMUNDA = URI.create("http://camunda:9600");
    private static final String SECRET = "s3cr3t";

    @ParameterizedTest
    @CsvSource({
        "http://camunda:9600, http://camunda:9600",
        "http://camunda:9600/, http://camunda:9600",
        "http://camunda:9600///, http://camunda:9600",
        "http://camunda:9600/actuator, http://camunda:9600",
        "http://camunda:9600/actuator/, http://camunda:9600",
        "http://camunda:9600//actuator, http://camunda:9600",
        "http://camunda:9600/orchestration, http://camunda:9600/orchestration",
        "http://camunda:9600/orchestration/actuator//, http://camunda:9600/orchestration",
        "http://camunda:9600/a%20b/c, http://camunda:9600/a%20b/c",
        "http://camunda:9600/my-actuator, http://camunda:9600/my-actuator",
        "HTTPS://camunda, https://camunda",
        "http://camunda:65535, http://camunda:65535",
        "http://[::1]:9600/, http://[::1]:9600"
    })
    void isTheBaseOfAllPathsHoweverItIsWritten(URI given, URI base) {
        assertThat(Endpoint.of(given).uri()).isEqualTo(base);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://admin:s3cr3t@camunda:9600",
                "http://s3cr3t@camunda:9600/actuator",
                "https://admin:s3cr3t@my_host:9600",
                "ftp://admin:s3cr3t@camunda",
                "admin:s3cr3t@camunda:9600"
            })
    void refusesCredentialsInTheUriAndDoesNotRepeatThem(String uri) {
        assertThatThrownBy(() -> Endpoint.of(URI.create(uri)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("authentication(Authentication.basic(user, password))")
                .hasMessageNotContaining(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://camunda:9600?token=s3cr3t",
                "http://camunda:9600/actuator?token=s3cr3t#here",
                "http://camunda:9600#s3cr3t",
                "ftp://camunda?token=s3cr3t",
                "http:///actuator?token=s3cr3t"
            })
    void refusesAQueryAndDoesNotRepeatIt(String uri) {
        assertThatThrownBy(() -> Endpoint.of(URI.create(uri)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"camunda:9600", "/actuator", "camunda", "ftp://camunda:9600", ""})
    void saysWhatAUriLooksLikeWhenItGetsSomethingElse(String uri) {
        assertThatThrownBy(() -> Endpoint.of(URI.create(uri)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http://host:9600")
                .hasMessageContaining("\"" + uri + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http:///actuator", "http://my_host:9600", "http://:9600"})
    void wantsAHost(String uri) {
        assertThatThrownBy(() -> Endpoint.of(URI.create(uri)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no valid host")
                .hasMessageContaining(uri);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://camunda:0", "http://camunda:65536", "http://camunda:96000"})
    void wantsAPortThatExists(String uri) {
        assertThatThrownBy(() -> Endpoint.of(URI.create(uri)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "content-length", "Content-Type", "Connection", "Expect", "Upgrade"})
    void keepsTheHeadersThatTheClientSetsItself(String name) {
        assertThatThrownBy(() -> Endpoint.builder(CAMUNDA).header(name, SECRET))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageNotContaining(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "X Custom", "X:Custom", "X-Custom\n", "Schlüssel"})
    void refusesWhatCannotBeTheNameOfAHeader(String name) {
        assertThatThrownBy(() -> Endpoint.builder(CAMUNDA).header(name, SECRET))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cr3t\r\nX-Evil: 1", "s3cr3t\n", "s3cr3t\u0000", "s3cr3t\u20ac"})
    void refusesAHeaderValueThatHttpCannotCarryAndDoesNotRepeatIt(String value) {
        assertThatThrownBy(() -> Endpoint.builder(CAMUNDA).header("X-Token", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("X-Token")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void replacesAHeaderWhicheverCaseItIsWrittenIn() {
        Endpoint endpoint = Endpoint.builder(CAMUNDA)
                .header("X-Tenant", "first")
                .header("x-tenant", "second")
                .build();

        assertThat(endpoint.headers().values()).containsExactly("second");
    }

    @Test
    void doesNotChangeWithItsBuilder() {
        Endpoint.Builder builder = Endpoint.builder(CAMUNDA).header("A", "1");
        Endpoint endpoint = builder.build();

        builder.header("B", "2");

        assertThat(endpoint.headers()).isEqualTo(Map.of("A", "1"));
    }

    @Test
    void wantsTimeoutsGreaterThanZero() {
        for (Duration timeout : new Duration[] {Duration.ZERO, Duration.ofMillis(-1)}) {
            assertThat(catchThrowable(() -> Endpoint.builder(CAMUNDA).connectTimeout(timeout)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("connect timeout");
            assertThat(catchThrowable(() -> Endpoint.builder(CAMUNDA).requestTimeout(timeout)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("request timeout");
        }
    }

    @Test
    void showsWhereAndHowButNoSecret() {
        Endpoint endpoint = Endpoint.builder(CAMUNDA)
                .authentication(Authentication.basic("admin", SECRET))
                .header("X-Api-Key", SECRET)
                .build();

        assertThat(endpoint)
                .asString()
                .contains("http://camunda:9600", "basic", "X-Api-Key")
                .doesNotContain(SECRET);
        assertThat(Endpoint.builder(CAMUNDA).header("X-Api-Key", SECRET))
                .asString()
                .doesNotContain(SECRET);
    }
}
