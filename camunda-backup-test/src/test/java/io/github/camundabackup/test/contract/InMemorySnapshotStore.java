package io.github.camundabackup.test.contract;

import io.github.camundabackup.error.SnapshotStoreException;
import io.github.camundabackup.error.SnapshotStoreException.Reason;
import io.github.camundabackup.journal.BackupJournal;
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
import io.github.camundabackup.snapshot.SnapshotState;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A snapshot store without an engine, written with nothing but the published packages. */
final class InMemorySnapshotStore implements SnapshotStore {
    private final InMemoryEngine engine;
    private final String repository;

    InMemorySnapshotStore(InMemoryEngine engine, String repository) {
        this.engine = engine;
        this.repository = repository;
    }

    @Override
    public String repository() {
        return repository;
    }

    @Override
    public String description() {
        return "repository " + repository + " in memory";
    }

    @Override
    public CompletableFuture<EngineInfo> engine() {
        return answer(() -> new EngineInfo("Memory", "1"));
    }

    @Override
    public CompletableFuture<RepositoryInfo> verifyRepository() {
        return answer(() -> {
            requireWritable();
            return new RepositoryInfo(repository, "memory", Map.of(), List.of(), 1);
        });
    }

    @Override
    public CompletableFuture<List<String>> missingPrivileges() {
        return answer(List::of);
    }

