package io.github.camundabackup.bucket;

import io.github.camundabackup.error.ObjectStoreException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A place in an object store (a bucket, or a folder in one) where Zeebe keeps its backups, to read from. Keys are
 * relative to that place.
 *
 * <p>Implement it for another store, and test it with {@code ObjectStoreContract}. Its methods may block: they are
 * called on threads of their own, several at once, and whoever does not want an answer any more interrupts the thread:
 * the call ends with {@link ObjectStoreException.Reason#OTHER} at once, a stream that is read with an
 * {@link java.io.IOException}, and the thread stays interrupted. They need not repeat what fails;
 * {@link ObjectStoreException.Reason#BUSY} and {@link ObjectStoreException.Reason#UNREACHABLE} are asked again by the
 * caller. Nothing in this library writes to an object store.
 */
public interface ObjectStore extends AutoCloseable {
    /**
     * Lists all objects whose keys begin with a prefix.
     *
     * @param prefix may be empty, and need not end at a {@code /}
     * @param page the {@link ObjectPage#next()} of the page before; empty for the first one
     * @return in ascending order of the keys' UTF-8 bytes over all pages, with what was there at some moment of the
     *     listing; an empty page if nothing begins so
     * @throws ObjectStoreException if the store does not list it
     */
    ObjectPage list(String prefix, Optional<String> page);

    /**
     * Lists what lies directly in a folder: its objects, and the folders in it, without what is in these.
     *
     * @param folder ends with {@code /}, or is empty
     * @param page as in {@link #list}
     * @throws ObjectStoreException if the store does not list it
     */
    ObjectPage listFolder(String folder, Optional<String> page);

    /**
     * Looks for one object.
     *
     * @return with the checksum and metadata that the store has; empty if there is no such object
     * @throws ObjectStoreException if the store does not say
     */
    Optional<StoredObject> head(String key);

    /**
     * Opens an object to be read. Whoever asked reads as much as is wanted, and closes it.
     *
     * @throws ObjectStoreException if there is no such object ({@link ObjectStoreException.Reason#OBJECT_MISSING}), or
     *     the store does not give it
     */
    InputStream open(String key);

    /** Where this is, for messages and reports: kind, bucket, folder. Without secrets. */
    String description();

    /** Frees connections. Closing twice does nothing. */
    @Override
    void close();
}
