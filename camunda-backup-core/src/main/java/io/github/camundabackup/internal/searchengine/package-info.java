/**
 * The snapshot store over REST, shared by Elasticsearch and OpenSearch. Not API.
 *
 * <p>{@code SearchEngineSnapshotStore} implements the port {@code SnapshotStore}; each group of operations is in a
 * class of its own. {@code Dialect} has the few differences between the engines. {@code Engine} sends requests, and
 * {@code EngineErrorMapper} translates refusals by the type of the error.
 *
 * <p>A request with an effect is sent once. If its answer is lost, {@code LostReplyResolver} asks for what it should
 * have brought about, for as long as the engine may still carry it out.
 *
 * <p>A listing is one stream with one snapshot in memory at a time. A damaged snapshot does not hide the others.
 * {@code RestoreOrigins} finds the indices that hold exactly what a snapshot holds, by what the engine remembers of
 * their shards. {@code EngineJournal} keeps the journal in a document of the engine, with optimistic locking.
 *
 * <p>Names are checked before they are put into a path, so that none can mean more than one thing.
 */
@NullMarked
package io.github.camundabackup.internal.searchengine;

import org.jspecify.annotations.NullMarked;
