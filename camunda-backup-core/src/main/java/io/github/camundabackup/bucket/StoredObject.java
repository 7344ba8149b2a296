package io.github.camundabackup.bucket;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An object of an {@link ObjectStore}, as a listing shows it.
 *
 * @param key its whole key, with {@code /} between folders
 * @param size in bytes
 * @param modifiedAt when it was written, by the store's clock; empty if the store does not say
 * @param checksum the store's own checksum of its contents, with its kind, such as {@code crc32c:…}; empty if the store
 *     has none or does not show it in a listing
 * @param metadata what whoever wrote it attached to it, with names in lower case; empty where a listing does not show
 *     it
 */
public record StoredObject(
        String key, long size, Optional<Instant> modifiedAt, Optional<String> checksum, Map<String, String> metadata) {
    public StoredObject {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(modifiedAt, "modifiedAt");
        Objects.requireNonNull(checksum, "checksum");
        metadata = Map.copyOf(metadata);
    }

    /** An object of which only name and size are known. */
    public static StoredObject of(String key, long size) {
        return new StoredObject(key, size, Optional.empty(), Optional.empty(), Map.of());
    }
}
