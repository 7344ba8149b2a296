package io.github.camundabackup.component;

import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.model.BackupState;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The part of a Zeebe backup that one partition makes. What Zeebe left out is empty. Immutable. */
public final class PartitionBackup {
    private final int partitionId;
    private final BackupState state;
    private final @Nullable String failureReason;
    private final @Nullable Instant createdAt;
    private final @Nullable Instant lastUpdatedAt;
    private final @Nullable String snapshotId;
    private final OptionalLong checkpointPosition;
    private final OptionalLong firstLogPosition;
    private final OptionalInt brokerId;
    private final @Nullable String brokerVersion;

    private PartitionBackup(int partitionId, BackupState state, JsonValue json) {
        this.partitionId = partitionId;
        this.state = state;
        failureReason = json.text("failureReason").orElse(null);
        createdAt = json.time("createdAt").orElse(null);
        lastUpdatedAt = json.time("lastUpdatedAt").orElse(null);
        snapshotId = json.text("snapshotId").orElse(null);
        checkpointPosition = json.number("checkpointPosition");
        firstLogPosition = json.number("firstLogPosition");
        OptionalLong broker = json.number("brokerId");
        brokerId = broker.isPresent() ? OptionalInt.of((int) broker.getAsLong()) : OptionalInt.empty();
        brokerVersion = json.text("brokerVersion").orElse(null);
    }

    /** Empty if the two fields are missing that Zeebe always gives. */
    static Optional<PartitionBackup> read(JsonValue json) {
        OptionalLong id = json.number("partitionId");
        Optional<BackupState> state = json.text("state").map(BackupState::parse);
        return id.isPresent() && state.isPresent()
                ? Optional.of(new PartitionBackup((int) id.getAsLong(), state.get(), json))
                : Optional.empty();
    }

    /** The partition's number, from 1. */
    public int partitionId() {
        return partitionId;
    }

    public BackupState state() {
        return state;
    }

    /** Why it failed, if Zeebe says so. */
    public Optional<String> failureReason() {
        return Optional.ofNullable(failureReason);
    }

    /** When this part was started, by the broker's clock. */
    public Optional<Instant> createdAt() {
        return Optional.ofNullable(createdAt);
    }

    /** When its state changed last, by the broker's clock. */
    public Optional<Instant> lastUpdatedAt() {
        return Optional.ofNullable(lastUpdatedAt);
    }

    /**
     * The id of Zeebe's snapshot in it, {@code index-term-processedPosition-exportedPosition[-…]}; empty if the backup
     * holds the log from its beginning.
     */
    public Optional<String> snapshotId() {
        return Optional.ofNullable(snapshotId);
    }

    /** The position in the log up to which the backup reaches. */
    public OptionalLong checkpointPosition() {
        return checkpointPosition;
    }

    /** The first position in the log that the backup holds (Camunda 8.9 and later). */
    public OptionalLong firstLogPosition() {
        return firstLogPosition;
    }

    /** The broker that led the partition. */
    public OptionalInt brokerId() {
        return brokerId;
    }

    /** The version of that broker, such as {@code 8.6.0}. */
    public Optional<String> brokerVersion() {
        return Optional.ofNullable(brokerVersion);
    }

    @Override
    public String toString() {
        return "partition " + partitionId + ": " + state;
    }
}
