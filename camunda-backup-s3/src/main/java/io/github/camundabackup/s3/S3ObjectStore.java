package io.github.camundabackup.s3;

import io.github.camundabackup.bucket.ForwardingObjectStore;
import io.github.camundabackup.internal.objectstore.BucketFolder;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * A bucket of Amazon S3, or of a store that speaks its protocol, as Zeebe's {@code S3} store writes to it. Whoever asks
 * needs {@code s3:ListBucket} on the bucket and {@code s3:GetObject} on the objects, and nothing else.
 *
 * <p>Thread-safe. Has a thread for each call that is under way, and none without.
 */
public final class S3ObjectStore extends ForwardingObjectStore {
    private S3ObjectStore(Builder builder) {
        super(new BucketFolder(
                S3Bucket.connect(builder),
                builder.basePath,
                "S3 bucket " + builder.bucket
                        + Optional.ofNullable(builder.endpoint)
                                .map(endpoint -> " at " + endpoint.getScheme() + "://" + endpoint.getRawAuthority())
                                .orElse("")));
    }

    /**
     * Begins to describe a bucket.
     *
     * @param bucket its name, as in Zeebe's {@code bucketName}
     */
    public static Builder builder(String bucket) {
        return new Builder(bucket);
    }

    /** What is known of a bucket. All that is not set is as the AWS SDK finds it out, as it does for Zeebe. */
    public static final class Builder {
        final String bucket;
        String basePath = "";

        @Nullable
        String region;

        @Nullable
        URI endpoint;

        boolean pathStyle;

        @Nullable
        AwsCredentialsProvider credentials;

        @Nullable
        CustomerKey customerKey;

        Duration requestTimeout = Duration.ofSeconds(30);

        private Builder(String bucket) {
            if (bucket.isBlank()) {
                throw new IllegalArgumentException("The bucket needs a name.");
            }
            this.bucket = bucket;
        }

        /** The folder in the bucket, as in Zeebe's {@code basePath}; by default all of the bucket. */
        public Builder basePath(String basePath) {
            this.basePath = Objects.requireNonNull(basePath, "basePath");
            return this;
        }

        /** The region of the bucket; by default that of the surroundings ({@code AWS_REGION} and so on). */
        public Builder region(String region) {
            this.region = Objects.requireNonNull(region, "region");
            return this;
        }

        /**
         * Where a store is that is not Amazon's. What such stores may not know is left out: checksums are compared only
         * where the protocol demands it.
         *
         * @param endpoint has a scheme and a host, and no user or password
         */
        public Builder endpoint(URI endpoint) {
            if (endpoint.getScheme() == null || endpoint.getHost() == null || endpoint.getRawUserInfo() != null) {
                throw new IllegalArgumentException(
                        "The endpoint of S3 needs a scheme and a host, and may not have a user in it.");
            }
            this.endpoint = endpoint;
            return this;
        }

        /**
         * The bucket's name is in the path and not in the host, as most stores that are not Amazon's want it; Zeebe's
         * {@code forcePathStyleAccess}.
         */
        public Builder pathStyle() {
            pathStyle = true;
            return this;
        }

        /** By default the SDK's own chain: environment, profile, container, instance. Not closed with the store. */
        public Builder credentials(AwsCredentialsProvider credentials) {
            this.credentials = Objects.requireNonNull(credentials, "credentials");
            return this;
        }

        /**
         * The key that the objects are encrypted with (SSE-C); Zeebe's {@code ssecKey}. It is sent with each request,
         * and never shown.
         *
         * @param base64 32 bytes in Base64
         * @throws IllegalArgumentException if it is not that
         */
        public Builder customerKey(String base64) {
            customerKey = CustomerKey.of(base64);
            return this;
        }

        /** How long the store may say nothing; 30 s by default. */
        public Builder requestTimeout(Duration requestTimeout) {
            if (requestTimeout.isNegative() || requestTimeout.toMillis() == 0) {
                throw new IllegalArgumentException("The request timeout must be at least a millisecond.");
            }
            this.requestTimeout = requestTimeout;
            return this;
        }

        /**
         * Nothing is asked yet.
         *
         * @throws IllegalArgumentException if no region was given, and neither an endpoint nor the surroundings say one
         */
        public S3ObjectStore build() {
            return new S3ObjectStore(this);
        }
    }
}
