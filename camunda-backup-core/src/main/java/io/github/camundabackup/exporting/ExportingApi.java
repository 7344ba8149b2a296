package io.github.camundabackup.exporting;

import io.github.camundabackup.error.RemoteCallException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** The requests for exporting on one wire, and the meaning of its answers. All may be repeated without harm. */
interface ExportingApi {
    /** Where a POST resumes exporting: for people who must do it by hand. */
    URI resumeUri();

    /**
     * Pauses softly, and asks again where that cannot be had just now.
     *
     * @param wanted whether it still is: nothing is sent any more once it is not
     */
    CompletableFuture<Void> softPause(BooleanSupplier wanted);

    CompletableFuture<Void> resume();

    /** What the gateway says of the whole cluster. */
    CompletableFuture<Overview> overview();

    /**
     * A cluster as its gateway describes it.
     *
     * @param partitions the numbers of all partitions; none if it does not tell
     * @param phase of all replicas of all partitions; empty if it does not tell
     * @param failure why it could not be asked; empty if it could
     */
    record Overview(
            Set<Integer> partitions, Optional<ExportingStatus.Summary> phase, Optional<RemoteCallException> failure) {
        Overview(Set<Integer> partitions, Optional<ExportingStatus.Summary> phase) {
            this(partitions, phase, Optional.empty());
        }
    }
}
