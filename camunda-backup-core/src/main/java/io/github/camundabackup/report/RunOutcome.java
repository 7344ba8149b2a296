package io.github.camundabackup.report;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.SnapshotName;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the run of a backup ended, stored beside the backup in the snapshot repository, so that a check knows it without
 * the run's report. The {@link BackupManifest} cannot hold it, as that is written in the middle of the run. It is the
 * metadata of a snapshot that holds no index, {@link SnapshotName#outcome}. Names and meanings are documented, and do
 * not change. Immutable.
 *
 * @param backupId the backup
 * @param createdBy which version of this library wrote it, such as {@code camunda-backup/0.1.0}
 * @param outcome how the run ended
 * @param whole whether all parts are complete, as also after a run that failed at nothing but resuming exporting
 * @param pause what became of the pause of exporting
 * @param pauseHeld whether the brokers showed at the end of the pause that it had been held all the time
 * @param resumedAt when exporting was confirmed to run again; empty if it was not
 * @param endedAt the end of the run, by the clock of the machine that took the backup
 * @param failure why it failed; shortened to what engines allow
 * @param coverage whether the snapshots hold all indices of the cluster; empty if the run did not compare that
 */
public record RunOutcome(
        BackupId backupId,
        String createdBy,
        BackupReport.Outcome outcome,
        boolean whole,
        PauseReport.State pause,
        boolean pauseHeld,
        Optional<Instant> resumedAt,
        Instant endedAt,
        Optional<String> failure,
        Optional<IndexCoverage> coverage) {
    /**
     * What is left of a failure, so that all of it fits into the metadata of a snapshot, whatever characters it has.
     */
    private static final int MAX_FAILURE = 150;

    private static final String BACKUP_ID = "backupId";
    private static final String CREATED_BY = "createdBy";
    private static final String OUTCOME = "outcome";
    private static final String WHOLE = "whole";
    private static final String PAUSE = "pause";
    private static final String PAUSE_HELD = "pauseHeld";
    private static final String RESUMED_AT = "resumedAt";
    private static final String ENDED_AT = "endedAt";
    private static final String FAILURE = "failure";
    private static final String INDICES_MISSING = "indicesMissing";
    private static final String MISSING_INDICES = "missingIndices";

    public RunOutcome {
        Objects.requireNonNull(backupId, "backupId");
        Objects.requireNonNull(createdBy, "createdBy");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(pause, "pause");
        Objects.requireNonNull(endedAt, "endedAt");
        failure = failure.map(RunOutcome::shortened);
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= MAX_FAILURE
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MAX_FAILURE - 1)) + "…";
    }

    /** The end of a run that was interrupted, and is not continued. */
    public static RunOutcome abandoned(BackupId backupId, PauseReport pause, Instant at) {
        return new RunOutcome(
                backupId,
                LibraryVersion.text(),
                BackupReport.Outcome.FAILED,
                false,
                pause.state(),
                false,
                pause.resumedAt(),
                at,
                Optional.of("It was interrupted, and has been abandoned."),
                Optional.empty());
    }

    /** What a report says of the end of its run. */
    public static RunOutcome of(BackupReport report) {
        return new RunOutcome(
                report.backupId(),
                LibraryVersion.text(),
                report.outcome(),
                report.steps().stream().allMatch(step -> step.state() == StepReport.State.COMPLETED)
                        && (report.outcome() == BackupReport.Outcome.COMPLETED
                                || report.pause().state() == PauseReport.State.NOT_RESUMED),
                report.pause().state(),
                report.pause().held(),
                report.pause().resumedAt(),
                report.endedAt(),
                report.failure(),
                report.coverage());
    }

    /**
     * Reads what {@link #toMetadata()} wrote; fields of later versions are passed over.
     *
     * @throws IllegalArgumentException if this is no such metadata
     */
    public static RunOutcome fromMetadata(Map<String, String> metadata) {
        try {
            return new RunOutcome(
                    BackupId.parse(text(metadata, BACKUP_ID)),
                    text(metadata, CREATED_BY),
                    BackupReport.Outcome.valueOf(text(metadata, OUTCOME)),
                    Boolean.parseBoolean(text(metadata, WHOLE)),
                    PauseReport.State.valueOf(text(metadata, PAUSE)),
                    Boolean.parseBoolean(text(metadata, PAUSE_HELD)),
                    Optional.ofNullable(metadata.get(RESUMED_AT)).map(Instant::parse),
                    Instant.parse(text(metadata, ENDED_AT)),
                    Optional.ofNullable(metadata.get(FAILURE)),
                    Optional.ofNullable(metadata.get(INDICES_MISSING))
                            .map(Integer::valueOf)
                            .map(missing -> new IndexCoverage(missing, words(text(metadata, MISSING_INDICES)))));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException(
                    "This is no outcome of a run that this version can read: " + metadata, e);
        }
    }

    private static List<String> words(String text) {
        return Stream.of(text.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
    }

    private static String text(Map<String, String> metadata, String key) {
        return metadata.getOrDefault(key, "");
    }

    /** As metadata of a snapshot. */
    public Map<String, String> toMetadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(BACKUP_ID, backupId.toString());
        metadata.put(CREATED_BY, createdBy);
        metadata.put(OUTCOME, outcome.name());
        metadata.put(WHOLE, Boolean.toString(whole));
        metadata.put(PAUSE, pause.name());
        metadata.put(PAUSE_HELD, Boolean.toString(pauseHeld));
        resumedAt.ifPresent(at -> metadata.put(RESUMED_AT, at.toString()));
        metadata.put(ENDED_AT, endedAt.toString());
        failure.ifPresent(why -> metadata.put(FAILURE, why));
        coverage.ifPresent(compared -> {
            metadata.put(INDICES_MISSING, Integer.toString(compared.missing()));
            ManifestMetadata.putWhatFits(metadata, MISSING_INDICES, compared.indices());
        });
        return Collections.unmodifiableMap(metadata);
    }
}
