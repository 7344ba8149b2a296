package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.model.Component;
import io.github.camundabackup.test.internal.searchengine.SimulatedClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The recovery mode of a cluster from 8.10: its brokers run and process nothing, and restore themselves when they are
 * asked to. What is to happen by a certain time happens when somebody looks. Guarded by the cluster's lock.
 */
public final class RecoveryMode {
    private final ClusterSettings settings;
    private final SimulatedClock clock;
    private @Nullable Brokers brokers;
    private boolean recovering;
    private boolean wanted;
    private long changedAt = SimulatedClock.NEVER;
    private long changes;
    private long completedChanges;
    private int stallingPartition;
    private int answersWithoutBrokers;
    private @Nullable Restore restore;

    RecoveryMode(ClusterSettings settings, SimulatedClock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Whose mode it is. */
    public void of(Brokers those) {
        brokers = those;
    }

    /** One partition is not restored from now on, and is tried again for ever. */
    public void stall(int partition) {
        stallingPartition = partition;
    }

    /** The gateway has just been started, and knows no broker in as many answers. */
    public void forgetBrokers(int answers) {
        answersWithoutBrokers = answers;
    }

    /** Whether this answer of the gateway is one without brokers. */
    boolean knowsNoBroker() {
        return answersWithoutBrokers > 0 && answersWithoutBrokers-- > 0;
    }

    /** The restore that is going on ends so, as when its change is cancelled. */
    public void end(String status) {
        settle();
        Restore running = restore;
        if (running != null && running.status.equals("IN_PROGRESS")) {
            running.status = status;
            running.endedAt = clock.now();
            completedChanges = changes;
        }
    }

    /** Whether the partitions are in it. */
    public boolean isRecovering() {
        settle();
        return recovering;
    }

    long completedChanges() {
        return completedChanges;
    }

    /** Whether a change is going on, beside which there can be no other. */
    boolean isChanging() {
        settle();
        Restore running = restore;
        return changedAt != SimulatedClock.NEVER || (running != null && running.status.equals("IN_PROGRESS"));
    }

    long nextChange() {
        return changes + 1;
    }

    /** The id of the change. */
    long enter(boolean recovery) {
        changes++;
        wanted = recovery;
        changedAt = clock.now() + settings.quirk(settings.settling()).toNanos();
        settle();
        return changes;
    }

    /** Why a backup cannot be restored. */
    Optional<String> problem(long id) {
        return brokers().problem(id);
    }

    /** The id of the change. */
    long restore(long id) {
        changes++;
        long now = clock.now();
        long duration = settings.duration(Component.ZEEBE).toNanos();
        List<Long> ends = new ArrayList<>();
        for (int partition = 1; partition <= settings.partitions(); partition++) {
            ends.add(
                    partition == stallingPartition
                            ? SimulatedClock.NEVER
                            : now + duration * partition / settings.partitions());
        }
        restore = new Restore(changes, id, now, ends);
        settle();
        return changes;
    }

    /** The restore that is going on, or has ended a moment ago. */
    Optional<Restore> restore() {
        settle();
        return Optional.ofNullable(restore);
    }

    private void settle() {
        long now = clock.now();
        if (now >= changedAt) {
            changedAt = SimulatedClock.NEVER;
            completedChanges = changes;
            if (wanted && !recovering) {
                brokers().stop();
            } else if (!wanted && recovering) {
                brokers().start();
            }
            recovering = wanted;
        }
        Restore running = restore;
        if (running == null) {
            return;
        }
        if (running.status.equals("IN_PROGRESS") && running.ends.stream().allMatch(end -> now >= end)) {
            brokers().restore(running.backupId);
            brokers().start();
            recovering = false;
            completedChanges = changes;
            running.status = "COMPLETED";
            running.endedAt = now;
        }
        boolean ended = !running.status.equals("IN_PROGRESS");
        if (ended
                && now >= running.endedAt + settings.quirk(settings.settling()).toNanos()) {
            restore = null;
        }
    }

    private Brokers brokers() {
        Brokers those = brokers;
        if (those == null) {
            throw new IllegalStateException("There are no brokers yet.");
        }
        return those;
    }

    /** A restore. */
    static final class Restore {
        private final long change;
        private final long backupId;
        private final long startedAt;
        private final List<Long> ends;
        private String status = "IN_PROGRESS";
        private long endedAt;

        Restore(long change, long backupId, long startedAt, List<Long> ends) {
            this.change = change;
            this.backupId = backupId;
            this.startedAt = startedAt;
            this.ends = ends;
        }

        long change() {
            return change;
        }

        long backupId() {
            return backupId;
        }

        long startedAt() {
            return startedAt;
        }

        String status() {
            return status;
        }

        /** When each partition is restored, from the first on; they are restored one after the other. */
        List<Long> ends() {
            return ends;
        }
    }
}
