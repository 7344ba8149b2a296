package io.github.camundabackup.internal.objectstore;

import io.github.camundabackup.error.ObjectStoreException;
import io.github.camundabackup.error.ObjectStoreException.Reason;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** What failures mean that are the same for every vendor. */
public final class Failures {
    private Failures() {}

    /**
     * What an HTTP status means that says nothing more precise.
     *
     * @param said what the store said besides; may be empty
     * @param permission what whoever asks needs for that
     */
    public static ObjectStoreException ofStatus(
            Attempt attempt, int status, String said, String permission, Throwable cause) {
        String answered = answered(status, said);
        return switch (status) {
            case 401 ->
                failure(Reason.UNAUTHENTICATED, attempt, answered + " The credentials are missing or wrong.", cause);
            case 403 -> failure(Reason.FORBIDDEN, attempt, answered + " Needed is " + permission + ".", cause);
            case 429, 503 -> failure(Reason.BUSY, attempt, answered + " Waiting helps.", cause);
            case 408, 500, 502, 504 -> failure(Reason.UNREACHABLE, attempt, answered + " It may pass.", cause);
            default ->
                failure(
                        Reason.OTHER,
                        attempt,
                        answered + " If that is not what this store says, look at its address, and at what is between.",
                        cause);
        };
    }

    /** What a failure means that came without an answer, or with one that is not the store's. */
    public static ObjectStoreException ofNoAnswer(Attempt attempt, Throwable failure) {
        Optional<IOException> io = cause(failure, IOException.class);
        if (io.isEmpty()) {
            return failure(
                    Reason.OTHER,
                    attempt,
                    failure + ". If it cannot read the answer, look at the store's address, and at what is between.",
                    failure);
        }
        IOException cause = io.get();
        if (cause instanceof SSLHandshakeException || cause instanceof SSLPeerUnverifiedException) {
            return failure(
                    Reason.OTHER, attempt, cause + ". Does this JVM trust the authority of its certificate?", failure);
        }
        String text =
                cause instanceof UnknownHostException ? "its host is not known: " + cause.getMessage() : "" + cause;
        return failure(Reason.UNREACHABLE, attempt, text + ".", failure);
    }

    public static ObjectStoreException failure(Reason reason, Attempt attempt, String why, @Nullable Throwable cause) {
        return new ObjectStoreException(reason, attempt.text() + " failed: " + why, cause);
    }

    /** How a sentence says what a store answered. */
    public static String answered(int status, String said) {
        return "it answered " + status + (said.isBlank() ? "" : ", " + stripped(said)) + ".";
    }

    /** The outermost cause of a kind, and the failure itself first. */
    public static <T> Optional<T> cause(Throwable failure, Class<T> kind) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return Optional.of(kind.cast(cause));
            }
        }
        return Optional.empty();
    }

    private static String stripped(String said) {
        String text = said.strip();
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
