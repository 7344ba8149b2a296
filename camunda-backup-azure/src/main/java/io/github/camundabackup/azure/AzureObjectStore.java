package io.github.camundabackup.azure;

import com.azure.core.credential.TokenCredential;
import io.github.camundabackup.bucket.ForwardingObjectStore;
import io.github.camundabackup.internal.objectstore.BucketFolder;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A container of Azure Blob Storage, as Zeebe's {@code AZURE} store writes to it. Whoever asks needs the role
 * {@code Storage Blob Data Reader} on it, an account key, or a shared access signature with the permissions to list and
 * to read, and nothing else.
 *
 * <p>Thread-safe. Has a thread for each call that is under way, and none without.
 */
public final class AzureObjectStore extends ForwardingObjectStore {
    private AzureObjectStore(Builder builder) {
        this(AzureBucket.connect(builder), builder.basePath);
    }

    private AzureObjectStore(AzureBucket bucket, String basePath) {
        super(new BucketFolder(bucket, basePath, bucket.description()));
    }

    /**
     * Begins to describe a container.
     *
     * @param container its name, as in Zeebe's {@code basePath} of the store {@code AZURE}, which is the container
     */
    public static Builder builder(String container) {
        return new Builder(container);
    }

    /** What is known of a container: a connection string, or an endpoint with one kind of credentials. */
    public static final class Builder {
        final String container;
        String basePath = "";

        @Nullable
        String connectionString;

        @Nullable
        URI endpoint;

        @Nullable
        String accountName;

        @Nullable
        String accountKey;

        @Nullable
        String sasToken;

        @Nullable
        TokenCredential credential;

        Duration requestTimeout = Duration.ofSeconds(30);

        private Builder(String container) {
            if (container.isBlank()) {
                throw new IllegalArgumentException("The container needs a name.");
            }
            this.container = container;
        }

        /** A folder in the container; by default all of it, as Zeebe has no other. */
        public Builder basePath(String basePath) {
            this.basePath = Objects.requireNonNull(basePath, "basePath");
            return this;
        }

        /** As in Zeebe's {@code connectionString}; has the credentials in it. Also that of an emulator. */
        public Builder connectionString(String connectionString) {
            this.connectionString = Objects.requireNonNull(connectionString, "connectionString");
            return this;
        }

        /**
         * The address of the blob service, as in Zeebe's {@code endpoint}: {@code https://ACCOUNT.blob.core.windows.net}.
         *
         * @param endpoint has a scheme and a host, and no query: a signature is given with {@link #sasToken}
         */
        public Builder endpoint(URI endpoint) {
            if (endpoint.getScheme() == null
                    || endpoint.getHost() == null
                    || endpoint.getRawUserInfo() != null
                    || endpoint.getRawQuery() != null) {
                throw new IllegalArgumentException(
                        "The endpoint of the blob service needs a scheme and a host, and may not have a user or a query.");
            }
            this.endpoint = endpoint;
            return this;
        }

        /** As in Zeebe's {@code accountName} and {@code accountKey}. */
        public Builder accountKey(String accountName, String accountKey) {
            this.accountName = Objects.requireNonNull(accountName, "accountName");
            this.accountKey = Objects.requireNonNull(accountKey, "accountKey");
            return this;
        }

        /** A shared access signature, as in Zeebe's {@code sasToken}. */
        public Builder sasToken(String sasToken) {
            this.sasToken = Objects.requireNonNull(sasToken, "sasToken");
            return this;
        }

        /**
         * Any other credentials, such as the {@code DefaultAzureCredential} of {@code com.azure:azure-identity}, which
         * Zeebe uses where it is given none.
         */
        public Builder credential(TokenCredential credential) {
            this.credential = Objects.requireNonNull(credential, "credential");
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
         * @throws IllegalArgumentException if there is neither a connection string nor an endpoint with credentials, or
         *     if they are not understood
         */
        public AzureObjectStore build() {
            return new AzureObjectStore(this);
        }
    }
}
