package io.github.camundabackup.test.simulation;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.test.internal.web.FaultPlan;
import io.github.camundabackup.test.simulation.model.BackupFate;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.ObjectStoreState;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.Server;
import io.github.camundabackup.test.simulation.model.SnapshotDamage;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The faults of a simulated cluster: of single requests, and of the components themselves. Can be changed at any time.
 *
 * <pre>{@code
 * cluster.faults().at(RequestMatcher.post("/actuator/exporting/resume")).times(2).answer(Fault.status(503));
 * cluster.faults().fate(Component.OPERATE, BackupFate.FAILS);
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class Faults {
    private final FaultPlan plan;
    private final SimulatedCluster cluster;

    Faults(FaultPlan plan, SimulatedCluster cluster) {
        this.plan = plan;
        this.cluster = cluster;
    }

    /** Begins to say what happens to some requests. */
    public At at(RequestMatcher requests) {
        return new At(Objects.requireNonNull(requests, "requests"));
    }

    /** Forgets all faults of requests that have not happened yet. */
    public void clear() {
        plan.clear();
    }

    /**
     * How many faults of requests have not happened yet, so that a test can make sure that it tested something. Those
     * for any number of requests count until the first of them.
     */
    public int outstanding() {
        return plan.outstanding();
    }

    /**
     * How backups of a component go that are accepted from now on. {@link Component#ZEEBE_RECORDS} stands for all
     * snapshots that a client asks for.
     *
     * @throws IllegalArgumentException if the cluster has no such component, or a real search engine cannot do that
     */
    public Faults fate(Component component, BackupFate fate) {
        cluster.setFate(component, Objects.requireNonNull(fate, "fate"));
        return this;
    }

    /**
     * The next snapshots that a client asks for end as {@code PARTIAL}, since a shard of their first index failed. What
     * engines write of a shard that is being moved to another node is
     * {@code IndexShardSnapshotFailedException[cannot snapshot while relocating]}; of one whose node is lost,
     * {@code node left the cluster during snapshot}.
     *
     * @param reason in the engine's words
     * @param times how many snapshots
     * @throws IllegalStateException with a real search engine
     */
    public Faults shardFails(String reason, int times) {
        cluster.engineState().shardFails(Objects.requireNonNull(reason, "reason"), times);
        return this;
    }

    /**
     * One of Zeebe's partitions fails in all backups from now on.
     *
     * @throws IllegalArgumentException if there is no such partition
     */
    public Faults failPartition(int partition) {
        cluster.failPartition(partition);
        return this;
    }

    /**
     * Zeebe leaves one of its partitions out of what it tells of all backups from now on, and calls them complete, as a
     * gateway does that has not heard of it.
     *
     * @throws IllegalArgumentException if there is no such partition
     */
    public Faults forgetPartition(int partition) {
        cluster.forgetPartition(partition);
        return this;
    }

    /**
     * One partition of an older backup takes the place of the right one, as when it is copied within the object store.
     *
     * @throws IllegalArgumentException if Zeebe has not both backups
     */
    public Faults olderPartition(BackupId backupId, int partition, BackupId older) {
        cluster.replacePartition(backupId, partition, older);
        return this;
    }

    /**
     * One of Zeebe's partitions is not restored in recovery mode, in restores that begin from now on: the cluster tries
     * it again and again, and waits in between.
     *
     * @throws IllegalArgumentException if there is no such partition
     */
    public Faults stallRestore(int partition) {
        cluster.stallRestore(partition);
        return this;
    }

    /**
     * The gateway of the REST API has just been started, and its topology shows no broker for a while.
     *
     * @param answers in how many answers
     */
    public Faults forgetBrokers(int answers) {
        cluster.forgetBrokers(answers);
        return this;
    }

    /** The restore that is going on in recovery mode is cancelled, if there is one. */
    public Faults cancelRestore() {
        cluster.endRestore("CANCELLED");
        return this;
    }

    /** The restore that is going on in recovery mode fails, if there is one. */
    public Faults failRestore() {
        cluster.endRestore("FAILED");
        return this;
    }

    /** What Zeebe's object store does from now on. */
    public Faults objectStore(ObjectStoreState state) {
        cluster.setObjectStore(Objects.requireNonNull(state, "state"));
        return this;
    }

    /** The next requests to pause exporting answer 200 with an inner status 500, and pause the first partition only. */
    public Faults refusePause(int times) {
        cluster.refuseExporting(true, times);
        return this;
    }

    /**
     * The next requests to resume exporting answer 200 with an inner status 500, and resume the first partition only.
     */
    public Faults refuseResume(int times) {
        cluster.refuseExporting(false, times);
        return this;
    }

    /**
     * Whether the nodes of the simulated search engine fail to write to the repository.
     *
     * @throws IllegalStateException with a real search engine
     */
    public Faults repositoryUnusable(boolean unusable) {
        cluster.engineState().setUnusable(unusable);
        return this;
    }

    /**
     * The simulated search engine fails to restore an index from now on, as if files of it were damaged in the
     * repository: it accepts the restore, tries it, and gives it up.
     *
     * @throws IllegalStateException with a real search engine
     */
    public Faults unrestorable(String index) {
        cluster.engineState().setUnrestorable(Objects.requireNonNull(index, "index"));
        return this;
    }

    /**
     * How large the disk of the simulated search engine's only node is, and how much of it is free, in bytes.
     *
     * @throws IllegalStateException with a real search engine
     */
    public Faults disk(long total, long free) {
        cluster.engineState().setDisk(total, free);
        return this;
    }

    /**
     * Files of a snapshot are lost from the storage of the simulated search engine's repository.
     *
     * @throws IllegalArgumentException if there is no such snapshot
     * @throws IllegalStateException with a real search engine
     */
    public Faults damage(String snapshot, SnapshotDamage damage) {
        cluster.engineState().damage(cluster.repository(), snapshot, Objects.requireNonNull(damage, "damage"));
        return this;
    }

    /**
     * Another client deletes a snapshot of the simulated search engine's repository, which takes that long.
     *
     * @throws IllegalArgumentException if there is no such snapshot
     * @throws IllegalStateException with a real search engine
     */
    public Faults deletes(String snapshot, Duration takes) {
        cluster.engineState().delete(cluster.repository(), snapshot, Objects.requireNonNull(takes, "takes"));
        return this;
    }

    /**
     * A server refuses connections, until {@link #reachable}. On a {@link SimulationHost}, whose port others use, it
     * accepts and cuts them.
     */
    public Faults unreachable(Server server) {
        cluster.setReachable(server, false);
        return this;
    }

    /** A server can be reached again, on the same port. */
    public Faults reachable(Server server) {
        cluster.setReachable(server, true);
        return this;
    }

    /**
     * A server stops and starts. Operate, Tasklist, the web applications and Optimize forget the parts that they have
     * not begun; Zeebe cancels the backups in progress, and keeps a pause of exporting.
     *
     * @throws IllegalArgumentException for the search engine
     */
    public Faults restart(Server server) {
        cluster.restart(server);
        return this;
    }

    /** Which of the matching requests get a fault. By default the first one only. Not thread-safe. */
    public final class At {
        private final RequestMatcher requests;
        private int skip;
        private int times = 1;

        private At(RequestMatcher requests) {
            this.requests = requests;
        }

        /**
         * The given number of requests pass first.
         *
         * @throws IllegalArgumentException if the number is negative
         */
        public At after(int passing) {
            if (passing < 0) {
                throw new IllegalArgumentException("Not a number of requests: " + passing);
            }
            skip = passing;
            return this;
        }

        /**
         * That many requests get the fault.
         *
         * @throws IllegalArgumentException if the number is not greater than zero
         */
        public At times(int number) {
            if (number < 1) {
                throw new IllegalArgumentException("Not a number of requests that get a fault: " + number);
            }
            times = number;
            return this;
        }

        /** All requests get the fault, until {@link Faults#clear()}. */
        public At always() {
            times = Integer.MAX_VALUE;
            return this;
        }

        /**
         * As {@link #answer(Fault)}, and does something else at that moment: to kill the client, for example.
         *
         * @param then called for each of the requests when the fault has happened, on a thread of the simulation; must
         *     be quick
         */
        public Faults answer(Fault fault, Runnable then) {
            plan.add(requests, skip, times, Optional.of(fault), Objects.requireNonNull(then, "then"));
            return Faults.this;
        }

        /** Says what happens to them. */
        public Faults answer(Fault fault) {
            return answer(fault, () -> {});
        }

        /**
         * They are answered as ever, but before that something else is done: to cancel the client's work at a certain
         * point, for example.
         *
         * @param first called for each of the requests before it is carried out, on a thread of the simulation
         */
        public Faults act(Runnable first) {
            plan.add(requests, skip, times, Optional.empty(), Objects.requireNonNull(first, "first"));
            return Faults.this;
        }
    }
}
