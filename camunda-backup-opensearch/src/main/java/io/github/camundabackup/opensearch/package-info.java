/**
 * The snapshot store for OpenSearch.
 *
 * <p>{@link io.github.camundabackup.opensearch.OpenSearchSnapshotStore} is one registered snapshot repository of an
 * OpenSearch cluster, and the indices there. It makes, lists, deletes and restores snapshots with OpenSearch's REST
 * API, reads the exported records, and keeps the journal of the cluster's runs in an index of its own.
 *
 * <p>The implementation is shared with Elasticsearch; {@code OpenSearchDialect} has what differs, and the names of the
 * permissions that an account needs. No client of OpenSearch is needed (docs/adr/0002).
 *
 * <p>The Amazon OpenSearch Service wants signed requests: give the endpoint a {@code RequestSigner}, and register a
 * repository by hand, as the automated one cannot be written to.
 *
 * <p>Passes {@code SnapshotStoreContract} of the module {@code camunda-backup-test}.
 */
@NullMarked
package io.github.camundabackup.opensearch;

import org.jspecify.annotations.NullMarked;
