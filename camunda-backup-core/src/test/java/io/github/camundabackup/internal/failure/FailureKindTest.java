package io.github.camundabackup.internal.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.error.AccessDeniedException;
import io.github.camundabackup.error.AccessTokenException;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.ObjectStoreException;
import io.github.camundabackup.error.RemoteCall;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.error.RequestTimedOutException;
import io.github.camundabackup.error.SnapshotStoreException;
import io.github.camundabackup.error.UnexpectedAnswerException;
import io.github.camundabackup.error.UnreachableException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One table says what a failure means, for clients, stores, journals and locks. */
class FailureKindTest {
    private static final RemoteCall CALL =
            new RemoteCall("ask", "Elasticsearch", "GET", URI.create("http://elasticsearch:9200"));

    @ParameterizedTest
    @CsvSource({
        "400, OTHER",
        "401, DENIED",
        "403, DENIED",
        "404, GONE",
        "409, CONFLICT",
        "410, GONE",
        "413, OTHER",
        "429, TRANSIENT",
        "500, OTHER",
        "502, TRANSIENT",
        "503, TRANSIENT",
        "504, TRANSIENT"
    })
    void anAnswerIsJudgedByItsStatus(int status, FailureKind kind) {
        assertThat(FailureKind.of(new RequestRejectedException(CALL, status, null, "")))
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "REFUSED, DENIED, false",
        "UNAVAILABLE, TRANSIENT, true",
        "NO_TOKEN_ENDPOINT, OTHER, true",
        "NO_SECRET, OTHER, true"
    })
    void aMissingAccessTokenIsJudgedByItsReason(AccessTokenException.Reason reason, FailureKind kind, boolean borne) {
        AccessTokenException missing = new AccessTokenException(CALL, reason, new CamundaBackupException("none"));

        assertThat(FailureKind.of(missing)).isEqualTo(kind);
        assertThat(FailureKind.isTolerableInAPoll(missing)).isEqualTo(borne);
        assertThat(FailureKind.isWithoutEffect(missing)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "UNAUTHENTICATED, DENIED",
        "FORBIDDEN, DENIED",
        "REPOSITORY_BUSY, TRANSIENT",
        "BLOCKED, TRANSIENT",
        "REPOSITORY_MISSING, GONE",
        "SNAPSHOT_MISSING, GONE",
        "NO_MATCHING_INDEX, GONE",
        "NAME_IN_USE, CONFLICT",
        "INDEX_IN_THE_WAY, CONFLICT",
        "REPOSITORY_READ_ONLY, OTHER",
        "REPOSITORY_UNUSABLE, OTHER",
        "NAME_INVALID, OTHER",
        "OTHER, OTHER"
    })
    void anEngineByItsReason(SnapshotStoreException.Reason reason, FailureKind kind) {
        assertThat(FailureKind.of(new SnapshotStoreException(reason, "refused", null)))
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "UNAUTHENTICATED, DENIED",
        "FORBIDDEN, DENIED",
        "WRONG_KEY, DENIED",
        "BUSY, TRANSIENT",
        "UNREACHABLE, TRANSIENT",
        "BUCKET_MISSING, GONE",
        "OBJECT_MISSING, GONE",
        "WRONG_REGION, OTHER",
        "OTHER, OTHER"
    })
    void anObjectStoreByItsReason(ObjectStoreException.Reason reason, FailureKind kind) {
        assertThat(FailureKind.of(new ObjectStoreException(reason, "refused", null)))
                .isEqualTo(kind);
    }

    @Test
    void whoeverIsNotThereComesBackAndNonsenseIsNoAnswer() {
        assertThat(UnreachableException.Reason.values())
                .allSatisfy(
                        reason -> assertThat(FailureKind.of(new UnreachableException(CALL, reason, "is away", null)))
                                .isEqualTo(FailureKind.TRANSIENT));
        assertThat(FailureKind.of(new RequestTimedOutException(CALL, Duration.ofSeconds(1))))
                .isEqualTo(FailureKind.TRANSIENT);
        assertThat(FailureKind.of(new UnexpectedAnswerException(CALL, 200, "is HTML", null)))
                .isEqualTo(FailureKind.NONSENSE);
        assertThat(FailureKind.of(new AccessDeniedException(CALL, 403, null, "")))
                .isEqualTo(FailureKind.DENIED);
        assertThat(FailureKind.of(new CamundaBackupException("anything"))).isEqualTo(FailureKind.OTHER);
        assertThat(FailureKind.of(new StackOverflowError())).isEqualTo(FailureKind.OTHER);
    }
}
