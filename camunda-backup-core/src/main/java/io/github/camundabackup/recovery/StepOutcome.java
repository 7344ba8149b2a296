package io.github.camundabackup.recovery;

import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.StepReport;
import java.util.Objects;
import java.util.Optional;

/**
 * The outcome of one component's part of an interrupted backup.
 *
 * @param component the component that the run had asked, or was about to ask
 * @param journaled where the run stood with it
 * @param found what the component says now
 * @param detail what it said, or why it could not be asked
 */
public record StepOutcome(Component component, StepReport.State journaled, Found found, Optional<String> detail) {
    public StepOutcome {
        Objects.requireNonNull(component, "component");
        Objects.requireNonNull(journaled, "journaled");
        Objects.requireNonNull(found, "found");
    }

    /** What a component says of its part. */
    public enum Found {
        /** It is complete. */
        COMPLETED,
        /** It is being made still, and the next backup has to wait for it. */
        IN_PROGRESS,
        /** It failed, or is incomplete. */
        FAILED,
        /** There is none. */
        ABSENT,
        /** The component could not be asked, or did not say. */
        UNKNOWN
    }
}
