package io.github.camundabackup.component;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.WaitTimedOutException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.concurrent.Polling;
import io.github.camundabackup.internal.failure.FailureKind;
import io.github.camundabackup.internal.failure.OutageMeter;
import io.github.camundabackup.internal.failure.PassingFailureException;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.runtime.Pace;
import io.github.camundabackup.runtime.TimeSource;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotRequest;
import io.github.camundabackup.snapshot.SnapshotState;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A client of the exported records, whose backup is a snapshot that this library makes with the search engine directly,
 * as no component of Camunda makes it. Thread-safe; usable alone. Failures come through the futures, as those of
 * {@link SnapshotStore}.
 */
public final class RecordsClient implements ComponentClient<RecordsBackup> {
    /** An engine answers nothing for a long time about a shard that is on no node. */
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(12);

    private final SnapshotStore store;
    private final String indexPattern;
    private final TimeSource time;

    private RecordsClient(SnapshotStore store, String indexPattern, TimeSource time) {
        this.store = Objects.requireNonNull(store, "store");
        this.indexPattern = Objects.requireNonNull(indexPattern, "indexPattern");
        this.time = Objects.requireNonNull(time, "time");
    }

    /**
     * Makes a client. Nothing is sent yet.
     *
     * @param store the repository that the cluster's components are configured with; stays the caller's
     * @param indexPattern the indices of the exported records, such as {@code zeebe-record_*}
     * @param time where waiting takes place
     */
    public static RecordsClient create(SnapshotStore store, String indexPattern, TimeSource time) {
        return new RecordsClient(store, indexPattern, time);
    }

    @Override
    public Component component() {
        return Component.ZEEBE_RECORDS;
    }

    /** The indices of the exported records. */
    public String indexPattern() {
        return indexPattern;
    }

