package io.github.camundabackup.test.simulation.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A fault of one request. Immutable.
 *
 * @param kind what happens
 * @param status the HTTP status for the kinds that have one, otherwise 0
 * @param delay how long the body is held back for {@link Kind#SLOW_BODY}, in real time; otherwise zero
 */
public record Fault(Kind kind, int status, Duration delay) {

    /** What can go wrong with a request. */
    public enum Kind {
        /** An error status, as from a proxy; the request does not reach the server. */
        STATUS(false),
        /**
         * The server carries the request out, and the client gets an error status, as from a proxy that did not wait.
         */
        STATUS_AFTERWARDS(true),
        /** The connection is cut before the request reaches the server. */
        CUT_BEFORE(false),
        /**
         * The server carries the request out, and the connection is cut before the answer: the reply is lost although
         * it happened.
         */
        CUT_AFTERWARDS(true),
        /** The connection is cut in the middle of the body. */
        CUT_IN_BODY(true),
        /** The second half of the body comes late. */
        SLOW_BODY(true),
        /** The second half of the body never comes; the connection stays open until the cluster is closed. */
        STALLED_BODY(true),
        /** The request does not reach the server, and no answer ever comes. */
        SILENCE(false),
        /** The server carries the request out, and no answer ever comes. */
        SILENCE_AFTERWARDS(true),
        /** The body is complete as HTTP, but its JSON ends in the middle. */
        TRUNCATED_JSON(true),
        /** The body is JSON of an entirely different shape. */
        NONSENSE_JSON(true),
        /** The body is missing. */
        EMPTY_BODY(true),
        /** A login page with status 200; the request does not reach the server. */
        LOGIN_PAGE(false),
        /** A redirect to a login page; the request does not reach the server. */
        REDIRECT(false),
        /**
         * HTTP 200 with the status of the failure in the body, as Camunda's exporting endpoint answers; the request has
         * no effect. For one that leaves half an effect behind, see {@code Faults.refusePause}.
         */
        INNER_FAILURE(false);

        private final boolean carriedOut;

        Kind(boolean carriedOut) {
            this.carriedOut = carriedOut;
        }

        /** Whether the request has its effect all the same. */
        public boolean isCarriedOut() {
            return carriedOut;
        }
    }

    /**
     * @throws IllegalArgumentException if a delay is negative, or a status is none
     */
    public Fault {
        Objects.requireNonNull(kind, "kind");
        if (delay.isNegative()) {
            throw new IllegalArgumentException("A delay cannot be negative, but was " + delay);
        }
        boolean needsStatus = kind == Kind.STATUS || kind == Kind.STATUS_AFTERWARDS || kind == Kind.INNER_FAILURE;
        if (needsStatus && (status < 200 || status > 599)) {
            throw new IllegalArgumentException("Not an HTTP status that ends a request: " + status);
        }
    }

    /** An error status; the request does not reach the server. */
    public static Fault status(int status) {
        return new Fault(Kind.STATUS, status, Duration.ZERO);
    }

    /** The request is carried out, and answered with an error status. */
    public static Fault statusAfterwards(int status) {
        return new Fault(Kind.STATUS_AFTERWARDS, status, Duration.ZERO);
    }

    /** The second half of the body comes late, in real time. */
    public static Fault slowBody(Duration delay) {
        return new Fault(Kind.SLOW_BODY, 0, delay);
    }

    /** HTTP 200 with another status in the body, as Camunda's exporting endpoint answers. */
    public static Fault innerStatus(int status) {
        return new Fault(Kind.INNER_FAILURE, status, Duration.ZERO);
    }

    /**
     * A fault of a kind that needs neither a status nor a delay.
     *
     * @throws IllegalArgumentException if it needs a status
     */
    public static Fault of(Kind kind) {
        return new Fault(kind, 0, Duration.ZERO);
    }

    /**
     * At least one fault of every kind that ends by itself, for tests that try them all. The kinds that end only by the
     * client's own timeout ({@link Kind#STALLED_BODY}, {@link Kind#SILENCE}, {@link Kind#SILENCE_AFTERWARDS}) are in
     * {@link #endless()}.
     */
    public static List<Fault> all() {
        List<Fault> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            switch (kind) {
                case STATUS ->
                    List.of(401, 403, 404, 429, 500, 502, 503, 504).forEach(status -> all.add(status(status)));
                case STATUS_AFTERWARDS -> List.of(500, 502, 504).forEach(status -> all.add(statusAfterwards(status)));
                case SLOW_BODY -> all.add(slowBody(Duration.ofMillis(20)));
                case INNER_FAILURE -> all.add(innerStatus(500));
                case CUT_BEFORE,
                        CUT_AFTERWARDS,
                        CUT_IN_BODY,
                        TRUNCATED_JSON,
                        NONSENSE_JSON,
                        EMPTY_BODY,
                        LOGIN_PAGE,
                        REDIRECT -> all.add(of(kind));
                case STALLED_BODY, SILENCE, SILENCE_AFTERWARDS -> {
                    // Only the client can end these.
                }
            }
        }
        return List.copyOf(all);
    }

    /** The faults that only the client's own timeout ends. */
    public static List<Fault> endless() {
        return List.of(of(Kind.STALLED_BODY), of(Kind.SILENCE), of(Kind.SILENCE_AFTERWARDS));
    }

    /** In words, for the names of tests. */
    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + (status == 0 ? "" : " " + status);
    }
}
