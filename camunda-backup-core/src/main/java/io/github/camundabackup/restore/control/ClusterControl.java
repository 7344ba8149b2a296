package io.github.camundabackup.restore.control;

import io.github.camundabackup.model.Component;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Stops and starts the cluster's components around a restore. Must be thread-safe. It is called on threads that no
 * restore needs; what it throws, and null, are failures of its step. What it says to have done is checked where that is
 * possible: a component counts as stopped when it refuses connections. Each method may be called again for the same
 * after an interrupted restore, and must then do what is missing.
 *
 * <p>A future that one of these methods has returned is cancelled if the restore is cancelled, loses its lock, or has
 * to end with the process before it is complete. An implementation that can should then end what is going on, as
 * another restore may begin soon after. Its future is waited for until then, up to 25 s. Nothing else limits how long
 * it may take.
 */
public interface ClusterControl {

    /**
     * What is missing for what this will be asked to do: asked when a restore is planned, and again before it begins,
     * since the gap would show only after the components are stopped and the indices deleted. Touches nothing, and
     * answers within 2 minutes.
     *
     * @param components what {@link #stop} and {@link #start} will get
     * @param zeebe what {@link #restoreZeebe} will get; with 0 brokers if it is not going to be asked for that, as the
     *     cluster restores itself in recovery mode
     * @return each with what to do about it; empty if nothing is known to be missing
     */
    default List<String> problems(List<Component> components, ZeebeRestore zeebe) {
        return List.of();
    }

    /**
     * Stops components, Zeebe's brokers and gateways among them, and at best as the last ones; the search engine goes
     * on running.
     *
     * @param components those for which an endpoint is configured; all of the backup's if none is
     * @return completes when they are stopped
     */
    CompletableFuture<Void> stop(List<Component> components);

    /**
     * Deletes the brokers' data, which starting them has filled, and runs the restore application on every broker.
     *
     * @return completes when it has succeeded on all of them; see {@link ZeebeRestore#isSuccess}
     */
    CompletableFuture<Void> restoreZeebe(ZeebeRestore zeebe);

    /**
     * Starts components again. Called twice: for Zeebe and the web applications of 8.8 and later, and, once these
     * answer, for the others.
     *
     * @return completes when they are started, or asked to start: a restore is complete when all endpoints that are
     *     configured answer
     */
    CompletableFuture<Void> start(List<Component> components);
}
