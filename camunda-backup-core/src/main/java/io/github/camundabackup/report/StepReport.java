package io.github.camundabackup.report;

import io.github.camundabackup.model.Component;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The report of one component's part of a backup. Immutable. */
public final class StepReport {
    private final Component component;
    private final State state;
    private final @Nullable Instant startedAt;
    private final @Nullable Instant endedAt;
    private final boolean adopted;
    private final int takenAgain;
    private final List<String> versions;
    private final List<String> snapshots;
    private final List<Partition> partitions;
    private final @Nullable String failure;

    private StepReport(Builder builder) {
        component = builder.component;
        state = builder.state;
        startedAt = builder.startedAt;
        endedAt = builder.endedAt;
        adopted = builder.adopted;
        takenAgain = builder.takenAgain;
        versions = List.copyOf(builder.versions);
        snapshots = List.copyOf(builder.snapshots);
        partitions = List.copyOf(builder.partitions);
        failure = builder.failure;
    }

    public static Builder builder(Component component) {
        return new Builder(component);
    }

    public Builder toBuilder() {
        Builder builder = new Builder(component);
        builder.state = state;
        builder.startedAt = startedAt;
        builder.endedAt = endedAt;
        builder.adopted = adopted;
        builder.takenAgain = takenAgain;
        builder.versions = versions;
        builder.snapshots = snapshots;
        builder.partitions = partitions;
        builder.failure = failure;
        return builder;
    }

    public Component component() {
        return component;
    }

    public State state() {
        return state;
    }

    /** When the component was asked, by this machine's clock; empty if it was not. */
    public Optional<Instant> startedAt() {
        return Optional.ofNullable(startedAt);
    }

    /** When its backup was seen to be complete or failed, by this machine's clock; empty if it was not. */
    public Optional<Instant> endedAt() {
        return Optional.ofNullable(endedAt);
    }

    /** Whether the reply to the request was lost, and the backup was found by asking. */
    public boolean adopted() {
        return adopted;
    }

    /**
     * How often the snapshot of the exported records was deleted and taken again, as it had ended without some of its
     * shards for a reason that passes; the run's warnings say which. 0 for other components.
     */
    public int takenAgain() {
        return takenAgain;
    }

    /** The component's versions, as its snapshots or brokers name them; normally one. */
    public List<String> versions() {
        return versions;
    }

    /** The names of its snapshots, or of those that it announced, if its backup did not complete; none for Zeebe. */
    public List<String> snapshots() {
        return snapshots;
    }

    /** Zeebe's partitions; none for others. */
    public List<Partition> partitions() {
        return partitions;
    }

    /** Why it failed, or why the run did not wait for its end. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public String toString() {
        return component.displayName() + ": " + state;
    }

    /** The states of a step. */
    public enum State {
        /** The component was not asked. */
        NOT_STARTED,
        /** The component was asked; its backup is not known to be complete. */
        STARTED,
        /** Complete, as the component says. */
        COMPLETED,
        /** The component refused it, or it failed. */
        FAILED,
        /** The component was asked, and the run ended before its backup did. It may still be running there. */
        ABANDONED
    }

    /**
     * A partition of Zeebe.
     *
     * @param partitionId its number, from 1
     * @param state its state in the component's words
     * @param checkpointPosition up to which position of the log the backup reaches, as far as reported
     * @param snapshotId the id of Zeebe's snapshot in the backup, if there is one
     * @param brokerVersion the version of the broker that made it, as far as reported
     */
    public record Partition(
            int partitionId,
            String state,
            OptionalLong checkpointPosition,
            Optional<String> snapshotId,
            Optional<String> brokerVersion) {
        public Partition {
            Objects.requireNonNull(state, "state");
        }
    }

    public static final class Builder {
        private final Component component;
        private State state = State.NOT_STARTED;
        private @Nullable Instant startedAt;
        private @Nullable Instant endedAt;
        private boolean adopted;
        private int takenAgain;
        private List<String> versions = List.of();
        private List<String> snapshots = List.of();
        private List<Partition> partitions = List.of();
        private @Nullable String failure;

        private Builder(Component component) {
            this.component = component;
        }

        public Builder state(State state) {
            this.state = state;
            return this;
        }

        public Builder startedAt(@Nullable Instant at) {
            startedAt = at;
            return this;
        }

        public Builder endedAt(@Nullable Instant at) {
            endedAt = at;
            return this;
        }

        public Builder adopted(boolean adopted) {
            this.adopted = adopted;
            return this;
        }

        public Builder takenAgain(int times) {
            takenAgain = times;
            return this;
        }

        public Builder versions(List<String> versions) {
            this.versions = versions;
            return this;
        }

        public Builder snapshots(List<String> names) {
            snapshots = names;
            return this;
        }

        public Builder partitions(List<Partition> partitions) {
            this.partitions = partitions;
            return this;
        }

        public Builder failure(@Nullable String reason) {
            failure = reason;
            return this;
        }

        public StepReport build() {
            return new StepReport(this);
        }
    }
}
