package io.github.camundabackup.consistency.evidence;

import io.github.camundabackup.model.BackupState;
import java.util.List;
import java.util.Optional;

/** A component's statement on its part of a backup: described, absent or unreadable. */
public sealed interface ComponentStatement {
    /** The description that it gave; empty if it has no such backup or could not be read. */
    default Optional<Reported> reported() {
        return Optional.empty();
    }

    /** Why it could not be read. */
    default Optional<String> problem() {
        return Optional.empty();
    }

    default boolean isAbsent() {
        return false;
    }

    /** It says that it has no such backup. */
    record Absent() implements ComponentStatement {
        @Override
        public boolean isAbsent() {
            return true;
        }
    }

    /**
     * It did not say.
     *
     * @param reason why, for people
     */
    record Unreadable(String reason) implements ComponentStatement {
        @Override
        public Optional<String> problem() {
            return Optional.of(reason);
        }
    }

    /**
     * It described the backup.
     *
     * @param state its state for all of it
     * @param failure its reason, if it failed
     * @param versions that made it, as far as the component names them
     * @param partitions for Zeebe; none for others
     * @param complete whether Zeebe gave all details of the partitions, which it does for a single backup, but not in a
     *     list
     */
    record Reported(
            BackupState state,
            Optional<String> failure,
            List<String> versions,
            List<PartitionEvidence> partitions,
            boolean complete)
            implements ComponentStatement {
        public Reported {
            versions = List.copyOf(versions);
            partitions = List.copyOf(partitions);
        }

        @Override
        public Optional<Reported> reported() {
            return Optional.of(this);
        }
    }
}
