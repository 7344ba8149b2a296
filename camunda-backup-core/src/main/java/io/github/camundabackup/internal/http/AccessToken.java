package io.github.camundabackup.internal.http;

import java.time.Duration;

/** An access token, and when it is to be renewed and not to be used any more. Its identity counts. */
final class AccessToken {
    /** Between the moment when a token is taken and that in which the server looks at it. */
    private static final Duration MOST_UNDERWAY = Duration.ofSeconds(5);
    /** So that an identity provider may be away for a while, or a secret come late, without anybody noticing. */
    private static final Duration EARLIEST_RENEWAL = Duration.ofMinutes(1);

    private final String value;
    private final long renewalAt;
    private final long endsAt;

    /**
     * @param value as it is sent
     * @param askedAt in nanoseconds, when it was asked for
     * @param lifetime from then on
     */
    AccessToken(String value, long askedAt, Duration lifetime) {
        this.value = value;
        renewalAt = askedAt
                + lifetime.minus(least(EARLIEST_RENEWAL, lifetime.dividedBy(4))).toNanos();
        endsAt = askedAt
                + lifetime.minus(least(MOST_UNDERWAY, lifetime.dividedBy(10))).toNanos();
    }

    String authorizationHeader() {
        return "Bearer " + value;
    }

    boolean isSameAs(AccessToken other) {
        return value.equals(other.value);
    }

    boolean isUsable(long now) {
        return now - endsAt < 0;
    }

    boolean isToBeRenewed(long now) {
        return now - renewalAt >= 0;
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Nothing of it. */
    @Override
    public String toString() {
        return "an access token";
    }
}
