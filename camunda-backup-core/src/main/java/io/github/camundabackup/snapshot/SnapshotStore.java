package io.github.camundabackup.snapshot;

import io.github.camundabackup.error.SnapshotStoreException;
import io.github.camundabackup.journal.BackupJournal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One snapshot repository of a search engine, and the engine's indices as far as a restore needs them.
 *
 * <p>Implementations for Elasticsearch and OpenSearch come with this library. Another one must pass
 * {@code io.github.camundabackup.test.contract.SnapshotStoreContract} of the module {@code camunda-backup-test}; it
 * needs nothing but this package and {@link SnapshotStoreException}.
 *
 * <p><strong>Rules for implementations.</strong> Thread-safe. No method blocks. What goes wrong comes through the
 * future, as a {@link SnapshotStoreException} where its reasons fit and otherwise as another
 * {@code CamundaBackupException}; never as null or as an empty result: a source that could not be read is not an empty
 * one. Nothing is held open while a snapshot or a restore runs: they are started, and then asked about. Requests that
 * only read may be repeated by the implementation; those with an effect are not repeated blindly: if an answer is lost,
 * the implementation asks the engine what happened. No method has a default, since one that is forgotten would make a
 * backup or its proof weaker without a word; {@link ForwardingSnapshotStore} is for stores that change little.
 */
public interface SnapshotStore extends AutoCloseable {

    /** The repository's name. */
    String repository();

    /** Which engine, which repository, where: for messages. Without secrets. */
    String description();

    /** The engine and its version. */
    CompletableFuture<EngineInfo> engine();

    /**
     * Checks that the repository is registered, is not read-only, and can be written by every node of the engine.
     *
     * @return completes with what is registered, or exceptionally with the reasons {@code REPOSITORY_MISSING},
     *     {@code REPOSITORY_READ_ONLY}, {@code REPOSITORY_UNUSABLE}, {@code UNAUTHENTICATED} or {@code FORBIDDEN}
     */
    CompletableFuture<RepositoryInfo> verifyRepository();

    /**
     * Which privileges the account lacks to take a snapshot and to follow it, found out without making one: so that a
     * backup knows it before it pauses exporting.
     *
     * @return what is missing, as sentences that say what to grant; none if nothing is, or if that cannot be told, as
     *     where the repository itself is not there
     */
    CompletableFuture<List<String>> missingPrivileges();

    /**
     * Starts a snapshot. If the answer is lost, the implementation settles whether this snapshot (same name, same
     * metadata) was started.
     *
     * @return completes when the engine has accepted it, long before it ends; exceptionally with {@code NAME_IN_USE},
     *     {@code NAME_INVALID}, {@code NO_MATCHING_INDEX} (unless {@link SnapshotRequest#allowsEmpty()}),
     *     {@code REPOSITORY_BUSY} or one of the reasons of {@link #verifyRepository()}
     */
    CompletableFuture<Void> createSnapshot(SnapshotRequest request);

    /**
     * How far a snapshot is.
     *
     * @return empty if there is no such snapshot; a snapshot that was just accepted is there
     */
    CompletableFuture<Optional<SnapshotProgress>> progress(String snapshot);

    /**
     * Everything about one snapshot, with its indices.
     *
     * @return empty if there is no such snapshot
     */
    CompletableFuture<Optional<SnapshotInfo>> get(String snapshot);

    /**
     * As {@link #get} for each of several snapshots, in as few requests as possible.
     *
     * @param snapshots complete names, never patterns
     * @return name to snapshot; one that does not exist is missing from it. Fails as a whole if one of them cannot be
     *     read: {@link #get} says which
     * @throws IllegalArgumentException if one holds a wildcard or a comma
     */
    CompletableFuture<Map<String, SnapshotInfo>> getAll(Collection<String> snapshots);

    /**
     * Hands over all snapshots whose names match, one after the other and in no particular order, without holding them
     * in memory: a repository may hold 100,000. Leaves out {@link SnapshotInfo#indices()}. One whose files cannot be
     * read does not hide the others: it is handed over as {@link SnapshotState#UNREADABLE}, with nothing but its name
     * and perhaps its uuid.
     *
     * <p>It may take as long as it needs while snapshots come. If none has come for half an hour, it is given up.
     *
     * @param patterns names, with {@code *} as wildcard, a few at most. What matches several of them is handed over
     *     once; a pattern that matches nothing adds nothing
     * @param consumer called by one thread at a time, never after the future has completed; must be quick. What it
     *     throws fails the future
     * @return completes when all have been handed over. If it fails, some may have been handed over before
     * @throws IllegalArgumentException if a pattern can mean anything but names
     */
    CompletableFuture<Void> list(Collection<String> patterns, Consumer<SnapshotInfo> consumer);

    /**
     * Hands over the names of all snapshots that match, and nothing else of them: for questions about a whole
     * repository that are to cost little. Otherwise as {@link #list}.
     *
     * @param patterns as for {@link #list}
     * @param consumer as for {@link #list}
     */
    CompletableFuture<Void> listNames(Collection<String> patterns, Consumer<String> consumer);

    /**
     * Checks that a snapshot that is complete can be restored, as far as that can be told without reading its data:
     * what describes its shards is read, of which {@link #get} tells nothing. Reads a file for each shard.
     *
     * @return completes if nothing was found, with how many bytes it holds, copies not counted, if that is known;
     *     exceptionally with {@code REPOSITORY_UNUSABLE} if something is gone or damaged
     */
    CompletableFuture<OptionalLong> verifySnapshot(String snapshot);

