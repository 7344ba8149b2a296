package io.github.camundabackup.test.contract;

import io.github.camundabackup.snapshot.SnapshotStore;

/**
 * The surroundings of one test of {@link SnapshotStoreContract}: an engine, its repositories, and what a user's
 * application would do to the engine. Methods may block. The contract uses indices whose names begin with
 * {@code contract-} or {@code .contract-}; there must be none at the beginning, and {@link #close()} deletes those that
 * are left.
 */
public interface SnapshotStoreFixture extends AutoCloseable {

    /** The store under test, on a writable repository without any snapshot. The same at every call. */
    SnapshotStore store();

    /** A store of the same kind on a repository that the engine does not know. The same at every call. */
    SnapshotStore storeOnMissingRepository();

    /** A store of the same kind on a repository that is registered as read-only. The same at every call. */
    SnapshotStore storeOnReadOnlyRepository();

    /**
     * Creates an open index with so many documents, which searches need not find yet.
     *
     * @param name may begin with a dot: then the index is a hidden one
     */
    void createIndex(String name, int documents);

    /** Gives an index another name. */
    void addAlias(String index, String alias);

    /** Whether an index has that other name. */
    boolean hasAlias(String index, String alias);

    /** Closes an index. */
    void closeIndex(String name);

    /**
     * Creates an open index for {@link #addRecord}, with the types of Zeebe's own templates: whole numbers,
     * {@code valueType} as a keyword and {@code timestamp} as a time. Only for stores that read exported records.
     */
    default void createRecordIndex(String name) {
        throw new UnsupportedOperationException("This store reads no exported records.");
    }

    /**
     * Adds an exported record, which searches need not find yet. Only for stores that read exported records.
     *
     * @param index made by {@link #createRecordIndex}
     */
    default void addRecord(String index, ExportedRecord record) {
        throw new UnsupportedOperationException("This store reads no exported records.");
    }

    /**
     * What every exported record says of itself.
     *
     * @param timestamp in milliseconds since 1970
     */
    record ExportedRecord(int partitionId, String valueType, long position, long sequence, long timestamp) {}

    /** Deletes what the test has made, and closes the stores. */
    @Override
    void close();
}
