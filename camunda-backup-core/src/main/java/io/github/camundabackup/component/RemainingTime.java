package io.github.camundabackup.component;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * How much longer one backup takes, estimated from how far it was after so much time. Only a reason to ask less often
 * or more often: whether the backup is complete, the component alone says.
 */
interface RemainingTime<B extends ComponentBackup> {
    /**
     * Looks at a backup that is not complete.
     *
     * @return never fails
     */
    CompletableFuture<Void> look(B backup);

    /**
     * Looks again without the component, if something else shows for sure that the backup is not complete yet: the
     * component need not be asked then.
     *
     * @return whether that is so; never fails
     */
    CompletableFuture<Boolean> goesOn();

    /** As it was at the last look; empty if nothing is known of it. */
    Optional<Duration> estimate();

    /** Of what shows nothing on its way: Zeebe's partitions end all at once, or nearly so. */
    static <B extends ComponentBackup> RemainingTime<B> unknown() {
        return new RemainingTime<>() {
            @Override
            public CompletableFuture<Void> look(B backup) {
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public CompletableFuture<Boolean> goesOn() {
                return CompletableFuture.completedFuture(false);
            }

            @Override
            public Optional<Duration> estimate() {
                return Optional.empty();
            }
        };
    }
}
