package io.github.camundabackup.azure;

import static io.github.camundabackup.internal.objectstore.Failures.answered;
import static io.github.camundabackup.internal.objectstore.Failures.failure;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.HttpHeaderName;
import com.azure.storage.blob.models.BlobStorageException;
import io.github.camundabackup.azure.OwnAnswers.ForeignAnswerException;
import io.github.camundabackup.error.ObjectStoreException;
import io.github.camundabackup.error.ObjectStoreException.Reason;
import io.github.camundabackup.internal.objectstore.Attempt;
import io.github.camundabackup.internal.objectstore.Attempt.Kind;
import io.github.camundabackup.internal.objectstore.Failures;
import java.util.Optional;

/**
 * What errors of Azure Blob Storage mean. The codes are those of
 * <a href="https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes">its documentation</a>.
 */
final class AzureFailures {
    private static final HttpHeaderName CODE = HttpHeaderName.fromString("x-ms-error-code");

    private AzureFailures() {}

    static ObjectStoreException explain(Attempt attempt, Throwable failure, String container) {
        Optional<BlobStorageException> answer = Failures.cause(failure, BlobStorageException.class);
        if (answer.isPresent()) {
            return ofAnswer(attempt, answer.get(), container);
        }
        Optional<ForeignAnswerException> page = Failures.cause(failure, ForeignAnswerException.class);
        if (page.isPresent()) {
            return Failures.ofStatus(attempt, page.get().status(), "a web page", "to get past it", failure);
        }
        Optional<ClientAuthenticationException> noToken = Failures.cause(failure, ClientAuthenticationException.class);
        if (noToken.isPresent()) {
            return failure(
                    Reason.UNAUTHENTICATED,
                    attempt,
                    "the credential gave no token. " + noToken.get().getMessage(),
                    failure);
        }
        return Failures.ofNoAnswer(attempt, failure);
    }

    /** Of the store's own answers. A HEAD has no body, so that it is in a header, too. */
    static String code(BlobStorageException answer) {
        return answer.getResponse() == null
                ? ""
                : Optional.ofNullable(answer.getResponse().getHeaders().getValue(CODE))
                        .orElse("");
    }

    /** The library's message has all of the answer in it, the signed text for example, and is not repeated. */
    private static ObjectStoreException ofAnswer(Attempt attempt, BlobStorageException answer, String container) {
        String code = code(answer);
        int status = answer.getStatusCode();
        String answered = answered(status, code);
        return switch (code) {
            case "ContainerNotFound", "ContainerBeingDeleted", "ResourceNotFound" ->
                failure(Reason.BUCKET_MISSING, attempt, "there is no such container.", answer);
            case "BlobNotFound" -> failure(Reason.OBJECT_MISSING, attempt, "there is no such object.", answer);
            case "AuthenticationFailed",
                    "InvalidAuthenticationInfo",
                    "NoAuthenticationInformation",
                    "AccountIsDisabled" ->
                failure(
                        Reason.UNAUTHENTICATED,
                        attempt,
                        answered + " Look at the account key, the signature and its time, or the credential.",
                        answer);
            case "ServerBusy" -> failure(Reason.BUSY, attempt, answered + " Waiting helps.", answer);
            case "OperationTimedOut" -> failure(Reason.UNREACHABLE, attempt, answered, answer);
            case "BlobArchived" ->
                failure(Reason.OTHER, attempt, answered + " It is in an archive: rehydrate it there first.", answer);
            case "BlobUsesCustomerSpecifiedEncryption" ->
                failure(Reason.WRONG_KEY, attempt, answered + " Such keys are not supported here.", answer);
            default -> {
                if (status == 404 && attempt.kind() == Kind.READ) {
                    yield failure(Reason.OBJECT_MISSING, attempt, "there is no such object.", answer);
                }
                yield Failures.ofStatus(
                        attempt,
                        status,
                        code,
                        "the role Storage Blob Data Reader on the container " + container
                                + ", or a shared access signature with the permission to "
                                + (attempt.kind() == Kind.LIST ? "list" : "read"),
                        answer);
            }
        };
    }
}
