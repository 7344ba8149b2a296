package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.test.internal.searchengine.SimulatedClock;
import java.util.Arrays;

/** The state of the exporters of each partition. Survives a restart of the brokers. Guarded by the cluster's lock. */
public final class Exporting {
    /** The words of {@code /actuator/partitions}. */
    enum Phase {
        EXPORTING,
        PAUSED,
        SOFT_PAUSED
    }

    // About what a quiet cluster writes.
    private static final long NANOS_PER_RECORD = 10_000_000;
    static final long FIRST_POSITION = 4000;

    private final Phase[] phases;
    private final long[] pausedPosition;
    private final long[] load;
    private final SimulatedClock clock;
    private final InvariantMonitor watch;
    private int refusals;
    private boolean refusesPause;
    private long replayUntil = -1;
    private long stoppedAt = SimulatedClock.NEVER;
    private long stoppedFor;

    public Exporting(int partitions, SimulatedClock clock, InvariantMonitor watch) {
        phases = new Phase[partitions];
        Arrays.fill(phases, Phase.EXPORTING);
        pausedPosition = new long[partitions];
        load = new long[partitions];
        this.clock = clock;
        this.watch = watch;
    }

    /** The next requests to pause (or to resume) fail, and reach the first partition only. */
    public void refuse(boolean pause, int times) {
        refusesPause = pause;
        refusals = times;
    }

    /**
     * @return false if it failed in the middle, or if nothing is processed at all
     */
    boolean switchTo(Phase phase) {
        if (isStopped()) {
            return false;
        }
        boolean refused = refusals > 0 && refusesPause == (phase != Phase.EXPORTING);
        int reached = refused ? 1 : phases.length;
        for (int i = 0; i < reached; i++) {
            if (phases[i] == Phase.EXPORTING && phase != Phase.EXPORTING) {
                pausedPosition[i] = processedPosition(i + 1);
            }
            phases[i] = phase;
        }
        if (refused) {
            refusals--;
        }
        tellWatch();
        return !refused;
    }

    private void tellWatch() {
        boolean any = Arrays.stream(phases).anyMatch(p -> p != Phase.EXPORTING);
        boolean all = Arrays.stream(phases).allMatch(p -> p != Phase.EXPORTING);
        watch.exporting(any, all);
    }

    /** The brokers start again; for a while they replay their logs. */
    void restart(long replayUntil) {
        this.replayUntil = replayUntil;
    }

    /** The brokers stop: nothing is processed until they start. */
    void stop() {
        stoppedAt = Math.min(stoppedAt, clock.now());
    }

    /** Whether the brokers process nothing. */
    public boolean isStopped() {
        return stoppedAt != SimulatedClock.NEVER;
    }

    /** The brokers start again after a stop. */
    void start() {
        if (stoppedAt != SimulatedClock.NEVER) {
            stoppedFor += clock.now() - stoppedAt;
            stoppedAt = SimulatedClock.NEVER;
        }
    }

    /** A partition goes on from the position of a backup, and exports: a pause is not part of a backup. */
    void restore(int partition, long position) {
        load[partition - 1] = 0;
        load[partition - 1] = position - processedPosition(partition);
        phases[partition - 1] = Phase.EXPORTING;
        tellWatch();
    }

    /** All partitions begin again from nothing. */
    void lose() {
        for (int partition = 1; partition <= phases.length; partition++) {
            restore(partition, firstPosition(partition));
        }
    }

    int partitions() {
        return phases.length;
    }

    Phase phase(int partition) {
        return phases[partition - 1];
    }

    boolean isReplaying() {
        return clock.now() < replayUntil;
    }

    /** The position up to which the log is processed: it grows with time, unless the brokers are stopped. */
    long processedPosition(int partition) {
        long running = Math.min(clock.now(), stoppedAt) - stoppedFor;
        return firstPosition(partition) + running / NANOS_PER_RECORD + load[partition - 1];
    }

    private static long firstPosition(int partition) {
        return FIRST_POSITION + partition * 100L;
    }

    /** A partition processes one command more. The position of its record. */
    long process(int partition) {
        load[partition - 1]++;
        return processedPosition(partition);
    }

    /** Whether what is processed is exported; it is in a soft pause too. */
    boolean isWriting(int partition) {
        return phase(partition) != Phase.PAUSED;
    }

    /** The position up to which exporting is confirmed: it stands still while exporting is paused, also softly. */
    long exportedPosition(int partition) {
        if (isReplaying()) {
            return -1;
        }
        return phase(partition) == Phase.EXPORTING ? processedPosition(partition) : pausedPosition[partition - 1];
    }
}
