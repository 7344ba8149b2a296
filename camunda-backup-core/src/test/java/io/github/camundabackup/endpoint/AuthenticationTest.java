package io.github.camundabackup.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest {

    @Test
    void encodesUserAndPasswordAsRfc7617Shows() {
        assertThat(Authentication.basic("Aladdin", "open sesame").authorizationHeader())
                .contains("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assertThat(Authentication.basic("test", "123£").authorizationHeader()).contains("Basic dGVzdDoxMjPCow==");
    }

    @Test
    void refusesAColonInAUserName() {
        assertThatThrownBy(() -> Authentication.basic("a:b", "s3cr3t"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cr3t");
    }

    @Test
    void asksForABearerTokenEachTime() {
        Iterator<String> tokens = List.of("one", "two").iterator();
        Authentication bearer = Authentication.bearer(tokens::next);

        assertThat(bearer.authorizationHeader()).contains("Bearer one");
        assertThat(bearer.authorizationHeader()).contains("Bearer two");
        assertThat(bearer.isRefreshable()).isTrue();
    }

    @Test
    void sendsAnApiKeyAsItIs() {
        assertThat(Authentication.apiKey("VnVhQ2ZHY0JDZGJrUW0tZTVhT3g6dWkybHAyYXhUTm1zeWFrdzl0dk5udw==")
                        .authorizationHeader())
                .contains("ApiKey VnVhQ2ZHY0JDZGJrUW0tZTVhT3g6dWkybHAyYXhUTm1zeWFrdzl0dk5udw==");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s3cr3t\n", "s3cr3t s3cr3t"})
    void refusesAnApiKeyThatCannotBeOneAndDoesNotRepeatIt(String key) {
        assertThatThrownBy(() -> Authentication.apiKey(key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("API key")
                .hasMessageNotContaining("s3cr3t");
    }

    @Test
    void isNothingWhereNoneIsWanted() {
        assertThat(Authentication.none().authorizationHeader()).isEmpty();
        assertThat(Authentication.none().isRefreshable()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void showsItsSchemeOnly(Authentication authentication) {
        assertThat(authentication).asString().isNotBlank().doesNotContain("s3cr3t", "user");
    }

    static Stream<Authentication> secrets() {
        return Stream.of(
                Authentication.basic("user", "s3cr3t"),
                Authentication.bearer(() -> "s3cr3t"),
                Authentication.apiKey("s3cr3t"));
    }
}
