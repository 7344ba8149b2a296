package io.github.camundabackup.backup.engine;

import io.github.camundabackup.backup.BackupListener;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.runtime.TimeSource;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the events of a run to its listeners, one at a time and in order. An event that is added under a lock is
 * delivered after the lock is released: a listener may be slow, and the lease must be renewed meanwhile. Thread-safe.
 */
final class ListenerNotifier {
    private static final Logger LOG = LoggerFactory.getLogger(ListenerNotifier.class);

    private final BackupId backupId;
    private final List<BackupListener> listeners;
    private final TimeSource time;
    private final Queue<Consumer<BackupListener>> events = new ConcurrentLinkedQueue<>();

    ListenerNotifier(BackupId backupId, List<BackupListener> listeners, TimeSource time) {
        this.backupId = backupId;
        this.listeners = listeners;
        this.time = time;
    }

    /** An event of this moment. */
    void add(BiConsumer<BackupListener, Instant> event) {
        Instant at = time.now();
        events.add(listener -> event.accept(listener, at));
    }

    /** Returns when all events that were added before have been delivered. */
    synchronized void deliver() {
        Consumer<BackupListener> event = events.poll();
        while (event != null) {
            for (BackupListener listener : listeners) {
                tell(listener, event);
            }
            event = events.poll();
        }
    }

    private void tell(BackupListener listener, Consumer<BackupListener> event) {
        try {
            event.accept(listener);
        } catch (RuntimeException | Error e) {
            // An error too: a run that a listener can break off could leave exporting paused.
            LOG.warn("Backup {}: the listener {} failed, which is ignored", backupId, listener.getClass(), e);
        }
    }
}