    @Override
    public CompletableFuture<Void> createSnapshot(SnapshotRequest request) {
        return answer(() -> {
            InMemoryEngine.Repository target = requireWritable();
            if (!request.name().matches("[a-z0-9_-]+")) {
                throw refused(Reason.NAME_INVALID, request.name());
            }
            if (target.snapshots.containsKey(request.name())) {
                throw refused(Reason.NAME_IN_USE, request.name());
            }
            Map<String, InMemoryEngine.Index> taken = engine.indices.entrySet().stream()
                    .filter(index -> matches(request.indices(), index.getKey()))
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, index -> index.getValue().copy(true), (a, b) -> a, TreeMap::new));
            if (taken.isEmpty() && !request.allowsEmpty()) {
                throw refused(Reason.NO_MATCHING_INDEX, request.indices().toString());
            }
            target.snapshots.put(request.name(), new Stored(request, taken));
            return null;
        });
    }

    @Override
    public CompletableFuture<Optional<SnapshotProgress>> progress(String snapshot) {
        return answer(() -> find(snapshot).map(stored -> {
            int shards = stored.indices.size();
            return new SnapshotProgress(stored.nextState(), shards, 0, shards, shards, shards);
        }));
    }

    @Override
    public CompletableFuture<Optional<SnapshotInfo>> get(String snapshot) {
        return answer(() -> find(snapshot).map(stored -> stored.info(true)));
    }

    @Override
    public CompletableFuture<Map<String, SnapshotInfo>> getAll(Collection<String> snapshots) {
        return answer(() -> snapshots.stream()
                .flatMap(name -> find(name).map(stored -> stored.info(true)).stream())
                .collect(Collectors.toMap(SnapshotInfo::name, info -> info)));
    }

    @Override
    public CompletableFuture<Void> list(Collection<String> patterns, Consumer<SnapshotInfo> consumer) {
        return answer(() -> {
            requireRepository().snapshots.values().stream()
                    .map(stored -> stored.info(false))
                    .filter(info -> matches(patterns, info.name()))
                    .forEach(consumer);
            return null;
        });
    }

    @Override
    public CompletableFuture<Void> listNames(Collection<String> patterns, Consumer<String> consumer) {
        return list(patterns, info -> consumer.accept(info.name()));
    }

    @Override
    public CompletableFuture<Void> deleteSnapshot(String snapshot) {
        requirePlain(List.of(snapshot));
        return answer(() -> {
            requireRepository().snapshots.remove(snapshot);
            return null;
        });
    }

    @Override
    public CompletableFuture<List<IndexInfo>> listIndices(Collection<String> patterns) {
        return answer(() -> engine.indices.entrySet().stream()
                .filter(index -> matches(patterns, index.getKey()))
                .map(index -> new IndexInfo(
                        index.getKey(), index.getValue().open, index.getValue().open ? index.getValue().documents : 0))
                .toList());
    }

    @Override
    public CompletableFuture<Void> deleteIndices(Collection<String> names) {
        requirePlain(names);
        return answer(() -> {
            names.forEach(engine.indices::remove);
            return null;
        });
    }

    @Override
    public CompletableFuture<Void> restore(RestoreRequest request) {
        return answer(() -> {
            Stored stored =
                    find(request.snapshot()).orElseThrow(() -> refused(Reason.SNAPSHOT_MISSING, request.snapshot()));
            Map<String, InMemoryEngine.Index> restored = new TreeMap<>();
            stored.indices.forEach((name, index) -> {
                if (request.indices().isEmpty() || request.indices().contains(name)) {
                    String target = request.rename()
                            .map(rename -> name.replaceAll(rename.pattern(), rename.replacement()))
                            .orElse(name);
                    InMemoryEngine.Index there = engine.indices.get(target);
                    if (there != null && there.open) {
                        throw refused(Reason.INDEX_IN_THE_WAY, target);
                    }
                    restored.put(target, index.copy(request.restoresAliases()));
                }
            });
            engine.indices.putAll(restored);
            return null;
        });
    }

    @Override
    public CompletableFuture<RestoreProgress> restoreProgress(Collection<String> indices) {
        return answer(() -> {
            Map<String, RestoreProgress.Index> there = indices.stream()
                    .distinct()
                    .filter(engine.indices::containsKey)
                    .collect(Collectors.toMap(name -> name, name -> new RestoreProgress.Index(1, 1, 1, 1)));
            return new RestoreProgress(there, (int) indices.stream().distinct().count() - there.size());
        });
    }

    @Override
    public CompletableFuture<Map<String, Long>> documentCounts(Collection<String> indices) {
        return answer(() -> {
            Map<String, Long> counts = new TreeMap<>();
            for (String name : indices) {
                InMemoryEngine.Index index = engine.indices.get(name);
                if (index != null && index.open) {
                    counts.put(name, (long) index.documents);
                }
            }
            return counts;
        });
    }

    @Override
    public Optional<ExportedRecords> exportedRecords() {
        return Optional.of(new InMemoryRecords(engine));
    }

    @Override
    public CompletableFuture<OptionalLong> verifySnapshot(String snapshot) {
        return CompletableFuture.completedFuture(OptionalLong.empty());
    }

    @Override
    public CompletableFuture<Optional<String>> restoreFailure(Collection<String> indices) {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    @Override
    public Optional<BackupJournal> journal() {
        return Optional.empty();
    }

    @Override
    public CompletableFuture<Map<String, String>> restoredIndices(Collection<String> indices) {
        return CompletableFuture.completedFuture(Map.of());
    }

    @Override
    public CompletableFuture<Map<String, Map<String, String>>> indexSettings(Collection<String> indices) {
        return CompletableFuture.completedFuture(Map.of());
    }

    @Override
    public CompletableFuture<List<String>> missingPolicies(Collection<String> policies) {
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletableFuture<Optional<RestoreTarget>> restoreTarget() {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    @Override
    public Optional<RestoreThrottles> restoreThrottles() {
        return Optional.empty();
    }

    @Override
    public CompletableFuture<Optional<String>> engineId() {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    @Override
    public void close() {
        // There is nothing to release.
    }

    private Optional<Stored> find(String snapshot) {
        return Optional.ofNullable(requireRepository().snapshots.get(snapshot));
    }

    private InMemoryEngine.Repository requireRepository() {
        InMemoryEngine.Repository found = engine.repositories.get(repository);
        if (found == null) {
            throw refused(Reason.REPOSITORY_MISSING, repository);
        }
        return found;
    }

    private InMemoryEngine.Repository requireWritable() {
        InMemoryEngine.Repository found = requireRepository();
        if (found.readOnly) {
            throw refused(Reason.REPOSITORY_READ_ONLY, repository);
        }
        return found;
    }

    private static SnapshotStoreException refused(Reason reason, String what) {
        return new SnapshotStoreException(reason, reason + ": " + what, null);
    }

    private static void requirePlain(Collection<String> names) {
        for (String name : names) {
            if (!name.matches("[^*?,_+-][^*?,]*")) {
                throw new IllegalArgumentException("\"" + name + "\" is no complete name.");
            }
        }
    }

    static boolean matches(Collection<String> patterns, String index) {
        return patterns.stream()
                .anyMatch(pattern -> (!index.startsWith(".") || pattern.startsWith("."))
                        && index.matches(pattern.replace(".", "\\.").replace("*", ".*")));
    }

    // Inline, but through the future, as the contract asks.
    private <T> CompletableFuture<T> answer(Supplier<T> operation) {
        synchronized (engine) {
            try {
                return CompletableFuture.completedFuture(operation.get());
            } catch (RuntimeException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
    }

    /** A snapshot. It runs until its progress has been asked for a second time. */
    static final class Stored {
        private final SnapshotRequest request;
        private final Map<String, InMemoryEngine.Index> indices;
        private final String uuid = UUID.randomUUID().toString();
        private int asked;

        Stored(SnapshotRequest request, Map<String, InMemoryEngine.Index> indices) {
            this.request = request;
            this.indices = indices;
        }

        private SnapshotState nextState() {
            asked++;
            return state();
        }

        private SnapshotState state() {
            return asked < 2 ? SnapshotState.IN_PROGRESS : SnapshotState.SUCCESS;
        }

        private SnapshotInfo info(boolean withIndices) {
            SnapshotInfo.Builder info = SnapshotInfo.builder(request.name(), state())
                    .uuid(uuid)
                    .metadata(request.metadata())
                    .shards(indices.size(), 0)
                    .startTime(Instant.EPOCH.plusSeconds(1));
            if (state().isTerminal()) {
                info.endTime(Instant.EPOCH.plusSeconds(2));
            }
            if (withIndices) {
                info.indices(List.copyOf(indices.keySet()));
            }
            return info.build();
        }
    }
}
