package io.github.camundabackup.s3;

import io.github.camundabackup.bucket.ObjectPage;
import io.github.camundabackup.bucket.StoredObject;
import io.github.camundabackup.error.ObjectStoreException;
import io.github.camundabackup.internal.objectstore.Attempt;
import io.github.camundabackup.internal.objectstore.Bucket;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket, by the AWS SDK. */
final class S3Bucket implements Bucket {
    private static final String OF_OTHER_STORES = "us-east-1";
    private static final int NOT_FOUND = 404;

    private final S3Client client;
    private final String name;
    private final @Nullable CustomerKey customerKey;
    private final boolean withChecksums;

    private S3Bucket(S3Client client, S3ObjectStore.Builder builder) {
        this.client = client;
        name = builder.bucket;
        customerKey = builder.customerKey;
        withChecksums = builder.endpoint == null;
    }

    static S3Bucket connect(S3ObjectStore.Builder builder) {
        S3ClientBuilder client = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(builder.requestTimeout)
                        .socketTimeout(builder.requestTimeout))
                .forcePathStyle(builder.pathStyle)
                // Whoever asks repeats what passes, and tells about it.
                .overrideConfiguration(configuration -> configuration.retryStrategy(AwsRetryStrategy.doNotRetry()));
        if (builder.endpoint != null) {
            client.endpointOverride(builder.endpoint)
                    .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                    .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        }
        if (builder.credentials != null) {
            client.credentialsProvider(builder.credentials);
        }
        if (builder.region != null) {
            client.region(Region.of(builder.region));
        } else if (builder.endpoint != null) {
            client.region(Region.of(OF_OTHER_STORES));
        }
        try {
            return new S3Bucket(client.build(), builder);
        } catch (SdkClientException e) {
            throw new IllegalArgumentException(
                    "The client of the S3 bucket " + builder.bucket + " cannot be made; is a region set? "
                            + e.getMessage(),
                    e);
        }
    }

    @Override
    public ObjectPage list(String prefix, boolean foldersApart, Optional<String> page) {
        ListObjectsV2Request.Builder request =
                ListObjectsV2Request.builder().bucket(name).prefix(prefix).encodingType(EncodingType.URL);
        if (foldersApart) {
            request.delimiter("/");
        }
        page.ifPresent(request::continuationToken);
        ListObjectsV2Response answer = client.listObjectsV2(request.build());
        // The SDK takes a web page for a listing without anything in it.
        if (answer.isTruncated() == null) {
            throw new IllegalStateException("The answer is no listing");
        }
        return new ObjectPage(
                answer.contents().stream().map(S3Bucket::object).toList(),
                answer.commonPrefixes().stream().map(CommonPrefix::prefix).toList(),
                answer.isTruncated() ? Optional.ofNullable(answer.nextContinuationToken()) : Optional.empty());
    }

    private static StoredObject object(S3Object object) {
        return new StoredObject(
                object.key(), object.size(), Optional.ofNullable(object.lastModified()), Optional.empty(), Map.of());
    }

    @Override
    public Optional<StoredObject> head(String key) {
        HeadObjectRequest.Builder request =
                HeadObjectRequest.builder().bucket(name).key(key);
        if (customerKey != null) {
            request.sseCustomerAlgorithm("AES256")
                    .sseCustomerKey(customerKey.base64())
                    .sseCustomerKeyMD5(customerKey.md5());
        }
        if (withChecksums) {
            request.checksumMode(ChecksumMode.ENABLED);
        }
        try {
            HeadObjectResponse answer = client.headObject(request.build());
            return Optional.of(new StoredObject(
                    key,
                    answer.contentLength(),
                    Optional.ofNullable(answer.lastModified()),
                    checksum(answer),
                    answer.metadata().entrySet().stream()
                            .collect(Collectors.toMap(
                                    entry -> entry.getKey().toLowerCase(Locale.ROOT),
                                    Map.Entry::getValue,
                                    (one, other) -> other))));
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Of the whole object: what was uploaded in parts may have one of the parts' checksums, with a number behind it. */
    private static Optional<String> checksum(HeadObjectResponse answer) {
        return Stream.of(
                        known("crc32", answer.checksumCRC32()),
                        known("crc32c", answer.checksumCRC32C()),
                        known("crc64nvme", answer.checksumCRC64NVME()),
                        known("sha1", answer.checksumSHA1()),
                        known("sha256", answer.checksumSHA256()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> known(String kind, @Nullable String checksum) {
        return Optional.ofNullable(checksum)
                .filter(value -> value.indexOf('-') < 0)
                .map(value -> kind + ":" + value);
    }

    @Override
    public Contents open(String key) {
        GetObjectRequest.Builder request =
                GetObjectRequest.builder().bucket(name).key(key);
        if (customerKey != null) {
            request.sseCustomerAlgorithm("AES256")
                    .sseCustomerKey(customerKey.base64())
                    .sseCustomerKeyMD5(customerKey.md5());
        }
        ResponseInputStream<GetObjectResponse> stream = client.getObject(request.build());
        return new Contents(stream, length(stream.response().contentLength()), stream::abort);
    }

    private static OptionalLong length(@Nullable Long announced) {
        return announced == null ? OptionalLong.empty() : OptionalLong.of(announced);
    }

    @Override
    public ObjectStoreException explain(Attempt attempt, Throwable failure) {
        return S3Failures.explain(attempt, failure, name, customerKey != null);
    }

    @Override
    public void close() {
        client.close();
    }
}
