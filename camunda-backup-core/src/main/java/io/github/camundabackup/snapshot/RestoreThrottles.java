package io.github.camundabackup.snapshot;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * The limits that an engine sets to the speed of restores, raised for the time of one.
 *
 * <p><strong>Rules for implementations.</strong> Those of {@link SnapshotStore}; besides: what the limits were is kept
 * by the engine itself, from before they are raised until they are put back, so that every store of the same engine can
 * put them back, whatever became of the process that raised them.
 */
public interface RestoreThrottles {

    /** What would be raised, once what another restore has raised is put back. Changes nothing. */
    CompletableFuture<Limits> limits();

    /**
     * Writes down what the limits are, and raises them. If another restore has raised them, nothing is changed, and what
     * is written down stays.
     *
     * @param by who raises them, for people, in words that fit behind "raised by"
     * @return completes with whether they were raised: false if another restore has raised them, or if none slows a
     *     restore down; exceptionally with {@code UNAUTHENTICATED} or {@code FORBIDDEN}, and then nothing is changed.
     *     After any other failure, they may be raised
     */
    CompletableFuture<Boolean> raise(String by);

    /**
     * Puts the limits back to what is written down, and forgets that. A limit that was set to something else meanwhile is
     * left alone. Does nothing if nothing is written down, or if a restore from another repository has written it: the
     * lock of restores is one for each repository, so that one may go on.
     */
    CompletableFuture<PutBack> putBack();

    /**
     * The limits of an engine.
     *
     * @param raised those that would be raised, each with what it is and what it would be, for people; none if none
     *     slows a restore down
     * @param left what slows a restore down and would not be raised, each as a sentence
     */
    record Limits(List<String> raised, List<String> left) {
        public Limits {
            raised = List.copyOf(raised);
            left = List.copyOf(left);
        }
    }

    /**
     * What was put back.
     *
     * @param by who had raised the limits, as it was given to {@link #raise}; empty if nothing was written down for this
     *     repository
     * @param done those that were put back, each with what it is now, for people
     * @param left those that were not, with the reason, each as a sentence
     */
    record PutBack(String by, List<String> done, List<String> left) {
        public PutBack {
            Objects.requireNonNull(by, "by");
            done = List.copyOf(done);
            left = List.copyOf(left);
        }

        /** Of limits that another repository's restore has raised. */
        public static PutBack leaving(String why) {
            return new PutBack("", List.of(), List.of(why));
        }

        /** Of limits that were not raised. */
        public static PutBack nothing() {
            return new PutBack("", List.of(), List.of());
        }
    }
}
