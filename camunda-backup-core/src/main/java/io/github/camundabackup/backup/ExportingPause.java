package io.github.camundabackup.backup;

import io.github.camundabackup.component.ExporterPhase;
import io.github.camundabackup.component.ExportingClient;
import io.github.camundabackup.component.ExportingStatus;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.concurrent.Polling;
import io.github.camundabackup.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pause of exporting in one run: asked for, confirmed, ended, and reported truly in every moment. Thread-safe. */
final class ExportingPause {
    private static final Logger LOG = LoggerFactory.getLogger(ExportingPause.class);
    private static final Duration CONFIRMATION_TIMEOUT = Duration.ofSeconds(30);

    private final ExportingClient exporting;
    private final TimeSource time;
    private final Duration resumeTimeout;
    private PauseReport report = PauseReport.none();

    ExportingPause(ExportingClient exporting, TimeSource time, Duration resumeTimeout) {
        this.exporting = exporting;
        this.time = time;
        this.resumeTimeout = resumeTimeout;
    }

    synchronized PauseReport report() {
        return report;
    }

    /** Pauses. If it fails, {@link #end} is needed all the same. */
    CompletableFuture<Void> begin() {
        report(PauseReport.State.PAUSED, Optional.of(time.now()), Optional.empty(), false);
        return exporting.softPause();
    }

    /** Waits until the brokers confirm the pause, where they can be asked. */
    CompletableFuture<ExportingStatus> confirm() {
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
     * @return whether exporting runs again; never fails
     */
    CompletableFuture<Boolean> end() {
        LastError last = new LastError();
        CompletableFuture<Boolean> confirmed = Polling.until(
                time,
                resumeTimeout,
                () -> exporting
                        .resume()
                        .thenCompose(accepted -> exporting.status())
                        .handle((status, error) -> {
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

    private synchronized void report(
            PauseReport.State state, Optional<Instant> pausedAt, Optional<Instant> resumedAt, boolean byBrokers) {
        report = new PauseReport(state, pausedAt, resumedAt, byBrokers, Optional.of(exporting.uri()));
    }

    private static final class LastError {
        private volatile @Nullable Throwable error;
    }
}
