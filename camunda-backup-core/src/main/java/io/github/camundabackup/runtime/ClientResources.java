package io.github.camundabackup.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The resources of clients: a few threads, time, and what they share (connection pools, for example). One of these
 * serves any number of clients and clusters; nothing in this library keeps a thread for a backup.
 *
 * <p>Thread-safe. Close it after the clients that use it.
 */
public final class ClientResources implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClientResources.class);
    private static final int DEFAULT_THREADS = 4;
    private static final int DEFAULT_BACKUPS = 256;
    private static final int DEFAULT_PAUSES = 64;

    private final Executor executor;
    private final TimeSource time;
    private final @Nullable TimeSource givenTime;
    private final @Nullable ExecutorService owned;
    private final int backupsAtOnce;
    private final int pausedAtOnce;
    private final Map<Class<?>, Object> shared = new LinkedHashMap<>();
    private boolean closed;

    private ClientResources(Builder builder) {
        backupsAtOnce = builder.backupsAtOnce;
        pausedAtOnce = builder.pausedAtOnce;
        Executor delegate = builder.executor;
        owned = delegate == null ? defaultExecutor() : null;
        Executor threads = delegate == null ? Objects.requireNonNull(owned) : delegate;
        givenTime = builder.time;
        time = givenTime == null ? TimeSource.system(threads) : givenTime;
        executor = task -> {
            TimeSource.Activity activity = time.activity();
            try {
                threads.execute(() -> {
                    try (activity) {
                        task.run();
                    }
                });
            } catch (RuntimeException rejected) {
                activity.close();
                throw rejected;
            }
        };
    }

    /** Four daemon threads of its own, and the system's time. */
    public static ClientResources create() {
        return builder().build();
    }

    /**
     * Resources with threads and connections of their own, in the same time: for what must go on whatever holds up
     * these. The caller closes them.
     */
    public ClientResources apart() {
        Builder apart = builder();
        if (givenTime != null) {
            apart.time(givenTime);
        }
        return apart.build();
    }

    /** Collects resources. */
    public static Builder builder() {
        return new Builder();
    }

    /** Runs what follows an answer or a delay. Code that is not this library's is called on threads of its own. */
    public Executor executor() {
        return executor;
    }

    public TimeSource time() {
        return time;
    }

    /** How many backups go on at once; see {@link Builder#backupsAtOnce}. */
    public int backupsAtOnce() {
        return backupsAtOnce;
    }

    /** How many backups keep exporting paused at once; see {@link Builder#pausedAtOnce}. */
    public int pausedAtOnce() {
        return pausedAtOnce;
    }

    /**
     * The one object of its type that all clients of these resources share, made when it is first asked for. Meant for
     * implementations of clients and stores. If it is {@link AutoCloseable}, it is closed with these resources.
     *
     * @param type the key
     * @param create makes it; must not ask for shared objects itself
     * @throws IllegalStateException if these resources are closed
     */
    public <T> T shared(Class<T> type, Function<ClientResources, T> create) {
        synchronized (shared) {
            if (closed) {
                throw new IllegalStateException("These client resources are closed.");
            }
            return type.cast(shared.computeIfAbsent(type, key -> create.apply(this)));
        }
    }

    /**
     * Closes what is shared, and ends the threads if they are not the caller's own. Does not wait for anything; closing
     * twice does nothing.
     */
    @Override
    public void close() {
        Map<Class<?>, Object> toClose;
        synchronized (shared) {
            if (closed) {
                return;
            }
            closed = true;
            toClose = Map.copyOf(shared);
        }
        toClose.forEach((type, object) -> {
            if (object instanceof AutoCloseable closeable) {
                try {
                    closeable.close();
                } catch (Exception e) {
                    LOG.warn("Could not close {}", type.getName(), e);
                }
            }
        });
        if (owned != null) {
            owned.shutdown();
        }
    }

    private static ExecutorService defaultExecutor() {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                DEFAULT_THREADS, DEFAULT_THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "camunda-backup-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** Collects {@link ClientResources}. Not thread-safe. */
    public static final class Builder {
        private @Nullable Executor executor;
        private @Nullable TimeSource time;
        private int backupsAtOnce = DEFAULT_BACKUPS;
        private int pausedAtOnce = DEFAULT_PAUSES;

        private Builder() {}

        /**
         * Where callbacks run. The caller keeps and closes it. Default: four daemon threads of the resources' own. It
         * must have at least one thread that is not the caller's.
         */
        public Builder executor(Executor executor) {
            this.executor = Objects.requireNonNull(executor, "executor");
            return this;
        }

        /** Time. Default: the system's. */
        public Builder time(TimeSource time) {
            this.time = Objects.requireNonNull(time, "time");
            return this;
        }

        /**
         * How many backups go on at once; further ones wait for their turn, before they ask anything. Fewer go on while
         * the process is short of memory. A backup that waits for long parts costs little, so where backups take hours
         * there may be more. Default: 256.
         *
         * @throws IllegalArgumentException if there would be none
         */
        public Builder backupsAtOnce(int backups) {
            backupsAtOnce = atLeastOne(backups, "Backups at once");
            return this;
        }

        /**
         * How many backups keep exporting paused at once, so that a pause takes no longer than its parts; further ones
         * wait for their turn before they pause. Fewer begin while the process is short of memory. Default: 64.
         *
         * @throws IllegalArgumentException if there would be none
         */
        public Builder pausedAtOnce(int pauses) {
            pausedAtOnce = atLeastOne(pauses, "Pauses at once");
            return this;
        }

        private static int atLeastOne(int number, String what) {
            if (number < 1) {
                throw new IllegalArgumentException(what + " must be at least 1, but were " + number + ".");
            }
            return number;
        }

        public ClientResources build() {
            return new ClientResources(this);
        }
    }
}
