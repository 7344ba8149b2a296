package io.github.camundabackup.continuous;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Camunda's restore application, as its sources describe it, step by step and written for itself: it shares nothing with
 * {@link RestorePoints}, which must come to the same.
 */
final class RestoreApplication {
    /** It refuses. */
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;

        Refusal(String message) {
            super(message);
        }
    }

    private RestoreApplication() {}

    /**
     * Chooses the backups of each partition.
     *
     * @param exported the position of each partition in the database; null where there is none
     */
    static Map<Integer, List<Long>> choose(
            int partitions,
            Map<Integer, Long> exported,
            Map<Integer, PartitionHistory> histories,
            Optional<Instant> from,
            Optional<Instant> to)
            throws Refusal {
        CheckpointRange[] ranges = new CheckpointRange[partitions + 1];
        long[] positions = new long[partitions + 1];
        for (int p = 1; p <= partitions; p++) {
            if (!exported.containsKey(p)) {
                throw new Refusal("No exported position found for partition " + p + " in RDBMS");
            }
            positions[p] = exported.get(p) < 0 ? 1 : exported.get(p);
            for (CheckpointRange range : of(p, histories).ranges()) {
                boolean early = from.isEmpty() || !range.start().time().get().isAfter(from.get());
                if (ranges[p] == null
                        && early
                        && range.start().firstPosition().getAsLong() <= positions[p]
                        && range.end().position().getAsLong() >= positions[p]) {
                    ranges[p] = range;
                }
            }
            if (ranges[p] == null) {
                throw new Refusal("No usable range found for partition " + p);
            }
        }
        Checkpoint target = null;
        for (Checkpoint candidate : of(1, histories).checkpoints()) {
            boolean everywhere = true;
            for (int p = 1; p <= partitions; p++) {
                boolean here = false;
                for (Checkpoint checkpoint : of(p, histories).checkpoints()) {
                    here |= checkpoint.id() == candidate.id()
                            && checkpoint.id() >= ranges[p].start().id()
                            && checkpoint.id() <= ranges[p].end().id()
                            && checkpoint.position().getAsLong() >= positions[p];
                }
                everywhere &= here;
            }
            if (everywhere && (target == null || to.isEmpty() || away(candidate, to.get()) <= away(target, to.get()))) {
                target = candidate;
            }
        }
        if (target == null) {
            throw new Refusal("Could not find common checkpoint across partitions");
        }
        Map<Integer, List<Long>> chosen = new TreeMap<>();
        for (int p = 1; p <= partitions; p++) {
            chosen.put(p, backups(p, of(p, histories), ranges[p], positions[p], target, from));
        }
        return chosen;
    }

    private static List<Long> backups(
            int partition,
            PartitionHistory history,
            CheckpointRange range,
            long position,
            Checkpoint target,
            Optional<Instant> from)
            throws Refusal {
        List<Checkpoint> backups = new ArrayList<>();
        long reached = -1;
        for (Checkpoint checkpoint : history.checkpoints()) {
            if (checkpoint.type() == CheckpointType.MARKER
                    || checkpoint.id() < range.start().id()
                    || checkpoint.id() > range.end().id()
                    || reached >= target.id()) {
                continue;
            }
            if (!backups.isEmpty()) {
                long previous = backups.get(backups.size() - 1).position().getAsLong();
                if (checkpoint.firstPosition().getAsLong() > previous + 1) {
                    throw new Refusal("Unexpected data gaps in partition " + partition);
                }
            }
            backups.add(checkpoint);
            reached = checkpoint.id();
        }
        if (reached < target.id()) {
            throw new Refusal("Last restorable backup for partition " + partition + " does not cover the checkpoint");
        }
        if (from.isPresent()) {
            backups.removeIf(backup -> backup.time().get().isBefore(from.get()));
            if (backups.isEmpty() || backups.get(0).firstPosition().getAsLong() > position) {
                throw new Refusal("The first backup of partition " + partition + " begins above the exported position");
            }
        } else {
            while (backups.size() > 1 && backups.get(1).position().getAsLong() <= position) {
                backups.remove(0);
            }
        }
        return backups.stream().map(Checkpoint::id).toList();
    }

    private static PartitionHistory of(int partition, Map<Integer, PartitionHistory> histories) {
        return Optional.ofNullable(histories.get(partition)).orElseThrow();
    }

    private static long away(Checkpoint checkpoint, Instant time) {
        return Math.abs(checkpoint.time().get().toEpochMilli() - time.toEpochMilli());
    }
}
