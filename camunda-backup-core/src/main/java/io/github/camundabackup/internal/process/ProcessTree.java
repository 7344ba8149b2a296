package io.github.camundabackup.internal.process;

import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.runtime.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A process, and those that it has started and that still belong to it. */
final class ProcessTree {
    /** How long a process may take to end after it is asked to. */
    static final Duration GRACE = Duration.ofSeconds(10);

    private final List<ProcessHandle> processes;
    private final TimeSource time;

    private ProcessTree(List<ProcessHandle> processes, TimeSource time) {
        this.processes = processes;
        this.time = time;
    }

    /** As it is now. A process that has ended has left nothing that belongs to it. */
    static ProcessTree of(Process process, TimeSource time) {
        // The one that starts others comes first, so that it starts no more when those are ended.
        return new ProcessTree(
                Stream.concat(Stream.of(process.toHandle()), process.descendants())
                        .toList(),
                time);
    }

    /**
     * Asks all of them to end, and kills what does not.
     *
     * @return completes when nothing of it goes on, or when even that did not help; with what was done, as a sentence
     */
    CompletableFuture<String> end() {
        return each(
                ProcessHandle::destroy,
                "It was ended.",
                () -> each(
                        ProcessHandle::destroyForcibly,
                        "It did not end when it was asked to, and was killed.",
                        () -> CompletableFuture.completedFuture("It could not be killed.")));
    }

    private CompletableFuture<String> each(
            Consumer<ProcessHandle> signal, String done, Supplier<CompletableFuture<String>> otherwise) {
        processes.forEach(signal);
        CompletableFuture<?>[] ends =
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        return Futures.recover(
                Futures.within(
                        time, GRACE, CompletableFuture.allOf(ends).thenApply(ended -> done), TimeoutException::new),
                late -> otherwise.get());
    }
}
