package io.github.camundabackup.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.error.RemoteCall;
import io.github.camundabackup.error.UnreachableException;
import io.github.camundabackup.error.UnreachableException.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What no test can make a real network do. For the rest, see {@link HttpApiFailureTest}. */
class FailuresTest {
    private static final RemoteCall CALL =
            new RemoteCall("read the thing", "Operate", "GET", URI.create("http://operate:9600/thing"));

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(connecting(new ConnectException("Connection refused")), Reason.REFUSED),
                Arguments.of(connecting(new ClosedChannelException()), Reason.REFUSED),
                Arguments.of(connecting(new ConnectException("Connection timed out")), Reason.NOT_CONNECTED),
                Arguments.of(connecting(new NoRouteToHostException("No route to host")), Reason.NOT_CONNECTED),
                Arguments.of(
                        new HttpConnectTimeoutException("HTTP connect timed out")
                                .initCause(new ConnectException("HTTP connect timed out")),
                        Reason.NOT_CONNECTED),
                Arguments.of(new HttpConnectTimeoutException("slow"), Reason.NOT_CONNECTED),
                Arguments.of(new SSLHandshakeException("bad certificate"), Reason.NOT_CONNECTED),
                Arguments.of(new SSLException("closed"), Reason.CUT_OFF),
                Arguments.of(new ClosedChannelException(), Reason.CUT_OFF),
                Arguments.of(new IOException("connection reset"), Reason.CUT_OFF));
    }

    /** As {@code java.net.http} tells of it. */
    private static Throwable connecting(IOException cause) {
        return new ConnectException(cause.getMessage()).initCause(cause);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void tellHowFarTheRequestCame(Throwable failure, Reason reason) {
        assertThat(Failures.translate(CALL, Duration.ofSeconds(1), failure))
                .isInstanceOfSatisfying(UnreachableException.class, e -> {
                    assertThat(e.reason()).isEqualTo(reason);
                    assertThat(e.mayHaveHappened()).isEqualTo(reason == Reason.CUT_OFF);
                });
    }
}
