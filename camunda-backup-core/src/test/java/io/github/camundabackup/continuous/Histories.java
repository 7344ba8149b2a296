package io.github.camundabackup.continuous;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;

/** Random histories of partitions, as schedules, failures and retention leave them. */
final class Histories {
    static final int CHECKPOINTS = 12;
    static final int INTERVAL = 1000;

    private Histories() {}

    static Map<Integer, PartitionHistory> random(int partitions, Random random) {
        boolean[] markers = new boolean[CHECKPOINTS];
        for (int i = 0; i < CHECKPOINTS; i++) {
            markers[i] = random.nextInt(3) == 0;
        }
        int retained = random.nextInt(4);
        Map<Integer, PartitionHistory> histories = new TreeMap<>();
        for (int p = 1; p <= partitions; p++) {
            histories.put(p, history(p, markers, retained, random));
        }
        return histories;
    }

    private static PartitionHistory history(int partition, boolean[] markers, int retained, Random random) {
        List<Checkpoint> checkpoints = new ArrayList<>();
        List<CheckpointRange> ranges = new ArrayList<>();
        List<Checkpoint> open = new ArrayList<>();
        long position = 0;
        long held = 0;
        // A few histories have a gap inside of a range, as no cluster should.
        boolean broken = random.nextInt(20) == 0;
        for (int i = retained; i < CHECKPOINTS; i++) {
            position += 1 + random.nextInt(30);
            long id = (i + 1L) * INTERVAL;
            Optional<Instant> time = Optional.of(Instant.ofEpochMilli(id));
            if (markers[i]) {
                if (random.nextInt(8) > 0) {
                    Checkpoint marker = new Checkpoint(
                            id, CheckpointType.MARKER, OptionalLong.of(position), OptionalLong.empty(), time);
                    checkpoints.add(marker);
                    if (!open.isEmpty()) {
                        open.add(marker);
                    }
                }
                continue;
            }
            if (random.nextInt(8) == 0) {
                // The backup failed, and its log was compacted or not.
                if (random.nextBoolean()) {
                    close(open, ranges);
                    held = position;
                }
                continue;
            }
            long first = broken && random.nextInt(3) == 0 ? held + 2 : held + 1;
            Checkpoint backup = new Checkpoint(
                    id,
                    random.nextInt(5) == 0 ? CheckpointType.MANUAL_BACKUP : CheckpointType.SCHEDULED_BACKUP,
                    OptionalLong.of(position),
                    OptionalLong.of(Math.min(first, position)),
                    time);
            checkpoints.add(backup);
            open.add(backup);
            held = position;
        }
        close(open, ranges);
        return new PartitionHistory(partition, checkpoints, ranges);
    }

    private static void close(List<Checkpoint> open, List<CheckpointRange> ranges) {
        if (!open.isEmpty()) {
            ranges.add(new CheckpointRange(open.get(0), open.get(open.size() - 1)));
            open.clear();
        }
    }

    /** Positions of a dump: mostly inside, sometimes before, behind, -1 or missing. */
    static Map<Integer, Long> positions(Map<Integer, PartitionHistory> histories, Random random) {
        double part = 0.2 + 0.8 * random.nextDouble();
        Map<Integer, Long> positions = new TreeMap<>();
        histories.forEach((partition, history) -> {
            long end = history.checkpoints().stream()
                    .mapToLong(checkpoint -> checkpoint.position().getAsLong())
                    .max()
                    .orElse(1);
            int kind = random.nextInt(30);
            if (kind == 0) {
                positions.put(partition, -1L);
            } else if (kind == 1) {
                positions.put(partition, end + random.nextInt(5));
            } else if (kind > 2) {
                positions.put(partition, Math.max(1, (long) (part * end) - random.nextInt(10)));
            }
        });
        return positions;
    }
}
