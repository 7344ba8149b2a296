package io.github.camundabackup.internal.participants;

import java.util.concurrent.CompletableFuture;

/**
 * A participant whose part is taken outside of the cluster, by what this process begins: while nothing of the part is
 * seen, nobody but this process knows whether it is on its way.
 */
public interface Outsourced {
    /**
     * Ends what was begun, as the part is not wanted any more.
     *
     * @return completes when nothing of it goes on, as far as it could be ended; never fails
     */
    CompletableFuture<Void> giveUp();
}
