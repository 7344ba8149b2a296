package io.github.camundabackup.gcs;

import static io.github.camundabackup.internal.objectstore.Failures.answered;
import static io.github.camundabackup.internal.objectstore.Failures.failure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.api.client.http.HttpResponseException;
import com.google.auth.Retryable;
import com.google.cloud.storage.StorageException;
import io.github.camundabackup.error.ObjectStoreException;
import io.github.camundabackup.error.ObjectStoreException.Reason;
import io.github.camundabackup.internal.objectstore.Attempt;
import io.github.camundabackup.internal.objectstore.Attempt.Kind;
import io.github.camundabackup.internal.objectstore.Failures;
import java.util.Objects;
import java.util.Optional;

/**
 * What errors of Google Cloud Storage mean. The reasons are those of
 * <a href="https://cloud.google.com/storage/docs/json_api/v1/status-codes">its documentation</a>.
 */
final class GcsFailures {
    private static final int NOT_FOUND = 404;

    private GcsFailures() {}

    /** What the store itself answered; nothing if it did not, or something else did. */
    static Optional<StorageException> answer(Throwable failure) {
        return Failures.cause(failure, StorageException.class).filter(answer -> answer.getCode() != 0);
    }

    static ObjectStoreException explain(Attempt attempt, Throwable failure, String bucket) {
        if (Failures.cause(failure, BucketMissingException.class).isPresent()) {
            return failure(Reason.BUCKET_MISSING, attempt, "there is no such bucket.", failure);
        }
        // Before the answer: that of whoever gives out tokens is none of the store.
        Optional<ObjectStoreException> noToken = noToken(attempt, failure);
        if (noToken.isPresent()) {
            return noToken.get();
        }
        return answer(failure)
                .map(answer -> ofAnswer(attempt, answer, bucket))
                .orElseGet(() -> ofNoAnswer(attempt, failure));
    }

    private static Optional<ObjectStoreException> noToken(Attempt attempt, Throwable failure) {
        String message = "" + failure.getMessage();
        boolean none = message.contains("default credentials were not found");
        // After a 401 the library asks for a new token, and says this instead where there is none to be had.
        boolean fixed = message.contains("does not support refreshing");
        // Only failures to get a token are of this kind.
        Optional<Retryable> refused = Failures.cause(failure, Retryable.class);
        if (refused.isEmpty() && !none && !fixed) {
            return Optional.empty();
        }
        boolean passes = refused.filter(Retryable::isRetryable).isPresent();
        return Optional.of(failure(
                passes ? Reason.UNREACHABLE : Reason.UNAUTHENTICATED,
                attempt,
                none
                        ? "Google's library finds no credentials in its surroundings. " + message
                        : "Google's library gets no (new) token with its credentials.",
                failure));
    }

    private static ObjectStoreException ofNoAnswer(Attempt attempt, Throwable failure) {
        return Failures.cause(failure, JsonProcessingException.class).isPresent()
                ? failure(
                        Reason.OTHER,
                        attempt,
                        "the answer is not that of GCS: look at its address, and at what is between.",
                        failure)
                : Failures.ofNoAnswer(attempt, failure);
    }

    /** The library's message has all of the answer in it, and the whole address; the reason is enough. */
    private static ObjectStoreException ofAnswer(Attempt attempt, StorageException answer, String bucket) {
        String reason = Objects.requireNonNullElse(answer.getReason(), "");
        int status = answer.getCode();
        String answered = answered(status, reason);
        return switch (reason) {
            case "rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded" ->
                failure(Reason.BUSY, attempt, answered + " Waiting helps.", answer);
            case "authError", "required" ->
                failure(
                        Reason.UNAUTHENTICATED,
                        attempt,
                        answered + " Look at the credentials that Google's library uses.",
                        answer);
            case "userProjectMissing", "userProjectAccessDenied" ->
                failure(
                        Reason.FORBIDDEN,
                        attempt,
                        answered + " Readers of this bucket pay: needed is a project, and there the permission"
                                + " serviceusage.services.use.",
                        answer);
            case "resourceIsEncryptedWithCustomerEncryptionKey",
                    "customerEncryptionKeyIsIncorrect",
                    "customerEncryptionKeySha256IsInvalid" ->
                failure(Reason.WRONG_KEY, attempt, answered + " Such keys are not supported here.", answer);
            default -> ofStatus(attempt, answer, status, reason, bucket);
        };
    }

    private static ObjectStoreException ofStatus(
            Attempt attempt, StorageException answer, int status, String reason, String bucket) {
        if (status == NOT_FOUND && attempt.kind() == Kind.READ) {
            return failure(Reason.OBJECT_MISSING, attempt, "there is no such object.", answer);
        }
        if (status == NOT_FOUND && reason.equals("notFound")) {
            return failure(Reason.BUCKET_MISSING, attempt, "there is no such bucket.", answer);
        }
        return Failures.ofStatus(
                attempt,
                status,
                reason.isEmpty() ? said(answer) : reason,
                (attempt.kind() == Kind.LIST ? "storage.objects.list" : "storage.objects.get") + " on the bucket "
                        + bucket + ", as in the role Storage Object Viewer",
                answer);
    }

    private static String said(StorageException answer) {
        return Failures.cause(answer, HttpResponseException.class)
                .map(HttpResponseException::getStatusMessage)
                .orElse("");
    }
}
