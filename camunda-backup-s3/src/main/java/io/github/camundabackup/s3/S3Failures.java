package io.github.camundabackup.s3;

import static io.github.camundabackup.internal.objectstore.Failures.answered;
import static io.github.camundabackup.internal.objectstore.Failures.failure;

import io.github.camundabackup.error.ObjectStoreException;
import io.github.camundabackup.error.ObjectStoreException.Reason;
import io.github.camundabackup.internal.objectstore.Attempt;
import io.github.camundabackup.internal.objectstore.Attempt.Kind;
import io.github.camundabackup.internal.objectstore.Failures;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * What S3's errors mean. The codes are those of
 * <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">its documentation</a>.
 */
final class S3Failures {
    private S3Failures() {}

    static ObjectStoreException explain(Attempt attempt, Throwable failure, String bucket, boolean keyGiven) {
        if (failure instanceof S3Exception answer) {
            return ofAnswer(attempt, answer, bucket, keyGiven);
        }
        if (failure instanceof ApiCallTimeoutException || failure instanceof ApiCallAttemptTimeoutException) {
            return failure(Reason.UNREACHABLE, attempt, "it did not answer in time.", failure);
        }
        // Each provider of the chain says why it has none.
        if (("" + failure.getMessage()).toLowerCase(Locale.ROOT).contains("unable to load credentials")) {
            return failure(
                    Reason.UNAUTHENTICATED,
                    attempt,
                    "the AWS SDK finds no credentials in its surroundings. " + failure.getMessage(),
                    failure);
        }
        return Failures.ofNoAnswer(attempt, failure);
    }

    private static ObjectStoreException ofAnswer(Attempt attempt, S3Exception answer, String bucket, boolean keyGiven) {
        Optional<AwsErrorDetails> details = Optional.ofNullable(answer.awsErrorDetails());
        String code = details.map(AwsErrorDetails::errorCode).orElse("");
        String message = details.map(AwsErrorDetails::errorMessage).orElse("");
        int status = answer.statusCode();
        String said = code.isEmpty() ? "" : code + (message.isEmpty() ? "" : " (" + message + ")");
        String answered = answered(status, said);
        return switch (code) {
            case "NoSuchBucket" -> failure(Reason.BUCKET_MISSING, attempt, "there is no such bucket.", answer);
            case "NoSuchKey" -> failure(Reason.OBJECT_MISSING, attempt, "there is no such object.", answer);
            case "PermanentRedirect",
                    "TemporaryRedirect",
                    "AuthorizationHeaderMalformed",
                    "IllegalLocationConstraintException" -> wrongRegion(attempt, answer, answered);
            case "InvalidAccessKeyId",
                    "SignatureDoesNotMatch",
                    "ExpiredToken",
                    "InvalidToken",
                    "TokenRefreshRequired" ->
                failure(
                        Reason.UNAUTHENTICATED,
                        attempt,
                        answered + " Look at the credentials that the SDK uses.",
                        answer);
            case "RequestTimeTooSkewed" ->
                failure(Reason.UNAUTHENTICATED, attempt, answered + " Is the clock of this machine right?", answer);
            case "SlowDown", "ServiceUnavailable", "RequestLimitExceeded", "Throttling", "TooManyRequests" ->
                failure(Reason.BUSY, attempt, answered + " Waiting helps.", answer);
            case "RequestTimeout" -> failure(Reason.UNREACHABLE, attempt, answered, answer);
            case "InvalidObjectState" ->
                failure(
                        Reason.OTHER,
                        attempt,
                        answered + " It is in an archive: restore it there first, by S3's RestoreObject.",
                        answer);
            default -> ofStatus(attempt, answer, status, said, bucket, keyGiven);
        };
    }

    private static ObjectStoreException ofStatus(
            Attempt attempt, S3Exception answer, int status, String said, String bucket, boolean keyGiven) {
        String answered = answered(status, said);
        boolean ofObject = attempt.kind() != Kind.LIST;
        if (status == 301 || status == 307) {
            return wrongRegion(attempt, answer, answered);
        }
        if (status == 404 && attempt.kind() == Kind.READ) {
            return failure(Reason.OBJECT_MISSING, attempt, "there is no such object.", answer);
        }
        // HEAD has no body, and says nothing else.
        if (status == 400
                && ofObject
                && (said.isEmpty() || said.toLowerCase(Locale.ROOT).matches(".*(encrypt|key).*"))) {
            return failure(
                    Reason.WRONG_KEY,
                    attempt,
                    answered
                            + (keyGiven
                                    ? " The objects are not encrypted with the key of SSE-C that was given."
                                    : " The objects are encrypted with a key of SSE-C; give the one that Zeebe has."),
                    answer);
        }
        return Failures.ofStatus(
                attempt,
                status,
                said,
                ofObject
                        ? "s3:GetObject on the objects of the bucket " + bucket
                                + (keyGiven ? ", and the key of SSE-C that they are encrypted with" : "")
                                + "; where s3:ListBucket is missing, too, S3 says the same of an object that is missing"
                        : "s3:ListBucket on the bucket " + bucket,
                answer);
    }

    private static ObjectStoreException wrongRegion(Attempt attempt, S3Exception answer, String answered) {
        Optional<String> region = Optional.ofNullable(answer.awsErrorDetails())
                .flatMap(details -> Optional.ofNullable(details.sdkHttpResponse()))
                .flatMap(response -> response.firstMatchingHeader("x-amz-bucket-region"));
        return failure(
                Reason.WRONG_REGION,
                attempt,
                answered + " The bucket is in another region"
                        + region.map(name -> ", " + name).orElse("") + ": set that one.",
                answer);
    }
}
