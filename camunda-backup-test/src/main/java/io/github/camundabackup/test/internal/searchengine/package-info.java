/**
 * The simulated search engine: indices, repositories and snapshots, and the REST API on them. Not API.
 *
 * <p>{@code EngineApplication} routes requests to classes by subject ({@code SnapshotRest}, {@code RestoreRest},
 * {@code IndexRest}, {@code SearchRest}, {@code DocumentRest}, {@code ClusterRest}, {@code TemplateRest}).
 * {@code EngineState} holds the indices and repositories, and is guarded by its own lock. Where Elasticsearch and
 * OpenSearch differ, the answers do.
 *
 * <p>The course of a snapshot is decided when it is requested: it is in progress until its end, and gone after its
 * deletion. What lies in a repository's location outlives its registration.
 *
 * <p>Only what the library and the components need is simulated. A query or an aggregation that is not is refused, so
 * that no test passes because it was ignored.
 *
 * <p>{@code ExternalEngine} puts a real engine in the place of the simulated one.
 */
@NullMarked
package io.github.camundabackup.test.internal.searchengine;

import org.jspecify.annotations.NullMarked;
