package io.github.camundabackup.exporting.pause;

import io.github.camundabackup.component.ClusterEndpoints;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.RemoteCallException;
import io.github.camundabackup.exporting.ExportingClient;
import io.github.camundabackup.exporting.ExportingStatus;
import io.github.camundabackup.exporting.PauseEvidence;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.concurrent.Polling;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.runtime.TimeSource;
import java.io.Serial;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pause of exporting in one run: requested, confirmed, ended, and its state reported at any time. It has threads
 * and connections apart from the run's, so that it can be ended whatever the run is doing. Thread-safe.
 */
public final class ExportingPause {
    private static final Logger LOG = LoggerFactory.getLogger(ExportingPause.class);
    private static final Duration CONFIRMATION_TIMEOUT = Duration.ofSeconds(30);
    /** How long the run's journal may take to say whether the run still has the duty to resume. */
    private static final Duration JOURNAL_PATIENCE = Duration.ofSeconds(10);
    /** For how long a request to pause that was never answered is expected to take effect after all. */
    private static final Duration LATE_EFFECT = Duration.ofMinutes(1);

    /** For how long a broker may be away at the end of a pause. */
    private static final Duration LAST_LOOK = Duration.ofSeconds(10);

    private static final Duration LATE_EFFECT_LOOK = Duration.ofSeconds(2);

    private final ExportingClient exporting;
    private final TimeSource time;
    private final Duration resumeTimeout;
    private PauseReport report = PauseReport.none();
    private volatile boolean ending;
    private volatile CompletableFuture<Void> request = CompletableFuture.completedFuture(null);

    private ExportingPause(ExportingClient exporting, TimeSource time, Duration resumeTimeout) {
        this.exporting = exporting;
        this.time = time;
        this.resumeTimeout = resumeTimeout;
    }

    /**
     * Makes a pause that has not begun.
     *
     * @param cluster where the gateway and the brokers are
     * @param resources of the run; the pause uses others beside them
     */
    public static ExportingPause of(ClusterEndpoints cluster, ClientResources resources, Duration resumeTimeout) {
        ClientResources own = PauseResources.beside(resources);
        return new ExportingPause(cluster.exporting(own), own.time(), resumeTimeout);
    }

    /** What keeps running whatever holds up the run. */
    public TimeSource time() {
        return time;
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

    /**
     * Pauses. If it fails, {@link #end} is needed all the same, after which nothing is asked for again.
     *
     * @param wanted whether it still is, where it cannot be had just now and is asked for again
     */
    public CompletableFuture<Void> begin(BooleanSupplier wanted) {
        CompletableFuture<Void> sent = exporting.softPause(() -> !ending && wanted.getAsBoolean());
        request = sent;
        return sent;
    }

    /**
     * Makes sure that the pause was not ended by another process, as far as the brokers can be asked: what was backed
     * up under an interrupted pause does not fit together.
     *
     * @param evidence what the brokers showed when the pause was confirmed; empty if not all of them could be asked
     */
    public CompletableFuture<Void> requireHeld(Optional<PauseEvidence> evidence) {
        return Polling.until(
                        time,
                        evidence.isPresent() ? LAST_LOOK : Duration.ZERO,
                        () -> look(evidence).thenApply(seen -> Optional.of(true).filter(held -> seen)),
                        // Whom to believe if a broker does not answer, or another one leads, a check finds out.
                        waited -> new CamundaBackupException("not seen"))
                .exceptionallyCompose(error -> Futures.unwrap(error) instanceof BrokenPauseException broken
                        ? CompletableFuture.failedFuture(broken)
                        : CompletableFuture.completedFuture(false))
                .thenAccept(this::observedHeld);
    }

    /** Whether the brokers show that it has been held; fails if they show that it has not. */
    private CompletableFuture<Boolean> look(Optional<PauseEvidence> evidence) {
        return exporting.status().thenApply(status -> {
            // Who resumes and pauses again leaves a phase as it should be, but a position that a pause would have held.
            if (status.isExporting()
                    || evidence.filter(confirmed -> confirmed.contradicts(status))
                            .isPresent()) {
                throw new BrokenPauseException(
                        "Another process resumed exporting during the backup, so its parts may not fit together: "
                                + status + ". Take another one.");
            }
            return evidence.filter(confirmed -> confirmed.holdsIn(status)).isPresent();
        });
    }

    private synchronized void observedHeld(boolean observed) {
        report = new PauseReport(
                report.state(),
                report.pausedAt(),
                report.resumedAt(),
                observed,
                report.confirmedByBrokers(),
                report.resumeAt());
    }

    /** Waits until the brokers confirm the pause, where they can be asked. */
    public CompletableFuture<ExportingStatus> confirm() {
        return Polling.until(
                time,
                CONFIRMATION_TIMEOUT,
                () -> exporting
                        .status()
                        .thenApply(status -> status.isExporting() || status.isMixed()
                                ? Optional.<ExportingStatus>empty()
                                : Optional.of(status)),
                waited -> new CamundaBackupException(
                        "The gateway accepted the pause of exporting, but the brokers' partitions do not show it after "
                                + waited.toSeconds() + " s. Check that all brokers are healthy."));
    }

    /**
     * Resumes until it is confirmed, or until the deadline. Where the request to pause is under way still, or was never
     * answered, it may take effect after that: exporting is resumed again until this is no longer to be expected.
     *
     * @param mayResume asked before each attempt; once it says no, another run has the duty
     * @return whether exporting runs again; never fails
     */
    public CompletableFuture<Boolean> end(Supplier<CompletableFuture<Boolean>> mayResume) {
        ending = true;
        LastError last = new LastError();
        boolean unanswered = isUnanswered();
        CompletableFuture<Boolean> resumed = resume(mayResume, last);
        CompletableFuture<Boolean> confirmed = unanswered
                ? resumed.thenCompose(byBrokers -> outlastLateEffect(mayResume, last, time.nanoTime()))
                : resumed;
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

    private CompletableFuture<Boolean> resume(Supplier<CompletableFuture<Boolean>> mayResume, LastError last) {
        return Polling.until(
                time,
                resumeTimeout,
                () -> isOurs(mayResume)
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
                            if (status.isPaused() || status.isMixed()) {
                                LOG.warn("Exporting is not resumed everywhere yet, trying again: {}", status);
                                return Optional.empty();
                            }
                            return Optional.of(status.summary() == ExportingStatus.Summary.EXPORTING);
                        }),
                waited -> new CamundaBackupException("Resuming was given up after " + waited.toSeconds() + " s."));
    }

