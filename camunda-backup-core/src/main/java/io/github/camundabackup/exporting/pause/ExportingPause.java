package io.github.camundabackup.exporting.pause;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.exporting.ExporterPhase;
import io.github.camundabackup.exporting.ExportingClient;
import io.github.camundabackup.exporting.ExportingStatus;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.concurrent.Polling;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.runtime.TimeSource;
import java.io.Serial;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pause of exporting in one run: requested, confirmed, ended, and its state reported at any time. Thread-safe. */
public final class ExportingPause {
    private static final Logger LOG = LoggerFactory.getLogger(ExportingPause.class);
    private static final Duration CONFIRMATION_TIMEOUT = Duration.ofSeconds(30);

    private final ExportingClient exporting;
    private final TimeSource time;
    private final Duration resumeTimeout;
    private PauseReport report = PauseReport.none();

    public ExportingPause(ExportingClient exporting, TimeSource time, Duration resumeTimeout) {
        this.exporting = exporting;
        this.time = time;
        this.resumeTimeout = resumeTimeout;
    }

    public synchronized PauseReport report() {
        return report;
    }

    /** From now on exporting counts as paused. Nothing is sent yet. */
    public void intend() {
        adopt(Optional.of(time.now()));
    }

    /** Takes over a pause that another process began. */
    public void adopt(Optional<Instant> pausedAt) {
        report(PauseReport.State.PAUSED, pausedAt, Optional.empty(), false);
    }

    /** The pause will not be asked for after all. */
    public synchronized void withdraw() {
        report = PauseReport.none();
    }

    /** Pauses. If it fails, {@link #end} is needed all the same. */
    public CompletableFuture<Void> begin() {
        return exporting.softPause();
    }

    /**
     * Makes sure that the pause was not ended by another process, as far as the brokers can be asked: what was backed
     * up under an interrupted pause does not fit together.
     */
    public CompletableFuture<Void> requireHeld() {
        return exporting.status().thenAccept(status -> {
            if (status.hasLeaderIn(ExporterPhase.EXPORTING)) {
                throw new CamundaBackupException(
                        "Another process resumed exporting during the backup, so its parts may not fit together: "
                                + status + ". Take another one.");
            }
        });
    }

    /** Waits until the brokers confirm the pause, where they can be asked. */
    public CompletableFuture<ExportingStatus> confirm() {
        return Polling.until(
                time,
                CONFIRMATION_TIMEOUT,
                () -> exporting
                        .status()
                        .thenApply(status -> status.hasLeaderIn(ExporterPhase.EXPORTING)
                                ? Optional.<ExportingStatus>empty()
                                : Optional.of(status)),
                waited -> new CamundaBackupException(
                        "The gateway accepted the pause of exporting, but the brokers' partitions do not show it after "
                                + waited.toSeconds() + " s. Check that all brokers are healthy."));
    }

    /**
     * Resumes until it is confirmed, or until the deadline.
     *
     * @param mayResume asked before each attempt; once it says no, another run has the duty
     * @return whether exporting runs again; never fails
     */
    public CompletableFuture<Boolean> end(Supplier<CompletableFuture<Boolean>> mayResume) {
        LastError last = new LastError();
        CompletableFuture<Boolean> confirmed = Polling.until(
                time,
                resumeTimeout,
                () -> mayResume
                        .get()
                        .thenCompose(ours -> {
                            if (!ours) {
                                throw new TakenOverException();
                            }
                            return exporting.resume();
                        })
                        .thenCompose(accepted -> exporting.status())
                        .handle((status, error) -> {
                            if (error != null && Futures.unwrap(error) instanceof TakenOverException over) {
                                throw over;
                            }
                            if (error != null) {
                                last.error = Futures.unwrap(error);
                                LOG.warn("Could not resume exporting, trying again: {}", last.error.getMessage());
                                return Optional.empty();
                            }
                            if (status.hasLeaderIn(ExporterPhase.SOFT_PAUSED, ExporterPhase.PAUSED)) {
                                LOG.warn("Exporting is not resumed everywhere yet, trying again: {}", status);
                                return Optional.empty();
                            }
                            return Optional.of(status.summary() == ExportingStatus.Summary.EXPORTING);
                        }),
                waited -> new CamundaBackupException("Resuming was given up after " + waited.toSeconds() + " s."));
        return confirmed.handle((byBrokers, error) -> {
            Optional<Instant> pausedAt = report().pausedAt();
            if (error != null && Futures.unwrap(error) instanceof TakenOverException) {
                report(PauseReport.State.TAKEN_OVER, pausedAt, Optional.empty(), false);
                return false;
            }
            if (error != null) {
                report(PauseReport.State.NOT_RESUMED, pausedAt, Optional.empty(), false);
                LOG.error(
                        "{} Last error: {}",
                        report().instruction(),
                        last.error == null ? "none" : last.error.getMessage());
                return false;
            }
            report(PauseReport.State.RESUMED, pausedAt, Optional.of(time.now()), byBrokers);
            return true;
        });
    }

    /** A failure before the pause could be ended; with what to do about the pause, if there may be one. */
    public synchronized Throwable stillOpen(Throwable failure) {
        if (report.state() != PauseReport.State.PAUSED) {
            return failure;
        }
        report(PauseReport.State.NOT_RESUMED, report.pausedAt(), Optional.empty(), false);
        return new CamundaBackupException(failure.getMessage() + " " + report.instruction(), failure);
    }

    private synchronized void report(
            PauseReport.State state, Optional<Instant> pausedAt, Optional<Instant> resumedAt, boolean byBrokers) {
        report = new PauseReport(state, pausedAt, resumedAt, byBrokers, Optional.of(exporting.uri()));
    }

    /** Another run has the duty to resume. */
    private static final class TakenOverException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;
    }

    private static final class LastError {
        private volatile @Nullable Throwable error;
    }
}
