package io.github.camundabackup.component;

import io.github.camundabackup.error.ComponentBackupFailedException;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.internal.failure.FailureKind;
import io.github.camundabackup.line.LineComponent;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Decides, from one answer after the other, whether an accepted backup is complete, has failed, or may still complete.
 * Answers that do not settle it are tolerated for as long as they are normal, counted anew whenever the kind of answer
 * or the backup changes. Not thread-safe.
 */
final class CompletionTracker<B extends ComponentBackup> {
    private final LineComponent component;
    private final BackupId backupId;
    private Doubt doubt = Doubt.NONE;
    private long doubtSince;
    private int partsShown = -1;
    private int partsDone = -1;
    private String lastSeen = "It has shown nothing so far.";

    CompletionTracker(LineComponent component, BackupId backupId) {
        this.component = component;
        this.backupId = backupId;
    }

    private enum Doubt {
        NONE,
        ABSENT,
        INCOMPLETE,
        UNCLEAR
    }

    /** The last answer in words. */
    String lastSeen() {
        return lastSeen;
    }

    /**
     * Judges an answer.
     *
     * @param now {@code TimeSource.nanoTime()} when it arrived
     * @return the completed backup; empty if it may still complete
     * @throws ComponentBackupFailedException if it will not complete
     */
    Optional<B> judge(BackupLookup<B> answer, long now) {
        if (answer.isAbsent()) {
            lastSeen = "The component shows no backup with this id.";
            doubt(Doubt.ABSENT, now, BackupState.DOES_NOT_EXIST);
            return Optional.empty();
        }
        if (answer.unclear().isPresent()) {
            unclear(answer.unclear().get(), now);
            return Optional.empty();
        }
        B backup = answer.found().orElseThrow();
        boolean changed = backup.partsShown() != partsShown || backup.partsDone() != partsDone;
        partsShown = backup.partsShown();
        partsDone = backup.partsDone();
        lastSeen = "Last seen: " + backup + ".";
        switch (backup.state()) {
            case COMPLETED -> {
                return Optional.of(backup);
            }
            case FAILED, INCOMPATIBLE, DELETED -> throw failed(backup.state(), reason(backup));
            // A word that this library does not know may be a newer one for "in progress": only the caller's deadline
            // ends that.
            case IN_PROGRESS, UNKNOWN -> doubt = Doubt.NONE;
            case DOES_NOT_EXIST -> doubt(Doubt.ABSENT, now, backup.state());
            case INCOMPLETE -> {
                if (changed || backup.isPartInProgress()) {
                    doubt = Doubt.NONE;
                }
                doubt(Doubt.INCOMPLETE, now, backup.state());
            }
        }
        return Optional.empty();
    }

    /** Takes note that the component could not be asked, or did not say. */
    void unclear(Throwable failure, long now) {
        lastSeen = "Last answer: " + failure.getMessage();
        if (isAway(failure)) {
            doubt = Doubt.NONE;
            return;
        }
        doubt(Doubt.UNCLEAR, now, BackupState.UNKNOWN);
    }

    /** Only the caller's deadline ends the wait for a component that restarts. One that answers knows something. */
    private static boolean isAway(Throwable failure) {
        // Zeebe's gateway says 504 when the brokers cannot reach their object store.
        return FailureKind.of(failure) == FailureKind.TRANSIENT
                && !(failure instanceof RequestRejectedException refusal && refusal.status() == 504);
    }

    private void doubt(Doubt kind, long now, BackupState state) {
        if (doubt != kind) {
            doubt = kind;
            doubtSince = now;
            return;
        }
        Duration lasting = Duration.ofNanos(now - doubtSince);
        Duration grace = switch (kind) {
            case NONE -> Duration.ZERO;
            case ABSENT -> component.absentGrace();
            case INCOMPLETE -> component.incompleteGrace();
            case UNCLEAR -> component.unclearGrace();
        };
        if (lasting.compareTo(grace) > 0) {
            throw failed(state, "unchanged for " + lasting.toSeconds() + " s. " + lastSeen);
        }
    }

    private static String reason(ComponentBackup backup) {
        String given = backup.failureReason().orElse("the component gives no reason.");
        List<String> parts = backup.partFailures();
        return parts.isEmpty() ? given : given + " (" + String.join("; ", parts) + ")";
    }

    private ComponentBackupFailedException failed(BackupState state, String reason) {
        return new ComponentBackupFailedException(component.component(), backupId, state, reason);
    }
}
