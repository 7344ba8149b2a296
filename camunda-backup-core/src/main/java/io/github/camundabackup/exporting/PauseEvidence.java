package io.github.camundabackup.exporting;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The evidence of a confirmed soft pause: the exported position that the leader of each partition showed. As long as
 * the pause holds, none of them grows; and if there is nothing to export, an interruption of the pause does no harm.
 *
 * @param confirmedAt when, by the clock of the machine that took the backup
 * @param positions the exported position of each partition
 */
public record PauseEvidence(Instant confirmedAt, Map<Integer, Long> positions) {
    public PauseEvidence {
        Objects.requireNonNull(confirmedAt, "confirmedAt");
        positions = Map.copyOf(positions);
    }

    /** Empty if not all of them could be read, or did not show a soft pause and a position. */
    public static Optional<PauseEvidence> of(ExportingStatus status, Instant at) {
        if (status.shown() != ExportingStatus.Summary.SOFT_PAUSED
                || status.expectedPartitions().isEmpty()) {
            return Optional.empty();
        }
        Map<Integer, Long> positions = new TreeMap<>();
        for (PartitionStatus leader : status.leaders()) {
            if (leader.exportedPosition().isEmpty()
                    || positions.put(
                                    leader.partitionId(),
                                    leader.exportedPosition().getAsLong())
                            != null) {
                return Optional.empty();
            }
        }
        return Optional.of(new PauseEvidence(at, positions));
    }

    /** Whether the pause has been held from then until now. */
    public boolean holdsIn(ExportingStatus now) {
        return of(now, confirmedAt).filter(this::equals).isPresent();
    }

    /** Whether the pause was interrupted for certain: a leader shows a higher position than then. */
    public boolean contradicts(ExportingStatus now) {
        return now.leaders().stream().anyMatch(leader -> {
            Long then = positions.get(leader.partitionId());
            return then != null
                    && leader.exportedPosition().isPresent()
                    && leader.exportedPosition().getAsLong() > then;
        });
    }
}
