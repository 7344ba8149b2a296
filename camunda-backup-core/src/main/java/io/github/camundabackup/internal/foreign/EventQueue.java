package io.github.camundabackup.internal.foreign;

import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.runtime.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the events of one run to its listeners, one at a time and in order, on a thread that no run waits for.
 * Thread-safe; may be used under a lock.
 *
 * @param <L> the type of the listeners
 */
public final class EventQueue<L> {
    private static final Logger LOG = LoggerFactory.getLogger(EventQueue.class);
    /** More than any run has besides its progress, of which only the newest of each kind is kept. */
    private static final int MOST_WAITING = 1000;
    /** How long the end of a run waits for listeners that have not yet been given all events. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Supplier<String> run;
    private final List<L> listeners;
    private final TimeSource time;
    private final ClientResources resources;
    private final Deque<Event<L>> waiting = new ArrayDeque<>();
    private final List<CompletableFuture<Void>> drained = new ArrayList<>();
    private boolean delivering;
    private boolean closed;

    /**
     * @param run what the events are of, for logs
     */
    public EventQueue(Supplier<String> run, List<L> listeners, ClientResources resources) {
        this.run = run;
        this.listeners = List.copyOf(listeners);
        time = resources.time();
        this.resources = resources;
    }

    /** Something to tell; of two with the same topic that wait, only the newer is kept. */
    private record Event<L>(Optional<Object> topic, Consumer<L> news) {}

    /** An event that is always delivered. */
    public void add(Consumer<L> news) {
        add(new Event<>(Optional.empty(), news));
    }

    /**
     * Progress: what is outdated before it could be delivered is left out.
     *
     * @param topic of what it is
     */
    public void progress(Object topic, Consumer<L> news) {
        add(new Event<>(Optional.of(topic), news));
    }

    /**
     * The last event.
     *
     * @return completes when all have been delivered, or when the listeners have taken too long; never fails
     */
    public CompletableFuture<Void> last(Consumer<L> news) {
        CompletableFuture<Void> all = new CompletableFuture<>();
        synchronized (this) {
            add(new Event<>(Optional.empty(), news));
            closed = true;
            if (delivering) {
                drained.add(all);
            } else {
                all.complete(null);
            }
        }
        return Futures.within(
                        time,
                        PATIENCE,
                        all,
                        () -> new IllegalStateException(
                                "after " + PATIENCE.toSeconds() + " s a listener still holds up its events"))
                .exceptionally(late -> {
                    LOG.warn(
                            "{} ends, although {}",
                            run.get(),
                            Futures.unwrap(late).getMessage());
                    return null;
                });
    }

    private synchronized void add(Event<L> event) {
        if (closed || listeners.isEmpty()) {
            return;
        }
        if (event.topic().isPresent()) {
            waiting.removeIf(other -> other.topic().equals(event.topic()));
        }
        if (waiting.size() >= MOST_WAITING) {
            LOG.warn("{}: a listener holds up its events; one is dropped", run.get());
            return;
        }
        waiting.add(event);
        if (!delivering) {
            delivering = true;
            try {
                ForeignCalls.of(resources).execute(this::deliver);
            } catch (RejectedExecutionException | IllegalStateException noThreads) {
                LOG.warn("{}: no thread is left for its listeners", run.get());
                stopDelivering();
            }
        }
    }

    private void deliver() {
        while (true) {
            Event<L> event;
            synchronized (this) {
                event = waiting.poll();
                if (event == null) {
                    stopDelivering();
                    return;
                }
            }
            listeners.forEach(listener -> tell(listener, event));
        }
    }

    private synchronized void stopDelivering() {
        delivering = false;
        waiting.clear();
        drained.forEach(all -> all.complete(null));
        drained.clear();
    }

    private void tell(L listener, Event<L> event) {
        try {
            event.news().accept(listener);
        } catch (Throwable e) {
            LOG.warn(
                    "{}: the listener {} failed, which is ignored",
                    run.get(),
                    listener.getClass().getName(),
                    e);
        }
    }
}