    /** Resuming twice is harmless, and where no broker can be asked there is no other way. */
    private CompletableFuture<Boolean> outlastLateEffect(
            Supplier<CompletableFuture<Boolean>> mayResume, LastError last, long since) {
        return time.delay(LATE_EFFECT_LOOK).thenCompose(passed -> {
            // Looked at before resuming, so that the last resumption comes after both.
            boolean over = request.isDone() && time.nanoTime() - since >= LATE_EFFECT.toNanos();
            CompletableFuture<Boolean> resumed = resume(mayResume, last);
            return over ? resumed : resumed.thenCompose(byBrokers -> outlastLateEffect(mayResume, last, since));
        });
    }

    /** A journal that does not answer is no reason to leave a pause behind. */
    private CompletableFuture<Boolean> isOurs(Supplier<CompletableFuture<Boolean>> mayResume) {
        return Futures.within(time, JOURNAL_PATIENCE, mayResume.get(), () -> new CamundaBackupException("no answer"))
                .exceptionally(error -> true);
    }

    /** A request that is under way, also one that is repeated, has not been answered yet. */
    private boolean isUnanswered() {
        CompletableFuture<Boolean> unclear = request.handle((paused, error) -> error != null
                && Futures.unwrap(error) instanceof RemoteCallException failure
                && failure.mayHaveHappened());
        return unclear.getNow(true);
    }

    /** Whether the request to pause was never answered, so that it might take effect even now; with what to do. */
    public Optional<String> lateEffect() {
        return isUnanswered()
                ? Optional.of("The request to pause exporting was never answered. For " + LATE_EFFECT.toSeconds()
                        + " s after exporting was resumed, it was resumed again and again. Should the request still take"
                        + " effect later, exporting stays paused: look at the exporterPhase in GET /actuator/partitions of each broker, and call"
                        + " recover(UnknownPause.RESUME) if it is.")
                : Optional.empty();
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
        report = new PauseReport(
                state, pausedAt, resumedAt, report.held(), byBrokers, Optional.of(exporting.resumeUri()));
    }

    /** Another process ended the pause. */
    private static final class BrokenPauseException extends CamundaBackupException {
        @Serial
        private static final long serialVersionUID = 1L;

        BrokenPauseException(String message) {
            super(message);
        }
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
