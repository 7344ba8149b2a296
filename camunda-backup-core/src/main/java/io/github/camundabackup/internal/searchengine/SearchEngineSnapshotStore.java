package io.github.camundabackup.internal.searchengine;

import io.github.camundabackup.internal.http.HttpApi;
import io.github.camundabackup.journal.BackupJournal;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.EngineInfo;
import io.github.camundabackup.snapshot.ExportedRecords;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.RepositoryInfo;
import io.github.camundabackup.snapshot.RestoreProgress;
import io.github.camundabackup.snapshot.RestoreRequest;
import io.github.camundabackup.snapshot.RestoreTarget;
import io.github.camundabackup.snapshot.RestoreThrottles;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotProgress;
import io.github.camundabackup.snapshot.SnapshotRequest;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The snapshot store of both engines: each group of operations is in a class of its own. */
final class SearchEngineSnapshotStore implements SnapshotStore {
    private final String repository;
    private final String description;
    private final ClientResources resources;
    private final boolean ownsResources;
    private final AtomicBoolean closed = new AtomicBoolean();

    private final EngineDetection detection;
    private final RepositoryOperations repositories;
    private final SnapshotOperations snapshots;
    private final SnapshotListing listing;
    private final IndexOperations indices;
    private final RestoreOperations restores;
    private final EngineJournal journal;
    private final RestoreOrigins origins;
    private final RestoreFailures failures;
    private final TargetDescription target;
    private final ThrottleOperations throttles;
    private final PolicyOperations policies;
    private final RecordOperations records;

    SearchEngineSnapshotStore(Dialect dialect, HttpApi api, String repository, boolean ownsResources) {
        this.repository = repository;
        this.ownsResources = ownsResources;
        resources = api.resources();
        description = dialect.engineName() + " snapshot repository \"" + repository + "\" at "
                + api.endpoint().uri();
        Engine engine = new Engine(dialect, api);
        detection = new EngineDetection(engine);
        repositories = new RepositoryOperations(engine, repository);
        indices = new IndexOperations(engine);
        snapshots = new SnapshotOperations(engine, repository, indices);
        listing = new SnapshotListing(engine, repository);
        journal = new EngineJournal(engine, repository);
        ShardRecoveries recoveries = new ShardRecoveries(engine);
        restores = new RestoreOperations(engine, repository, snapshots, recoveries);
        origins = new RestoreOrigins(engine, repository, recoveries);
        failures = new RestoreFailures(engine);
        target = new TargetDescription(engine, repository);
        throttles = new ThrottleOperations(engine, repositories);
        policies = new PolicyOperations(engine);
        records = new RecordOperations(engine);
    }

    @Override
    public String repository() {
        return repository;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public CompletableFuture<EngineInfo> engine() {
        return open(detection::engine);
    }

    @Override
    public CompletableFuture<RepositoryInfo> verifyRepository() {
        return open(() -> detection.engine().thenCompose(engine -> repositories.verify()));
    }

    @Override
    public CompletableFuture<List<String>> missingPrivileges() {
        return open(snapshots::missingPrivileges);
    }

    @Override
    public CompletableFuture<Void> createSnapshot(SnapshotRequest request) {
        return open(() -> snapshots.create(request));
    }

    @Override
    public CompletableFuture<Optional<SnapshotProgress>> progress(String snapshot) {
        return open(() -> snapshots.progress(snapshot));
    }

    @Override
    public CompletableFuture<Optional<SnapshotInfo>> get(String snapshot) {
        return open(() -> snapshots.get(snapshot));
    }

    @Override
    public CompletableFuture<Map<String, SnapshotInfo>> getAll(Collection<String> names) {
        return open(() -> snapshots.getAll(List.copyOf(names)));
    }

    @Override
    public CompletableFuture<Void> list(Collection<String> patterns, Consumer<SnapshotInfo> consumer) {
        return open(() -> listing.list(List.copyOf(patterns), consumer));
    }

    @Override
    public CompletableFuture<Void> listNames(Collection<String> patterns, Consumer<String> consumer) {
        return open(() -> listing.listNames(List.copyOf(patterns), consumer));
    }

    @Override
    public CompletableFuture<OptionalLong> verifySnapshot(String snapshot) {
        return open(() -> snapshots.verify(snapshot));
    }

    @Override
    public CompletableFuture<Void> deleteSnapshot(String snapshot) {
        return open(() -> snapshots.delete(snapshot));
    }

    @Override
    public CompletableFuture<List<IndexInfo>> listIndices(Collection<String> patterns) {
        return open(() -> indices.list(List.copyOf(patterns)));
    }

    @Override
    public CompletableFuture<Void> deleteIndices(Collection<String> names) {
        return open(() -> indices.delete(List.copyOf(names)));
    }

    @Override
    public CompletableFuture<Void> restore(RestoreRequest request) {
        return open(() -> restores.restore(request));
    }

    @Override
    public CompletableFuture<RestoreProgress> restoreProgress(Collection<String> names) {
        return open(() -> restores.progress(List.copyOf(names)));
    }

    @Override
    public CompletableFuture<Optional<String>> restoreFailure(Collection<String> names) {
        return open(() -> failures.of(List.copyOf(names)));
    }

    @Override
    public CompletableFuture<Map<String, Long>> documentCounts(Collection<String> names) {
        return open(() -> indices.count(List.copyOf(names)));
    }

    @Override
    public Optional<BackupJournal> journal() {
        return Optional.of(journal);
    }

    @Override
    public Optional<ExportedRecords> exportedRecords() {
        return Optional.of(records);
    }

    @Override
    public CompletableFuture<Map<String, String>> restoredIndices(Collection<String> names) {
        return open(() -> origins.of(List.copyOf(names)));
    }

    @Override
    public CompletableFuture<Map<String, Map<String, String>>> indexSettings(Collection<String> names) {
        return open(() -> indices.settings(List.copyOf(names)));
    }

    @Override
    public CompletableFuture<List<String>> missingPolicies(Collection<String> names) {
        return open(() -> policies.missing(List.copyOf(names)));
    }

    @Override
    public CompletableFuture<Optional<RestoreTarget>> restoreTarget() {
        return open(() -> target.describe().thenApply(Optional::of));
    }

    @Override
    public Optional<RestoreThrottles> restoreThrottles() {
        return Optional.of(throttles);
    }

    @Override
    public CompletableFuture<Optional<String>> engineId() {
        return open(target::engineId);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true) && ownsResources) {
            resources.close();
        }
    }

    private <T> CompletableFuture<T> open(Supplier<CompletableFuture<T>> operation) {
        if (closed.get()) {
            return CompletableFuture.failedFuture(
                    new IllegalStateException("The store of the " + this + " is closed."));
        }
        return operation.get();
    }

    @Override
    public String toString() {
        return description;
    }
}
