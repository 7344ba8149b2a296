package io.github.camundabackup.component;

import io.github.camundabackup.continuous.Checkpoint;
import io.github.camundabackup.continuous.CheckpointRange;
import io.github.camundabackup.continuous.CheckpointState;
import io.github.camundabackup.continuous.CheckpointType;
import io.github.camundabackup.continuous.PartitionHistory;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The histories of a running cluster's partitions: its ranges, and the completed backups within them, asked for one by
 * one, as lists do not tell positions. If Zeebe's retention moves the ranges meanwhile, it begins again.
 */
final class HistorySource {
    private static final int ATTEMPTS = 3;
    /** As many backups are asked for at the same time. */
    private static final int LANES = 4;

    private final ZeebeClient zeebe;

    HistorySource(ZeebeClient zeebe) {
        this.zeebe = zeebe;
    }

    CompletableFuture<List<PartitionHistory>> read() {
        return attempt(1);
    }

    private CompletableFuture<List<PartitionHistory>> attempt(int number) {
        return zeebe.checkpoints()
                .thenCompose(before -> zeebe.list()
                        .thenCompose(listed -> completed(before, listed))
                        .thenCompose(backups -> zeebe.checkpoints().thenCompose(after -> {
                            boolean moved = !starts(before).equals(starts(after));
                            return moved && number < ATTEMPTS
                                    ? attempt(number + 1)
                                    : CompletableFuture.completedFuture(histories(after, backups));
                        })));
    }

    /** Where ranges begin: retention moves these, and new backups only the ends. */
    private static Map<Integer, List<Long>> starts(CheckpointState state) {
        Map<Integer, List<Long>> starts = new TreeMap<>();
        state.ranges()
                .forEach((partition, ranges) -> starts.put(
                        partition,
                        ranges.stream().map(range -> range.start().id()).toList()));
        return starts;
    }

    private CompletableFuture<List<ZeebeBackup>> completed(CheckpointState state, List<ZeebeBackup> listed) {
        long oldest = state.ranges().values().stream()
                .flatMap(List::stream)
                .mapToLong(range -> range.start().id())
                .min()
                .orElse(Long.MAX_VALUE);
        Queue<BackupId> waiting = new ConcurrentLinkedQueue<>(listed.stream()
                .map(ZeebeBackup::backupId)
                .filter(id -> id.value() >= oldest)
                .toList());
        Queue<ZeebeBackup> found = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Void>> lanes = new ArrayList<>();
        for (int i = 0; i < LANES; i++) {
            lanes.add(lane(waiting, found));
        }
        return Futures.all(lanes).thenApply(all -> List.copyOf(found));
    }

    private CompletableFuture<Void> lane(Queue<BackupId> waiting, Queue<ZeebeBackup> found) {
        BackupId next = waiting.poll();
        return next == null
                ? CompletableFuture.completedFuture(null)
                : zeebe.get(next).thenCompose(lookup -> {
                    if (lookup.unclear().isPresent()) {
                        return CompletableFuture.failedFuture(lookup.unclear().get());
                    }
                    lookup.found().ifPresent(found::add);
                    return lane(waiting, found);
                });
    }

    private static List<PartitionHistory> histories(CheckpointState state, List<ZeebeBackup> backups) {
        // No range of a partition may mean that its broker did not answer, which the actuator does not say.
        Set<Integer> partitions = state.ranges().keySet();
        return partitions.stream()
                .map(partition -> new PartitionHistory(
                        partition,
                        List.copyOf(checkpoints(partition, state, backups).values()),
                        state.ranges().getOrDefault(partition, List.of())))
                .toList();
    }

    /** What the state says of a checkpoint tells more than its backup, which does not tell its type. */
    private static Map<Long, Checkpoint> checkpoints(int partition, CheckpointState state, List<ZeebeBackup> backups) {
        Map<Long, Checkpoint> checkpoints = new LinkedHashMap<>();
        for (ZeebeBackup backup : backups) {
            backup.partitions().stream()
                    .filter(part -> part.partitionId() == partition && part.state() == BackupState.COMPLETED)
                    .forEach(part -> checkpoints.put(
                            backup.backupId().value(),
                            new Checkpoint(
                                    backup.backupId().value(),
                                    CheckpointType.UNKNOWN,
                                    part.checkpointPosition(),
                                    part.firstLogPosition(),
                                    part.createdAt())));
        }
        for (CheckpointRange range : state.ranges().getOrDefault(partition, List.of())) {
            put(checkpoints, range.start());
            put(checkpoints, range.end());
        }
        Optional.ofNullable(state.newest().get(partition))
                .filter(newest -> newest.type() == CheckpointType.MARKER)
                .ifPresent(marker -> put(checkpoints, marker));
        return checkpoints;
    }

    private static void put(Map<Long, Checkpoint> checkpoints, Checkpoint stated) {
        if (stated.position().isPresent()) {
            checkpoints.put(stated.id(), stated);
        }
    }
}
