package io.github.camundabackup.azure;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.http.rest.PagedIterable;
import com.azure.core.http.rest.PagedResponse;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobItemProperties;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.specialized.BlobInputStream;
import com.azure.storage.common.StorageSharedKeyCredential;
import io.github.camundabackup.bucket.ObjectPage;
import io.github.camundabackup.bucket.StoredObject;
import io.github.camundabackup.error.ObjectStoreException;
import io.github.camundabackup.internal.objectstore.Attempt;
import io.github.camundabackup.internal.objectstore.Bucket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A container, by Azure's library. */
final class AzureBucket implements Bucket {
    private static final int PAGE = 1000;
    private static final int NOT_FOUND = 404;
    private static final String CONTAINER_MISSING = "ContainerNotFound";

    private final BlobContainerClient client;

    private AzureBucket(BlobContainerClient client) {
        this.client = client;
    }

    static AzureBucket connect(AzureObjectStore.Builder builder) {
        BlobContainerClientBuilder client = new BlobContainerClientBuilder()
                .containerName(builder.container)
                .httpClient(new JdkHttpClientBuilder()
                        .connectionTimeout(builder.requestTimeout)
                        .responseTimeout(builder.requestTimeout)
                        .readTimeout(builder.requestTimeout)
                        .build())
                .addPolicy(new OwnAnswers())
                // Whoever asks repeats what passes, and tells about it.
                .retryOptions(new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1))));
        if (builder.connectionString != null) {
            try {
                client.connectionString(builder.connectionString);
            } catch (IllegalArgumentException notShown) {
                throw new IllegalArgumentException(
                        "The connection string of the container " + builder.container + " is not understood.");
            }
            return new AzureBucket(client.buildClient());
        }
        if (builder.endpoint == null) {
            throw new IllegalArgumentException(
                    "The container " + builder.container + " needs a connection string or an endpoint.");
        }
        client.endpoint(builder.endpoint.toString());
        if (builder.accountKey != null && builder.accountName != null) {
            client.credential(new StorageSharedKeyCredential(builder.accountName, builder.accountKey));
        } else if (builder.sasToken != null) {
            client.sasToken(builder.sasToken);
        } else if (builder.credential != null) {
            client.credential(builder.credential);
        } else {
            throw new IllegalArgumentException("The container " + builder.container
                    + " needs credentials: an account key, a shared access signature, or a token credential.");
        }
        return new AzureBucket(client.buildClient());
    }

    /** Not the whole address, in which there may be a signature. */
    String description() {
        URI address = URI.create(client.getBlobContainerUrl());
        return "Azure container " + client.getBlobContainerName() + " at " + address.getScheme() + "://"
                + address.getRawAuthority();
    }

    @Override
    public ObjectPage list(String prefix, boolean foldersApart, Optional<String> page) {
        ListBlobsOptions options = new ListBlobsOptions().setPrefix(prefix).setMaxResultsPerPage(PAGE);
        PagedIterable<BlobItem> listing =
                foldersApart ? client.listBlobsByHierarchy("/", options, null) : client.listBlobs(options, null);
        PagedResponse<BlobItem> answer =
                listing.iterableByPage(page.orElse(null)).iterator().next();
        List<BlobItem> items = answer.getValue();
        Predicate<BlobItem> isFolder = item -> Boolean.TRUE.equals(item.isPrefix());
        return new ObjectPage(
                items.stream()
                        .filter(isFolder.negate())
                        .map(AzureBucket::object)
                        .toList(),
                items.stream().filter(isFolder).map(BlobItem::getName).toList(),
                Optional.ofNullable(answer.getContinuationToken()).filter(token -> !token.isEmpty()));
    }

    private static StoredObject object(BlobItem item) {
        BlobItemProperties properties = item.getProperties();
        return new StoredObject(
                item.getName(),
                Optional.ofNullable(properties.getContentLength()).orElse(0L),
                instant(properties.getLastModified()),
                md5(properties.getContentMd5()),
                lowerCase(item.getMetadata()));
    }

    @Override
    public Optional<StoredObject> head(String key) {
        BlobProperties properties;
        try {
            properties = client.getBlobClient(key).getProperties();
        } catch (BlobStorageException e) {
            if (e.getStatusCode() == NOT_FOUND && !CONTAINER_MISSING.equals(AzureFailures.code(e))) {
                return Optional.empty();
            }
            throw e;
        }
        return Optional.of(new StoredObject(
                key,
                properties.getBlobSize(),
                instant(properties.getLastModified()),
                md5(properties.getContentMd5()),
                lowerCase(properties.getMetadata())));
    }

    @Override
    public Contents open(String key) {
        BlobInputStream stream = client.getBlobClient(key).openInputStream();
        return new Contents(stream, OptionalLong.of(stream.getProperties().getBlobSize()), stream::close);
    }

    private static Optional<Instant> instant(@Nullable OffsetDateTime time) {
        return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
    }

    private static Optional<String> md5(byte @Nullable [] md5) {
        return Optional.ofNullable(md5)
                .map(bytes -> "md5:" + Base64.getEncoder().encodeToString(bytes));
    }

    private static Map<String, String> lowerCase(@Nullable Map<String, String> metadata) {
        return Objects.requireNonNullElse(metadata, Map.<String, String>of()).entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue, (one, other) -> other));
    }

    @Override
    public ObjectStoreException explain(Attempt attempt, Throwable failure) {
        return AzureFailures.explain(attempt, failure, client.getBlobContainerName());
    }

    @Override
    public void close() {
        // The library's client has nothing to close.
    }
}
