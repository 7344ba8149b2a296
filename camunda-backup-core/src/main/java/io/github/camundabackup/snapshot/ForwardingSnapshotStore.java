package io.github.camundabackup.snapshot;

import io.github.camundabackup.journal.BackupJournal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A snapshot store that hands every call on to another one: the base of stores that change or watch some of them.
 * Thread-safe if the other one is.
 */
public abstract class ForwardingSnapshotStore implements SnapshotStore {
    private final SnapshotStore delegate;

    /**
     * @param delegate gets the calls; it is closed with this store
     */
    protected ForwardingSnapshotStore(SnapshotStore delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    @Override
    public String repository() {
        return delegate.repository();
    }

    @Override
    public String description() {
        return delegate.description();
    }

    @Override
    public CompletableFuture<EngineInfo> engine() {
        return delegate.engine();
    }

    @Override
    public CompletableFuture<RepositoryInfo> verifyRepository() {
        return delegate.verifyRepository();
    }

    @Override
    public CompletableFuture<List<String>> missingPrivileges() {
        return delegate.missingPrivileges();
    }

    @Override
    public CompletableFuture<Void> createSnapshot(SnapshotRequest request) {
        return delegate.createSnapshot(request);
    }

    @Override
    public CompletableFuture<Optional<SnapshotProgress>> progress(String snapshot) {
        return delegate.progress(snapshot);
    }

    @Override
    public CompletableFuture<Optional<SnapshotInfo>> get(String snapshot) {
        return delegate.get(snapshot);
    }

    @Override
    public CompletableFuture<Map<String, SnapshotInfo>> getAll(Collection<String> snapshots) {
        return delegate.getAll(snapshots);
    }

    @Override
    public CompletableFuture<Void> list(Collection<String> patterns, Consumer<SnapshotInfo> consumer) {
        return delegate.list(patterns, consumer);
    }

    @Override
    public CompletableFuture<Void> listNames(Collection<String> patterns, Consumer<String> consumer) {
        return delegate.listNames(patterns, consumer);
    }

    @Override
    public CompletableFuture<OptionalLong> verifySnapshot(String snapshot) {
        return delegate.verifySnapshot(snapshot);
    }

    @Override
    public CompletableFuture<Void> deleteSnapshot(String snapshot) {
        return delegate.deleteSnapshot(snapshot);
    }

    @Override
    public CompletableFuture<List<IndexInfo>> listIndices(Collection<String> patterns) {
        return delegate.listIndices(patterns);
    }

    @Override
    public CompletableFuture<Void> deleteIndices(Collection<String> names) {
        return delegate.deleteIndices(names);
    }

    @Override
    public CompletableFuture<Void> restore(RestoreRequest request) {
        return delegate.restore(request);
    }

    @Override
    public CompletableFuture<RestoreProgress> restoreProgress(Collection<String> indices) {
        return delegate.restoreProgress(indices);
    }

    @Override
    public CompletableFuture<Optional<String>> restoreFailure(Collection<String> indices) {
        return delegate.restoreFailure(indices);
    }

    @Override
    public CompletableFuture<Map<String, Long>> documentCounts(Collection<String> indices) {
        return delegate.documentCounts(indices);
    }

    @Override
    public Optional<BackupJournal> journal() {
        return delegate.journal();
    }

    @Override
    public Optional<ExportedRecords> exportedRecords() {
        return delegate.exportedRecords();
    }

    @Override
    public CompletableFuture<Map<String, String>> restoredIndices(Collection<String> indices) {
        return delegate.restoredIndices(indices);
    }

    @Override
    public CompletableFuture<Map<String, Map<String, String>>> indexSettings(Collection<String> indices) {
        return delegate.indexSettings(indices);
    }

    @Override
    public CompletableFuture<List<String>> missingPolicies(Collection<String> policies) {
        return delegate.missingPolicies(policies);
    }

    @Override
    public CompletableFuture<Optional<RestoreTarget>> restoreTarget() {
        return delegate.restoreTarget();
    }

    @Override
    public Optional<RestoreThrottles> restoreThrottles() {
        return delegate.restoreThrottles();
    }

    @Override
    public CompletableFuture<Optional<String>> engineId() {
        return delegate.engineId();
    }

    @Override
    public void close() {
        delegate.close();
    }

    /** {@link #description()}: no secrets. */
    @Override
    public String toString() {
        return description();
    }
}
