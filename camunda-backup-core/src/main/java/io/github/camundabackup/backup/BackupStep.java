package io.github.camundabackup.backup;

import io.github.camundabackup.model.Component;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** One step of a {@link BackupPlan}. */
public sealed interface BackupStep permits BackupStep.Together, BackupStep.ExportingPaused, BackupStep.Take {
    /** Handles every kind of step; a new kind must be handled at every call. */
    <R> R match(Function<Together, R> together, Function<ExportingPaused, R> exportingPaused, Function<Take, R> take);

    /** The components that this step backs up, in order. */
    List<Component> components();

    /**
     * Backups whose order among each other does not matter: all are started, then all are waited for.
     *
     * @param parts at least two
     */
    record Together(List<Take> parts) implements BackupStep {
        public Together {
            parts = List.copyOf(parts);
        }

        @Override
        public List<Component> components() {
            return parts.stream().map(Take::component).toList();
        }

        @Override
        public <R> R match(
                Function<Together, R> together, Function<ExportingPaused, R> exportingPaused, Function<Take, R> take) {
            return together.apply(this);
        }
    }

    /**
     * A scope: exporting is paused softly, the steps run one after the other, and exporting is resumed and confirmed
     * whatever happens.
     *
     * @param steps in order
     */
    record ExportingPaused(List<BackupStep> steps) implements BackupStep {
        public ExportingPaused {
            steps = List.copyOf(steps);
        }

        @Override
        public List<Component> components() {
            return steps.stream().flatMap(step -> step.components().stream()).toList();
        }

        @Override
        public <R> R match(
                Function<Together, R> together, Function<ExportingPaused, R> exportingPaused, Function<Take, R> take) {
            return exportingPaused.apply(this);
        }
    }

    /**
     * The backup of one participant.
     *
     * @param component the participant's component
     * @param text what is done, for people
     */
    record Take(Component component, String text) implements BackupStep {
        public Take {
            Objects.requireNonNull(component, "component");
            Objects.requireNonNull(text, "text");
        }

        @Override
        public List<Component> components() {
            return List.of(component);
        }

        @Override
        public <R> R match(
                Function<Together, R> together, Function<ExportingPaused, R> exportingPaused, Function<Take, R> take) {
            return take.apply(this);
        }
    }
}
