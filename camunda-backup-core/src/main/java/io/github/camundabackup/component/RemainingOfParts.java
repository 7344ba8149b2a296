package io.github.camundabackup.component;

import io.github.camundabackup.error.WaitTimedOutException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.runtime.TimeSource;
import io.github.camundabackup.snapshot.SnapshotProgress;
import io.github.camundabackup.snapshot.SnapshotState;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/**
 * How much longer a backup takes whose parts are made one after the other. Before the last part, all are taken to take
 * as long as those before on average; of the last part, the repository shows how far it is, and that it is not complete.
 */
final class RemainingOfParts implements RemainingTime<SnapshotBackup> {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** For how long one part that goes on is taken for a sign that others, made at the same time, have not failed. */
    private static final Duration TRUST = Duration.ofSeconds(5);

    private final TimeSource time;
    private final long start;
    private final Optional<SnapshotStore> repository;
    private volatile long lookedAt;
    private volatile Optional<Running> running = Optional.empty();
    private volatile Optional<Duration> estimate = Optional.empty();

    RemainingOfParts(TimeSource time, Optional<SnapshotStore> repository) {
        this.time = time;
        this.repository = repository;
        start = time.nanoTime();
        lookedAt = start;
    }

    @Override
    public CompletableFuture<Void> look(SnapshotBackup backup) {
        OptionalInt parts = backup.partsExpected();
        // Optimize asks OpenSearch for all at once.
        int begun = Math.max(backup.partsDone() + 1, backup.partsShown());
        estimate = Optional.empty();
        if (parts.isPresent() && begun < parts.getAsInt()) {
            estimate = Optional.of(Duration.ofNanos(time.nanoTime() - start)
                    .multipliedBy(parts.getAsInt() - begun)
                    .dividedBy(begun));
            return CompletableFuture.completedFuture(null);
        }
        if (parts.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        lookedAt = time.nanoTime();
        running = running(backup.parts());
        return look().thenAccept(shown -> {});
    }

    private Optional<Running> running(List<SnapshotBackup.Part> parts) {
        long unfinished = parts.stream()
                .filter(part -> part.state() != SnapshotState.SUCCESS)
                .count();
        return parts.stream()
                .filter(part -> part.state() == SnapshotState.IN_PROGRESS)
                .map(part -> new Running(part.snapshotName(), unfinished == 1, remaining(part.snapshotName())))
                .findFirst();
    }

    /** Of a part that was looked at before, how far it was then. */
    private RemainingOfSnapshot remaining(String name) {
        return running.filter(before -> before.name().equals(name))
                .map(Running::remaining)
                .orElseGet(() -> new RemainingOfSnapshot(time));
    }

    /**
     * One of several that are made at once says nothing of the others, of which one may have failed meanwhile: the
     * component is asked now and then.
     */
    @Override
    public CompletableFuture<Boolean> goesOn() {
        boolean isEnough = running.filter(last -> last.alone() || time.nanoTime() - lookedAt < TRUST.toNanos())
                .isPresent();
        return isEnough ? look() : CompletableFuture.completedFuture(false);
    }

    private CompletableFuture<Boolean> look() {
        Optional<Running> last = running;
        return repository.isEmpty() || last.isEmpty()
                ? CompletableFuture.completedFuture(false)
                : look(repository.get(), last.get());
    }

    private CompletableFuture<Boolean> look(SnapshotStore store, Running part) {
        CompletableFuture<Optional<SnapshotProgress>> asked =
                CompletableFuture.completedFuture(part.name()).thenCompose(store::progress);
        return Futures.within(
                        time,
                        PATIENCE,
                        asked,
                        () -> new WaitTimedOutException("The progress of " + part.name(), PATIENCE, ""))
                .handle((progress, error) -> {
                    Optional<SnapshotProgress> going = error == null
                            ? progress.filter(now -> now.state() == SnapshotState.IN_PROGRESS)
                            : Optional.empty();
                    going.ifPresent(part.remaining()::look);
                    estimate = going.flatMap(now -> part.remaining().estimate());
                    running = going.map(now -> part);
                    return going.isPresent();
                });
    }

    /**
     * The last part, or one of the last, as it was shown when it was looked at last.
     *
     * @param alone whether all others are complete
     */
    private record Running(String name, boolean alone, RemainingOfSnapshot remaining) {}

    @Override
    public Optional<Duration> estimate() {
        return estimate;
    }
}
