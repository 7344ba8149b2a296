package io.github.camundabackup.internal.http;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.RemoteCall;
import io.github.camundabackup.error.RequestTimedOutException;
import io.github.camundabackup.error.UnexpectedAnswerException;
import io.github.camundabackup.error.UnreachableException;
import io.github.camundabackup.error.UnreachableException.Reason;
import io.github.camundabackup.internal.concurrent.Futures;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * Turns what the JDK's HTTP client throws into errors that say what happened and whether the request may have had its
 * effect.
 */
final class Failures {
    private Failures() {}

    static CamundaBackupException translate(RemoteCall call, Duration timeout, Throwable error) {
        Throwable failure = Futures.unwrap(error);
        if (failure instanceof CamundaBackupException known) {
            return known;
        }
        if (failure instanceof HttpConnectTimeoutException || failure instanceof ConnectException) {
            return isCausedBy(failure, UnresolvedAddressException.class)
                    ? unknownHost(call, failure)
                    : new UnreachableException(
                            call,
                            isRefused(failure) ? Reason.REFUSED : Reason.NOT_CONNECTED,
                            "could not be connected to"
                                    + (failure instanceof HttpConnectTimeoutException
                                            ? " in time"
                                            : " (refused, or no route to it)")
                                    + ". Check that it runs, its port, and the firewalls and network policies between.",
                            failure);
        }
        if (failure instanceof UnknownHostException || failure instanceof UnresolvedAddressException) {
            return unknownHost(call, failure);
        }
        if (failure instanceof TimeoutException || failure instanceof HttpTimeoutException) {
            return new RequestTimedOutException(call, timeout);
        }
        if (failure instanceof SSLException) {
            boolean handshake = failure instanceof SSLHandshakeException
                    || String.valueOf(failure.getMessage()).contains("nrecognized SSL message");
            return new UnreachableException(
                    call,
                    handshake ? Reason.NOT_CONNECTED : Reason.CUT_OFF,
                    "could not be spoken to over TLS (" + failure.getMessage() + validity(failure)
                            + "). Check whether the port speaks TLS, whether its certificate is trusted and made out for this"
                            + " host name, and whether it wants a client certificate.",
                    failure);
        }
        if (failure instanceof Bodies.BodyException body) {
            return new UnexpectedAnswerException(
                    call,
                    body.status(),
                    "answered with status " + body.status() + " and " + body.getMessage() + ".",
                    failure);
        }
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof ProtocolException
                || message.contains("tatus line")
                || message.contains("Invalid header")) {
            return new UnexpectedAnswerException(
                    call,
                    0,
                    "answered with something that is no HTTP (" + printable(message)
                            + "). Check the port (a gRPC or transport port does not answer here) and whether it wants https.",
                    failure);
        }
        return new UnreachableException(
                call,
                Reason.CUT_OFF,
                "broke the connection before the answer was complete (" + failure
                        + "). Whether the request was carried out is not known from this."
                        // As servers do that are spoken to in plain words on a port that speaks TLS.
                        + ("http".equalsIgnoreCase(call.uri().getScheme()) && message.contains("received no bytes")
                                ? " If every request ends so, the port speaks TLS: the URI must begin with https."
                                : ""),
                failure);
    }

    /** The JDK says only that a check of the validity has failed. */
    private static String validity(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                return ": the certificate has expired, " + cause.getMessage();
            }
            if (cause instanceof CertificateNotYetValidException) {
                return ": the certificate is not valid yet, " + cause.getMessage();
            }
        }
        return "";
    }

    private static String printable(String garbage) {
        String text = garbage.replaceAll("[^\\x20-\\x7e]+", " ");
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }

    private static UnreachableException unknownHost(RemoteCall call, Throwable failure) {
        return new UnreachableException(
                call,
                Reason.NOT_CONNECTED,
                "could not be found: the host name \"" + call.uri().getHost()
                        + "\" does not resolve. Check the URI and DNS.",
                failure);
    }

    /**
     * The JDK has one exception for all that goes wrong while connecting, and puts what it was into its cause. Of a
     * refusal, JDK 17 to 25 say only that the channel was closed: they had tried the same one once more.
     */
    private static boolean isRefused(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return failure instanceof ConnectException
                && (root.getClass() == ConnectException.class || root instanceof ClosedChannelException)
                && !String.valueOf(root.getMessage()).contains("timed out");
    }

    private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
