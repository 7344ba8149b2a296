package io.github.camundabackup.internal.participants;

import io.github.camundabackup.component.BackupContext;
import java.util.concurrent.CompletableFuture;

/** A participant whose part can be taken again under the same id, in the same run. */
public interface Repeatable {
    /**
     * Deletes the part that this run has taken and that has failed, so that it can be started again. Nothing else is
     * deleted: neither a part that is complete or going on, nor one of another run.
     *
     * @return completes when it is gone, or was already
     */
    CompletableFuture<Void> discardFailed(BackupContext context);
}
