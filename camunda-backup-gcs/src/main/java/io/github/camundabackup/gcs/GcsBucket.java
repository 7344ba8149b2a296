package io.github.camundabackup.gcs;

import com.google.api.gax.paging.Page;
import com.google.auth.Credentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.ReadChannel;
import com.google.cloud.ServiceOptions;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.HttpStorageOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobGetOption;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import io.github.camundabackup.bucket.ObjectPage;
import io.github.camundabackup.bucket.StoredObject;
import io.github.camundabackup.error.ObjectStoreException;
import io.github.camundabackup.internal.objectstore.Attempt;
import io.github.camundabackup.internal.objectstore.Bucket;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.nio.channels.Channels;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A bucket, by Google's library. */
final class GcsBucket implements Bucket {
    private static final int PAGE = 1000;
    private static final int AT_ONCE = 256 * 1024;
    private static final int NOT_FOUND = 404;
    private static final String READ_ONLY = "https://www.googleapis.com/auth/devstorage.read_only";
    private static final BlobField[] FIELDS = {
        BlobField.NAME, BlobField.SIZE, BlobField.UPDATED, BlobField.CRC32C, BlobField.METADATA
    };

    private final String bucket;
    private final Optional<String> payer;
    private final Connection connection;
    private @Nullable Storage connected;
    private boolean closed;

    GcsBucket(String bucket, Optional<String> payer, Connection connection) {
        this.bucket = bucket;
        this.payer = payer;
        this.connection = connection;
    }

    /** Makes the library's client, for which it may have to look for credentials, in the network, too. */
    @FunctionalInterface
    interface Connection {
        Storage connect() throws IOException;
    }

    static GcsBucket connect(GcsObjectStore.Builder builder) {
        Credentials credentials = builder.credentials;
        int timeout = Math.toIntExact(builder.requestTimeout.toMillis());
        HttpStorageOptions.Builder options = StorageOptions.http()
                // Of no meaning for what is read, and looked for in the network if it is not set.
                .setProjectId(Objects.requireNonNullElse(builder.project, "none"))
                .setTransportOptions(HttpTransportOptions.newBuilder()
                        .setConnectTimeout(timeout)
                        .setReadTimeout(timeout)
                        .build())
                // Whoever asks repeats what passes, and tells about it.
                .setRetrySettings(ServiceOptions.getNoRetrySettings());
        if (builder.host != null) {
            options.setHost(builder.host.toString());
        }
        return new GcsBucket(
                builder.bucket,
                Optional.ofNullable(builder.project),
                () -> options.setCredentials(
                                credentials == null
                                        ? GoogleCredentials.getApplicationDefault()
                                                .createScoped(READ_ONLY)
                                        : credentials)
                        .build()
                        .getService());
    }

    String name() {
        return bucket;
    }

    private synchronized Storage client() throws IOException {
        if (closed) {
            throw new IllegalStateException("It is closed");
        }
        Storage client = connected;
        if (client == null) {
            client = connection.connect();
            connected = client;
        }
        return client;
    }

    @Override
    public ObjectPage list(String prefix, boolean foldersApart, Optional<String> page) throws IOException {
        List<BlobListOption> options =
                new ArrayList<>(List.of(BlobListOption.prefix(prefix), BlobListOption.pageSize(PAGE)));
        options.add(BlobListOption.fields(FIELDS));
        if (foldersApart) {
            options.add(BlobListOption.currentDirectory());
        }
        page.map(BlobListOption::pageToken).ifPresent(options::add);
        payer.map(BlobListOption::userProject).ifPresent(options::add);
        Page<Blob> answer = client().list(bucket, options.toArray(BlobListOption[]::new));
        List<StoredObject> objects = new ArrayList<>();
        List<String> folders = new ArrayList<>();
        for (Blob blob : answer.getValues()) {
            if (blob.isDirectory()) {
                folders.add(blob.getName());
            } else {
                objects.add(object(blob));
            }
        }
        return new ObjectPage(
                objects, folders, Optional.ofNullable(answer.getNextPageToken()).filter(token -> !token.isEmpty()));
    }

    private static StoredObject object(Blob blob) {
        return new StoredObject(
                blob.getName(),
                Optional.ofNullable(blob.getSize()).orElse(0L),
                Optional.ofNullable(blob.getUpdateTimeOffsetDateTime()).map(OffsetDateTime::toInstant),
                Optional.ofNullable(blob.getCrc32c()).map(checksum -> "crc32c:" + checksum),
                lowerCase(blob.getMetadata()));
    }

    private static Map<String, String> lowerCase(@Nullable Map<String, String> metadata) {
        return Objects.requireNonNullElse(metadata, Map.<String, String>of()).entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .collect(Collectors.toMap(
                        entry -> entry.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue, (one, other) -> other));
    }

    @Override
    public Optional<StoredObject> head(String key) throws IOException {
        List<BlobGetOption> options = new ArrayList<>(List.of(BlobGetOption.fields(FIELDS)));
        payer.map(BlobGetOption::userProject).ifPresent(options::add);
        return Optional.ofNullable(client().get(BlobId.of(bucket, key), options.toArray(BlobGetOption[]::new)))
                .map(GcsBucket::object);
    }

    @Override
    public Contents open(String key) throws IOException {
        List<BlobSourceOption> options = new ArrayList<>(List.of(BlobSourceOption.shouldReturnRawInputStream(true)));
        payer.map(BlobSourceOption::userProject).ifPresent(options::add);
        ReadChannel channel = client().reader(BlobId.of(bucket, key), options.toArray(BlobSourceOption[]::new));
        channel.setChunkSize(AT_ONCE);
        PushbackInputStream stream = new PushbackInputStream(Channels.newInputStream(channel));
        try {
            // The library asks only when it is read from.
            int first = stream.read();
            if (first >= 0) {
                stream.unread(first);
            }
        } catch (IOException | RuntimeException e) {
            channel.close();
            if (GcsFailures.answer(e)
                    .filter(answer -> answer.getCode() == NOT_FOUND)
                    .isPresent()) {
                requireBucket(e);
            }
            throw e;
        }
        // The library compares the length itself.
        return new Contents(stream, OptionalLong.empty(), channel::close);
    }

    /** A question for an object is answered alike whether it or its bucket is missing; one for a listing is not. */
    private void requireBucket(Exception missing) throws IOException {
        try {
            list("", true, Optional.empty());
        } catch (StorageException e) {
            if (e.getCode() == NOT_FOUND) {
                e.addSuppressed(missing);
                throw new BucketMissingException(e);
            }
            // Without the right to list, only the object is known to be missing.
        }
    }

    @Override
    public ObjectStoreException explain(Attempt attempt, Throwable failure) {
        return GcsFailures.explain(attempt, failure, bucket);
    }

    @Override
    public synchronized void close() {
        closed = true;
        Storage client = connected;
        connected = null;
        if (client != null) {
            try {
                client.close();
            } catch (Exception e) {
                throw new IllegalStateException("Google's client did not close", e);
            }
        }
    }
}