    /** The indices that there are. */
    public CompletableFuture<List<IndexInfo>> indices() {
        return store.listIndices(List.of(indexPattern));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Nothing is stored with the snapshot, so that a check of the backup can prove less; see
     * {@link #take(BackupId, Function)}.
     */
    @Override
    public CompletableFuture<AcceptedBackup> take(BackupId backupId) {
        return take(backupId, found -> Map.of());
    }

    /**
     * Asks the engine for the snapshot. Before, it is read how many indices there are and how far the records in them
     * go, if that can be read in 12 s: so all of it is in the snapshot.
     *
     * @param metadata makes of this what is stored with the snapshot
     * @return completes when the engine has accepted it
     */
    public CompletableFuture<AcceptedBackup> take(
            BackupId backupId, Function<ExportedRecordsFound, Map<String, String>> metadata) {
        String name = name(backupId);
        return found().exceptionally(error -> ExportedRecordsFound.unread(OptionalInt.empty(), problem(error)))
                .thenCompose(found -> {
                    SnapshotRequest.Builder request =
                            SnapshotRequest.builder(name).index(indexPattern).allowEmpty();
                    metadata.apply(found).forEach(request::metadata);
                    return store.createSnapshot(request.build())
                            .thenApply(accepted ->
                                    new AcceptedBackup(Component.ZEEBE_RECORDS, backupId, List.of(name), false));
                });
    }

    /** The indices and the positions are asked for at the same time: exporting is paused meanwhile. */
    private CompletableFuture<ExportedRecordsFound> found() {
        Optional<CompletableFuture<SortedMap<Integer, Long>>> positions = store.exportedRecords()
                .map(readable ->
                        Futures.within(time, LONGEST_LOOK, readable.highestPositions(indexPattern), this::tooLate));
        return Futures.within(time, LONGEST_LOOK, indices(), this::tooLate)
                .thenCompose(indices -> positions
                        .filter(asked -> !indices.isEmpty())
                        .map(asked -> found(indices, asked))
                        .orElseGet(() ->
                                CompletableFuture.completedFuture(ExportedRecordsFound.of(indices.size(), Map.of()))));
    }

    private static CompletableFuture<ExportedRecordsFound> found(
            List<IndexInfo> indices, CompletableFuture<SortedMap<Integer, Long>> positions) {
        OptionalInt count = OptionalInt.of(indices.size());
        return indices.stream()
                .filter(index -> !index.open())
                .findFirst()
                .map(closed -> CompletableFuture.completedFuture(ExportedRecordsFound.unread(
                        count,
                        "The index " + closed.name()
                                + " is closed: it is in the snapshot, but its records cannot be seen.")))
                .orElseGet(() -> positions.handle((read, error) -> error == null
                        ? ExportedRecordsFound.of(indices.size(), read)
                        : ExportedRecordsFound.unread(count, problem(error))));
    }

    private CamundaBackupException tooLate() {
        return new WaitTimedOutException(
                "Reading how far the records in " + indexPattern + " go",
                LONGEST_LOOK,
                "Exporting is paused meanwhile, so that it is not waited for any longer. Perhaps a shard of these"
                        + " indices is on no node.");
    }

    private static String problem(Throwable error) {
        return String.valueOf(Futures.unwrap(error).getMessage());
    }

    @Override
    public CompletableFuture<BackupLookup<RecordsBackup>> get(BackupId backupId) {
        return store.get(name(backupId))
                .thenApply(snapshot -> snapshot.<BackupLookup<RecordsBackup>>map(
                                info -> new BackupLookup.Found<>(RecordsBackup.of(backupId, info)))
                        .orElseGet(BackupLookup.Absent::new));
    }

    @Override
    public CompletableFuture<List<RecordsBackup>> list() {
        List<RecordsBackup> listed = Collections.synchronizedList(new ArrayList<>());
        return list(listed::add).thenApply(done -> List.copyOf(listed));
    }

    @Override
    public CompletableFuture<Void> list(Consumer<? super RecordsBackup> consumer) {
        return store.list(
                List.of(SnapshotName.RECORDS_PREFIX + "*"),
                info -> SnapshotName.parse(info.name())
                        .filter(name -> name.component().equals(Component.ZEEBE_RECORDS))
                        .ifPresent(name -> consumer.accept(RecordsBackup.of(name.backupId(), info))));
    }

    /**
     * {@inheritDoc}
     *
     * <p>The snapshot in which a run wrote down how it ended ({@link SnapshotName#outcome}) is deleted too.
     */
    @Override
    public CompletableFuture<Void> delete(BackupId backupId) {
        return store.deleteSnapshot(name(backupId))
                .thenCompose(deleted -> store.deleteSnapshot(SnapshotName.outcome(backupId)));
    }

    @Override
    public CompletableFuture<RecordsBackup> awaitCompletion(
            BackupId backupId,
            Duration timeout,
            Consumer<? super RecordsBackup> onProgress,
            Consumer<? super Outage> onOutage,
            Pace pace) {
        RemainingOfSnapshot remaining = new RemainingOfSnapshot(time);
        OutageMeter outages = new OutageMeter(time, new OutageWatch(onOutage));
        return Polling.until(
                time,
                timeout,
                pace,
                remaining::estimate,
                () -> Futures.recover(
                        ask(backupId, onProgress, remaining).thenApply(answer -> {
                            outages.answered();
                            return answer;
                        }),
                        // An engine that cannot be asked for a moment does not end the wait; the deadline does.
                        error -> {
                            if (!FailureKind.isTolerableInAPoll(error)) {
                                return CompletableFuture.failedFuture(error);
                            }
                            outages.failed(error);
                            return CompletableFuture.completedFuture(Optional.empty());
                        }),
                waited ->
                        new WaitTimedOutException("The snapshot " + name(backupId), waited, "It is still being made."));
    }

    private CompletableFuture<Optional<RecordsBackup>> ask(
            BackupId backupId, Consumer<? super RecordsBackup> onProgress, RemainingOfSnapshot remaining) {
        return store.progress(name(backupId)).thenCompose(progress -> {
            progress.ifPresent(remaining::look);
            progress.map(now -> RecordsBackup.of(backupId, now)).ifPresent(onProgress);
            boolean ended = progress.map(now -> now.state().isTerminal()).orElse(true);
            return ended
                    ? store.get(name(backupId)).thenApply(info -> Optional.of(complete(backupId, info)))
                    : CompletableFuture.completedFuture(Optional.empty());
        });
    }

    private static RecordsBackup complete(BackupId backupId, Optional<SnapshotInfo> info) {
        String name = name(backupId);
        SnapshotInfo snapshot = info.orElseThrow(() -> new CamundaBackupException("The snapshot " + name
                + " was accepted, and is gone. It was deleted, or the engine lost it in a restart."));
        if (snapshot.state() != SnapshotState.SUCCESS) {
            String how = "The snapshot " + name + " ended as " + snapshot.state() + ", with "
                    + snapshot.shardsFailed() + " of " + snapshot.shardsTotal() + " shards failed"
                    + (snapshot.failures().isEmpty() ? "." : ": " + String.join("; ", snapshot.failures()) + ".");
            throw snapshot.state() == SnapshotState.PARTIAL && snapshot.failuresPass()
                    ? new PassingFailureException(how)
                    : new CamundaBackupException(how);
        }
        return RecordsBackup.of(backupId, snapshot);
    }

    private static String name(BackupId backupId) {
        return SnapshotName.records(backupId).toString();
    }

    /** Component and repository. */
    @Override
    public String toString() {
        return Component.ZEEBE_RECORDS.displayName() + " in " + store.description();
    }
}
