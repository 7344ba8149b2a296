/**
 * The snapshot store for Elasticsearch.
 *
 * <p>{@link io.github.camundabackup.elasticsearch.ElasticsearchSnapshotStore} is one registered snapshot repository of
 * an Elasticsearch cluster, and the indices there. It makes, lists, deletes and restores snapshots with Elasticsearch's
 * REST API, reads the exported records, and keeps the journal of the cluster's runs in an index of its own.
 *
 * <p>The implementation is shared with OpenSearch; {@code ElasticsearchDialect} has what differs, and the names of the
 * privileges that an account needs. No client of Elasticsearch is needed (docs/adr/0002).
 *
 * <p>The snapshots that it makes hold neither the feature states nor the global state of the engine, so that a restore
 * does not touch security settings or another application's data.
 *
 * <p>Passes {@code SnapshotStoreContract} of the module {@code camunda-backup-test}.
 */
@NullMarked
package io.github.camundabackup.elasticsearch;

import org.jspecify.annotations.NullMarked;
