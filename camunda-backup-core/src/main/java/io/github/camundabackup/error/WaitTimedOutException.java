package io.github.camundabackup.error;

import java.io.Serial;
import java.time.Duration;

/** An operation that was started did not end before its deadline. It may still end later. */
public final class WaitTimedOutException extends CamundaBackupException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Duration waited;

    /**
     * @param what what was waited for, as the beginning of a sentence
     * @param waited how long
     * @param lastSeen the last state that was seen, as a sentence
     */
    public WaitTimedOutException(String what, Duration waited, String lastSeen) {
        super(what + " did not end within " + waited.toSeconds() + " s. " + lastSeen);
        this.waited = waited;
    }

    /** How long was waited. */
    public Duration waited() {
        return waited;
    }
}
