package io.github.camundabackup.test.contract;

import io.github.camundabackup.bucket.ObjectStore;

/**
 * The surroundings of one test of {@link ObjectStoreContract}: a bucket, with a folder in it that the store under test
 * reads from, and a way to write to both that is not the store's. Methods may block.
 */
public interface ObjectStoreFixture extends AutoCloseable {

    /** The store under test. Its place is a folder of a bucket, and empty at first. The same at every call. */
    ObjectStore store();

    /** A store of the same kind on a bucket that does not exist. The same at every call. */
    ObjectStore storeOnMissingBucket();

    /**
     * Writes an object, or replaces it.
     *
     * @param key relative to the store's place
     */
    void put(String key, byte[] contents);

    /** Deletes an object that {@link #put} wrote. */
    void delete(String key);

    /**
     * Writes an object beside the store's place, where it is not to be seen.
     *
     * @param suffix what follows the name of the place's folder in its key: with {@code -2/a} it is in a folder whose
     *     name begins as that of the place does
     */
    void putBeside(String suffix, byte[] contents);

    /**
     * Whether there can be an object {@code a} beside an object {@code a/b}. So it is in object stores, and not in
     * directories.
     */
    boolean namesMayBeFoldersToo();

    /** What must not be in a description: a key, a token, a password. */
    String secret();

    /** Deletes what the test has made, and closes the stores. */
    @Override
    void close();
}
