/**
 * The port to secondary storage: a snapshot repository of a search engine, and the engine's indices.
 *
 * <p>{@link io.github.camundabackup.snapshot.SnapshotStore} makes, lists, deletes and restores snapshots, and lists,
 * counts and deletes indices. {@link io.github.camundabackup.snapshot.ExportedRecords} reads the positions of exported
 * records, for the proof that none is missing.
 * {@link io.github.camundabackup.snapshot.RestoreThrottles} raises the engine's limits for the time of a restore. The
 * other classes are the values of these three.
 *
 * <p>Every operation is asynchronous. Snapshots and restores are started and then polled; no request waits for their
 * end. If the answer to a request with an effect is lost, the implementation asks the engine what happened, and never
 * repeats the request blindly. A source that cannot be read is a failure, never an empty result.
 *
 * <p>The modules {@code camunda-backup-elasticsearch} and {@code camunda-backup-opensearch} implement the port. Test
 * another implementation with {@code SnapshotStoreContract}; it needs nothing but this package, the journal's if it
 * keeps one, and {@link io.github.camundabackup.error.SnapshotStoreException}.
 */
@NullMarked
package io.github.camundabackup.snapshot;

import org.jspecify.annotations.NullMarked;
