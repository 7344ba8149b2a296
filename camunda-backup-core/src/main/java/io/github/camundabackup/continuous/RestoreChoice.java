package io.github.camundabackup.continuous;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/** Whether a dump and Zeebe's backups can be restored together. */
public sealed interface RestoreChoice {
    /**
     * They can, as far as positions tell.
     *
     * @param point what the restore application will choose
     */
    record Possible(RestorePoint point) implements RestoreChoice {
        public Possible {
            Objects.requireNonNull(point, "point");
        }
    }

    /**
     * The restore application will refuse.
     *
     * @param reasons at least one
     */
    record Impossible(List<Reason> reasons) implements RestoreChoice {
        public Impossible {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * It depends on what is not known: on the exact position between two bounds, or on what Zeebe left out.
     *
     * @param reasons at least one
     */
    record Uncertain(List<Reason> reasons) implements RestoreChoice {
        public Uncertain {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * Which rule does not hold, and where.
     *
     * @param partition empty if it is about all of them
     * @param rule which
     * @param evidence a sentence with the positions
     */
    record Reason(OptionalInt partition, Rule rule, String evidence) {
        public Reason {
            Objects.requireNonNull(partition, "partition");
            Objects.requireNonNull(rule, "rule");
            Objects.requireNonNull(evidence, "evidence");
        }
    }

    /** The rules of the restore application. */
    enum Rule {
        /** The database has an exported position of every partition, and of no other. */
        POSITION_KNOWN,
        /** The exported position is inside a range, which begins early enough. */
        IN_A_RANGE,
        /** One checkpoint is in the ranges of all partitions, and not before the exported position of any. */
        COMMON_CHECKPOINT,
        /** Each backup begins where the one before ends, at the latest. */
        NO_GAP,
        /** The last backup reaches the checkpoint. */
        REACHES_THE_CHECKPOINT,
        /** What is left of the backups after the beginning of the window begins at the exported position, at the latest. */
        WINDOW_BEGINS_EARLY_ENOUGH
    }
}
