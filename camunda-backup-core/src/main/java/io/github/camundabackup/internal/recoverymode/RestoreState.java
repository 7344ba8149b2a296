package io.github.camundabackup.internal.recoverymode;

import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.model.BackupId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The restore that a cluster is doing, or has just ended.
 *
 * @param changeId of the change that does it
 * @param status in the cluster's word
 * @param partitions each partition on each broker that restores it
 */
public record RestoreState(String changeId, String status, List<Partition> partitions) {
    public RestoreState {
        partitions = List.copyOf(partitions);
    }

    static Optional<RestoreState> read(JsonValue body) {
        Optional<String> change = body.text("changeId");
        Optional<String> status = body.text("status");
        return change.isEmpty() || status.isEmpty()
                ? Optional.empty()
                : Optional.of(new RestoreState(
                        change.get(),
                        status.get(),
                        body.elements("brokers").stream()
                                .flatMap(broker -> broker.elements("partitions").stream()
                                        .map(partition -> new Partition(
                                                broker.text("brokerId").orElse("?"),
                                                partition.number("partitionId").orElse(0),
                                                partition.text("state").orElse("of no known state"),
                                                partition.elements("backupIds").stream()
                                                        .flatMap(id -> id.number().stream()
                                                                .boxed())
                                                        .collect(Collectors.toSet()))))
                                .toList()));
    }

    /** How it stands; an unknown word is neither an end nor a success. */
    public Phase phase() {
        return switch (status) {
            case "COMPLETED" -> Phase.COMPLETED;
            case "FAILED" -> Phase.FAILED;
            case "CANCELLED" -> Phase.CANCELLED;
            default -> Phase.IN_PROGRESS;
        };
    }

    /** Whether it restores that backup, and nothing else; also if it does not say yet what it restores. */
    public boolean isOf(BackupId backupId) {
        return partitions.stream()
                .allMatch(partition -> Set.of(backupId.value()).containsAll(partition.backupIds()));
    }

    /** How many partitions are restored. */
    public long restored() {
        return partitions.stream().filter(Partition::isRestored).count();
    }

    /** How it stands, in words, without a full stop. */
    @Override
    public String toString() {
        long restored = restored();
        List<String> others = partitions.stream()
                .filter(partition -> !partition.isRestored())
                .map(Partition::toString)
                .toList();
        return status + ", " + restored + " of " + partitions.size() + " partitions are restored"
                + (others.isEmpty() ? "" : ", not yet " + String.join(", ", others));
    }

    /** How a restore stands. */
    public enum Phase {
        /** It goes on. A partition that fails is tried again by the cluster itself. */
        IN_PROGRESS,
        /** All partitions are restored. */
        COMPLETED,
        /** It has ended without that. */
        FAILED,
        /** Somebody has cancelled the change. */
        CANCELLED
    }

    /**
     * A partition on a broker.
     *
     * @param broker its id
     * @param id the partition's
     * @param state in the cluster's word
     * @param backupIds what it is restored from
     */
    public record Partition(String broker, long id, String state, Set<Long> backupIds) {
        private boolean isRestored() {
            return state.equals("RESTORED");
        }

        @Override
        public String toString() {
            return "partition " + id + " on broker " + broker + " (" + state + ")";
        }
    }
}
