package io.github.camundabackup.internal.objectstore;

import io.github.camundabackup.bucket.ObjectPage;
import io.github.camundabackup.bucket.StoredObject;
import io.github.camundabackup.error.ObjectStoreException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A bucket, by its vendor's library. Keys are whole ones. Each method blocks, for no longer than the library's own
 * limits, and may throw whatever the library throws.
 */
public interface Bucket extends AutoCloseable {
    /**
     * Lists a page.
     *
     * @param foldersApart whether what has another {@code /} after the prefix is shown as a folder only
     */
    ObjectPage list(String prefix, boolean foldersApart, Optional<String> page) throws Exception;

    /** Looks for one object; empty if the store says that there is none. */
    Optional<StoredObject> head(String key) throws Exception;

    /** Opens an object; fails if there is none. */
    Contents open(String key) throws Exception;

    /** What a failure means, and what is to be done. */
    ObjectStoreException explain(Attempt attempt, Throwable failure);

    @Override
    void close();

    /**
     * An object's contents.
     *
     * @param length how many bytes the store has announced; empty if it has not. Not all libraries notice that a
     *     connection was cut before
     * @param abort ends the transfer; called on another thread than the one that reads, instead of closing, if not all
     *     was read
     */
    record Contents(InputStream stream, OptionalLong length, Runnable abort) {}
}
