package io.github.camundabackup.backup;

import io.github.camundabackup.model.Component;
import java.util.List;
import java.util.function.Function;

/** One step of a {@link BackupPlan}. */
public sealed interface BackupStep
        permits BackupStep.Together, BackupStep.ExportingPaused, BackupStep.SnapshotRecords, BackupStep.BackUpZeebe {

    /** Handles every kind of step; whoever adds a kind must handle it everywhere. */
    <R> R match(
            Function<Together, R> together,
            Function<ExportingPaused, R> exportingPaused,
            Function<SnapshotRecords, R> snapshotRecords,
            Function<BackUpZeebe, R> backUpZeebe);

    /** The components that this step backs up, in order. */
    List<Component> components();

    /**
     * Backups of components whose order among each other does not matter: all are started, then all are waited for.
     *
     * @param components at least one, none of them Zeebe or its records
     */
    record Together(List<Component> components) implements BackupStep {
        public Together {
            components = List.copyOf(components);
        }

        @Override
        public <R> R match(
                Function<Together, R> together,
                Function<ExportingPaused, R> exportingPaused,
                Function<SnapshotRecords, R> snapshotRecords,
                Function<BackUpZeebe, R> backUpZeebe) {
            return together.apply(this);
        }
    }

    /**
     * A scope: exporting is paused softly, the steps run one after the other, and exporting is resumed and confirmed whatever happens.
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
                Function<Together, R> together,
                Function<ExportingPaused, R> exportingPaused,
                Function<SnapshotRecords, R> snapshotRecords,
                Function<BackUpZeebe, R> backUpZeebe) {
            return exportingPaused.apply(this);
        }
    }

    /**
     * A snapshot of the records that Zeebe exported. It comes before Zeebe's backup and never beside it: a record that is newer than
     * Zeebe's checkpoint would be a ghost after a restore, because Zeebe then writes another record at its position.
     *
     * @param indexPattern which indices
     */
    record SnapshotRecords(String indexPattern) implements BackupStep {
        @Override
        public List<Component> components() {
            return List.of(Component.ZEEBE_RECORDS);
        }

        @Override
        public <R> R match(
                Function<Together, R> together,
                Function<ExportingPaused, R> exportingPaused,
                Function<SnapshotRecords, R> snapshotRecords,
                Function<BackUpZeebe, R> backUpZeebe) {
            return snapshotRecords.apply(this);
        }
    }

    /** A backup of Zeebe itself. */
    record BackUpZeebe() implements BackupStep {
        @Override
        public List<Component> components() {
            return List.of(Component.ZEEBE);
        }

        @Override
        public <R> R match(
                Function<Together, R> together,
                Function<ExportingPaused, R> exportingPaused,
                Function<SnapshotRecords, R> snapshotRecords,
                Function<BackUpZeebe, R> backUpZeebe) {
            return backUpZeebe.apply(this);
        }
    }
}
