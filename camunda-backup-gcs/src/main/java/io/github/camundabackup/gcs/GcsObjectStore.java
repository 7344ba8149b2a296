package io.github.camundabackup.gcs;

import com.google.auth.Credentials;
import com.google.cloud.NoCredentials;
import io.github.camundabackup.bucket.ForwardingObjectStore;
import io.github.camundabackup.internal.objectstore.BucketFolder;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A bucket of Google Cloud Storage, as Zeebe's {@code GCS} store writes to it. Whoever asks needs the role
 * {@code Storage Object Viewer} ({@code storage.objects.list} and {@code storage.objects.get}) on it, and nothing else.
 *
 * <p>Thread-safe. Has a thread for each call that is under way, and none without.
 */
public final class GcsObjectStore extends ForwardingObjectStore {
    private GcsObjectStore(Builder builder) {
        this(
                GcsBucket.connect(builder),
                builder.basePath,
                Optional.ofNullable(builder.host)
                        .map(host -> " at " + host.getScheme() + "://" + host.getRawAuthority())
                        .orElse(""));
    }

    /** For tests. */
    GcsObjectStore(GcsBucket bucket, String basePath, String place) {
        super(new BucketFolder(bucket, basePath, "GCS bucket " + bucket.name() + place));
    }

    /**
     * Begins to describe a bucket.
     *
     * @param bucket its name, as in Zeebe's {@code bucketName}
     */
    public static Builder builder(String bucket) {
        return new Builder(bucket);
    }

    /** What is known of a bucket. All that is not set is as Google's library finds it out, as it does for Zeebe. */
    public static final class Builder {
        final String bucket;
        String basePath = "";

        @Nullable
        String project;

        @Nullable
        URI host;

        @Nullable
        Credentials credentials;

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

        /**
         * The project that pays for what is read. Needed only for a bucket whose readers pay; whoever asks then needs
         * {@code serviceusage.services.use} on that project, too.
         */
        public Builder project(String project) {
            this.project = Objects.requireNonNull(project, "project");
            return this;
        }

        /**
         * Where the service is, as in Zeebe's {@code host}: that of an emulator, or a private address of Google's.
         *
         * @param host has a scheme and a host, and no user
         */
        public Builder host(URI host) {
            if (host.getScheme() == null || host.getHost() == null || host.getRawUserInfo() != null) {
                throw new IllegalArgumentException("GCS needs a scheme and a host, and may not have a user in it.");
            }
            this.host = host;
            return this;
        }

        /**
         * By default Google's own chain (Application Default Credentials): {@code GOOGLE_APPLICATION_CREDENTIALS}, the
         * login of {@code gcloud}, the machine's service account. From that chain only the right to read is asked for.
         */
        public Builder credentials(Credentials credentials) {
            this.credentials = Objects.requireNonNull(credentials, "credentials");
            return this;
        }

        /** Uses no credentials, as Zeebe with {@code auth: none}: for emulators and public buckets. */
        public Builder noCredentials() {
            credentials = NoCredentials.getInstance();
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

        /** Nothing is asked yet; credentials, too, are looked for with the first question. */
        public GcsObjectStore build() {
            return new GcsObjectStore(this);
        }
    }
}
