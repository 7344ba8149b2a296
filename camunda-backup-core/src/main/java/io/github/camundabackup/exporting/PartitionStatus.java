package io.github.camundabackup.exporting;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A partition as one broker sees it.
 *
 * @param broker the broker's base URI
 * @param partitionId the partition's number, from 1
 * @param leader whether this broker leads the partition. Only the leader exports
 * @param phase what its exporters do here
 * @param exportedPosition the position up to which all exporters have confirmed, as far as the broker reports it; Zeebe
 *     writes -1 for none
 * @param processorPhase what its stream processor does here, in Zeebe's words: {@code PROCESSING} on a healthy leader
 */
public record PartitionStatus(
        URI broker,
        int partitionId,
        boolean leader,
        ExporterPhase phase,
        OptionalLong exportedPosition,
        Optional<String> processorPhase) {
    public PartitionStatus {
        Objects.requireNonNull(broker, "broker");
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(exportedPosition, "exportedPosition");
        Objects.requireNonNull(processorPhase, "processorPhase");
    }
}
