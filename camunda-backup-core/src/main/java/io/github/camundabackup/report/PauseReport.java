package io.github.camundabackup.report;

import io.github.camundabackup.internal.json.Json;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The state of a run's pause of exporting.
 *
 * @param state where it stands
 * @param pausedAt when the pause was asked for; empty if it never was
 * @param resumedAt when exporting was confirmed to run again; empty if it was not
 * @param held whether the brokers showed, before exporting was resumed, that the pause had been held all the time: each
 *     leader the same exported position as when the pause was confirmed
 * @param confirmedByBrokers whether the brokers' own partitions confirmed that it runs, and not only the gateway
 * @param resumeAt where a POST resumes exporting; empty if there was no pause
 */
public record PauseReport(
        State state,
        Optional<Instant> pausedAt,
        Optional<Instant> resumedAt,
        boolean held,
        boolean confirmedByBrokers,
        Optional<URI> resumeAt) {
    public PauseReport {
        Objects.requireNonNull(state, "state");
    }

    /** The state of a pause. */
    public enum State {
        /** Exporting was not touched. */
        NOT_PAUSED,
        /** Exporting is paused, or a request to pause it is under way. */
        PAUSED,
        /** Exporting runs again. */
        RESUMED,
        /** Exporting may still be paused. An operator must resume it. */
        NOT_RESUMED,
        /** This run was silent for so long that another one took the lock, which resumes exporting first of all. */
        TAKEN_OVER
    }

    public static PauseReport none() {
        return new PauseReport(State.NOT_PAUSED, Optional.empty(), Optional.empty(), false, false, Optional.empty());
    }

    /**
     * Reads what {@link #toJson()} wrote.
     *
     * @throws IllegalArgumentException if it is no such text
     */
    public static PauseReport fromJson(String json) {
        return BackupReportJson.readPause(json);
    }

    /** This report as JSON, as inside the JSON of a {@link BackupReport}. */
    public String toJson() {
        return Json.writePretty(BackupReportJson.write(this));
    }

    /** How long exporting was paused; empty if it was not, or still is. */
    public Optional<Duration> duration() {
        return pausedAt.flatMap(from -> resumedAt.map(to -> Duration.between(from, to)));
    }

    /** The state as a sentence; if exporting may still be paused, with what to do. */
    public String instruction() {
        return switch (state) {
            case NOT_PAUSED -> "Exporting was not touched.";
            case PAUSED -> "Exporting is paused.";
            case RESUMED ->
                confirmedByBrokers
                        ? "Exporting was resumed, and the brokers confirm it."
                        : "Exporting was resumed, as the gateway says; no broker could be asked to confirm it.";
            case TAKEN_OVER ->
                "Exporting was not resumed by this run: another one has taken the lock meanwhile, and with it the duty to resume it.";
            case NOT_RESUMED ->
                "EXPORTING WAS NOT RESUMED: it may still be paused, and then the brokers' disks fill up. Send POST "
                        + resumeAt.map(URI::toString).orElse("http://<gateway>:9600/actuator/exporting/resume")
                        + " until "
                        + (resumeAt.filter(uri -> uri.getPath().endsWith("/v2/exporting/resume"))
                                        .isPresent()
                                ? "it is answered with status 204, with credentials that have the permission EXPORTER:PAUSE."
                                : "the body of the answer says \"status\":204 (the HTTP status is 200 in any case).");
        };
    }
}
