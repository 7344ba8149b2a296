package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.test.internal.searchengine.SimulatedClock;
import io.github.camundabackup.test.simulation.model.BackupFate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A backup of all partitions, whose whole life was decided when it was accepted. */
final class ZeebeBackup {
    private static final String CANCELLED = "Backup is cancelled due to leader change.";

    private final long id;
    private final List<Partition> partitions = new ArrayList<>();

    /**
     * @param checkpoints what each partition puts into it
     */
    ZeebeBackup(
            long id,
            long accepted,
            Duration settling,
            Duration duration,
            Duration longPause,
            BackupFate fate,
            List<Checkpoint> checkpoints) {
        this.id = id;
        long settled = accepted + Math.min(settling.toNanos(), duration.toNanos());
        int count = checkpoints.size();
        for (int i = 1; i <= count; i++) {
            boolean first = i == 1;
            boolean last = i == count;
            // The last partition begins a little later, and each ends at its own time.
            long begin = last && count > 1 ? settled + (settled - accepted) / 2 : settled;
            long end = Math.max(begin, accepted + duration.toNanos() * (count + i) / (2L * count));
            boolean fails = false;
            switch (fate) {
                case SUCCEEDS -> {
                    // As planned.
                }
                case FAILS, INCOMPATIBLE -> fails = first;
                case PARTIAL -> fails = last;
                case STUCK -> end = first ? SimulatedClock.NEVER : end;
                case STAYS_INCOMPLETE -> {
                    if (last) {
                        begin = SimulatedClock.NEVER;
                        end = SimulatedClock.NEVER;
                    }
                }
                case PAUSES_INCOMPLETE -> {
                    if (last) {
                        begin += longPause.toNanos();
                        end += longPause.toNanos();
                    }
                }
            }
            partitions.add(new Partition(i, begin, end, fails, checkpoints.get(i - 1)));
        }
    }

    long id() {
        return id;
    }

    /** What is in progress fails, and what has not begun never will. */
    void cancel(long now) {
        for (int i = 0; i < partitions.size(); i++) {
            Partition p = partitions.get(i);
            if (now < p.begin) {
                partitions.set(
                        i, new Partition(p.number, SimulatedClock.NEVER, SimulatedClock.NEVER, false, p.checkpoint));
            } else if (now < p.end) {
                partitions.set(i, new Partition(p.number, p.begin, now, true, p.checkpoint));
            }
        }
    }

    /** Makes one partition fail, now or when it ends. */
    void fail(int number) {
        Partition p = partitions.get(number - 1);
        partitions.set(number - 1, new Partition(number, p.begin, p.end, true, p.checkpoint));
    }

    /** Leaves one partition out of all answers. */
    void forget(int number) {
        partitions.removeIf(partition -> partition.number() == number);
    }

    void replace(int number, ZeebeBackup source) {
        partitions.set(number - 1, source.partitions.get(number - 1));
    }

    List<Partition> partitions() {
        return partitions;
    }

    /** Zeebe's word for all partitions together, up to 8.8. */
    String state(long now) {
        List<String> states = partitions.stream().map(p -> p.state(now)).toList();
        boolean missing = states.contains("DOES_NOT_EXIST");
        if (states.contains("FAILED")) {
            return "FAILED";
        }
        if (missing && (states.contains("IN_PROGRESS") || states.contains("COMPLETED"))) {
            return "INCOMPLETE";
        }
        return states.contains("IN_PROGRESS") ? "IN_PROGRESS" : missing ? "DOES_NOT_EXIST" : "COMPLETED";
    }

    /**
     * What a partition puts into a backup.
     *
     * @param position of the checkpoint in its log
     * @param exported up to where it has confirmed to have exported, and from where it exports again when it is
     *     restored
     * @param log what there is to export again, and how the records are numbered
     */
    record Checkpoint(long position, long exported, PartitionLog log) {}

    /**
     * @param number from 1
     * @param begin when it is first known
     * @param end when it is not in progress any more
     * @param fails whether it fails then
     * @param checkpoint what it holds
     */
    record Partition(int number, long begin, long end, boolean fails, Checkpoint checkpoint) {
        long position() {
            return checkpoint.position();
        }

        long exported() {
            return checkpoint.exported();
        }

        /** The id of the snapshot in it. Only the first partition has made one. */
        Optional<String> snapshotId() {
            return number == 1 ? Optional.of("545-1-" + (exported() - 1) + "-" + exported() + "-0") : Optional.empty();
        }

        String state(long now) {
            if (now < begin) {
                return "DOES_NOT_EXIST";
            }
            return now < end ? "IN_PROGRESS" : fails ? "FAILED" : "COMPLETED";
        }

        Optional<String> failureReason(long now) {
            return state(now).equals("FAILED") ? Optional.of(CANCELLED) : Optional.empty();
        }
    }
}