    /**
     * Deletes one snapshot. One that is being made is aborted first. Deleting what is not there is a success.
     *
     * @param snapshot a complete name, never a pattern
     * @throws IllegalArgumentException if it holds a wildcard or a comma
     */
    CompletableFuture<Void> deleteSnapshot(String snapshot);

    /**
     * The indices that match any of the patterns, open and closed ones; hidden ones only where the pattern begins with
     * a dot.
     *
     * @param patterns index names, with {@code *} as wildcard. A pattern that matches nothing adds nothing
     */
    CompletableFuture<List<IndexInfo>> listIndices(Collection<String> patterns);

    /**
     * Deletes indices by their complete names. Deleting what is not there is a success.
     *
     * @throws IllegalArgumentException if a name holds a wildcard or a comma, or is {@code _all}
     */
    CompletableFuture<Void> deleteIndices(Collection<String> names);

    /**
     * Starts to restore indices from a snapshot, without the cluster's global state.
     *
     * @return completes when the engine has accepted it; exceptionally with {@code SNAPSHOT_MISSING},
     *     {@code INDEX_IN_THE_WAY}, {@code REPOSITORY_MISSING}, {@code REPOSITORY_BUSY}, {@code UNAUTHENTICATED} or
     *     {@code FORBIDDEN}
     */
    CompletableFuture<Void> restore(RestoreRequest request);

    /**
     * How far the restore of the given indices is. An index that does not exist counts as not restored.
     *
     * @param indices complete names, as they are after renaming
     */
    CompletableFuture<RestoreProgress> restoreProgress(Collection<String> indices);

    /**
     * Why the restore of some indices will not end: what the engine says of a shard that it has tried to restore, and
     * no longer tries. Asked when nothing has gone on for a while. Where a store cannot say, such a restore ends at its
     * deadline.
     *
     * @param indices complete names, as they are after renaming
     * @return why, and what to do about it, as sentences; empty if the engine has given up none of them, or may not be
     *     asked
     */
    CompletableFuture<Optional<String>> restoreFailure(Collection<String> indices);

    /**
     * How many documents each index holds, deleted ones not counted, after a refresh.
     *
     * @param indices complete names
     * @return index name to count; an index that does not exist, or is not searchable yet, is missing from it
     */
    CompletableFuture<Map<String, Long>> documentCounts(Collection<String> indices);

    /**
     * A journal that the engine itself keeps for this repository, so that it outlives the machine that takes the
     * backups. Every store of the same repository has the same journal.
     *
     * @return empty if the store keeps none; then only a journal that the caller configures keeps two runs apart
     */
    Optional<BackupJournal> journal();

    /**
     * What Zeebe has exported to the engine. A store that cannot read it takes and restores backups all the same; only
     * the proof that no record is missing is weaker then, which checks say.
     *
     * @return empty if the store does not read documents
     */
    Optional<ExportedRecords> exportedRecords();

    /**
     * Which of the indices hold exactly what a snapshot of this repository holds: restored from it under the same name,
     * all primary shards started, and nothing written since. A restore that was interrupted keeps these, and only
     * these.
     *
     * @param indices complete names
     * @return index name to snapshot name. An index of which the engine cannot tell any more (as after a restart) is
     *     missing from it. A store that cannot say returns none, with which an interrupted restore begins again from
     *     its beginning
     */
    CompletableFuture<Map<String, String>> restoredIndices(Collection<String> indices);

    /**
     * Which of the indices are set to what decides whether they can be deleted, written to, and put on a node, and which
     * name a policy by which they are deleted when they are old: {@code index.blocks.*},
     * {@code index.routing.allocation.*}, {@code index.lifecycle.name} and
     * {@code index.*.index_state_management.policy_id}.
     *
     * @param indices complete names, or patterns as for {@link #listIndices}
     * @return index name to values by whole names. An index that does not exist, or has none of these, is missing from
     *     it; a store that cannot say returns none
     */
    CompletableFuture<Map<String, Map<String, String>>> indexSettings(Collection<String> indices);

    /**
     * Which of the policies the engine lacks by which it deletes old indices: ILM's in Elasticsearch, ISM's in
     * OpenSearch. No snapshot holds them.
     *
     * @param policies complete names, as {@link #indexSettings} gives them
     * @return names; none if the store cannot say
     */
    CompletableFuture<List<String>> missingPolicies(Collection<String> policies);

    /** What a restore has to know of the engine beforehand; empty if the store cannot say, which the plan warns of. */
    CompletableFuture<Optional<RestoreTarget>> restoreTarget();

    /**
     * The limits that the engine sets to the speed of restores.
     *
     * @return empty if the store cannot raise them; then a restore for which that is wanted goes on at the engine's
     *     pace, which the plan says
     */
    Optional<RestoreThrottles> restoreThrottles();

    /**
     * What tells the engine from every other one, whichever of its addresses is used: so that what is meant for a
     * scratch engine cannot happen to the one in use. Empty if the store cannot say.
     */
    CompletableFuture<Optional<String>> engineId();

    /** Releases what the store holds, without waiting. Closing twice does nothing. */
    @Override
    void close();
}
