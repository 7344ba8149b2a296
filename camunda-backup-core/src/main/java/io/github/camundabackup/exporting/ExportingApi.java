package io.github.camundabackup.exporting;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The requests for exporting on one wire, and the meaning of its answers. All may be repeated without harm. */
interface ExportingApi {
    /** Where a POST resumes exporting: for people who must do it by hand. */
    URI resumeUri();

    CompletableFuture<Void> softPause();

    CompletableFuture<Void> resume();

    /** What the gateway says of the whole cluster. */
    CompletableFuture<Overview> overview();

    /**
     * A cluster as its gateway describes it.
     *
     * @param partitions the numbers of all partitions; none if it does not tell
     * @param phase of all replicas of all partitions; empty if it does not tell
     */
    record Overview(Set<Integer> partitions, Optional<ExportingStatus.Summary> phase) {}
}
