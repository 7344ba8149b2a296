package io.github.camundabackup.internal.objectstore;

import io.github.camundabackup.error.ObjectStoreException;
import io.github.camundabackup.error.ObjectStoreException.Reason;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Calls a library on threads of its own. Libraries that read from sockets do not notice that a thread is interrupted;
 * whoever waits here does. There are as many threads as calls at the same time, and none a while after the last.
 */
final class LibraryCalls implements AutoCloseable {
    private static final int IDLE_SECONDS = 10;

    private final ThreadPoolExecutor threads;

    /**
     * @param name of the threads
     */
    LibraryCalls(String name) {
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "camunda-backup-" + name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * Calls the library.
     *
     * @param late what is done with a result that nobody waits for any more
     * @throws InterruptedException at once, and the thread stays interrupted
     * @throws ExecutionException with what the library threw
     */
    <T> T call(Callable<T> call, Consumer<T> late) throws InterruptedException, ExecutionException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedException();
        }
        Answer<T> answer = new Answer<>(call, late);
        Future<T> running = threads.submit(answer);
        try {
            return running.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.abandon();
            // Not cancelled with an interruption: some libraries leave a connection behind that others are given.
            throw e;
        }
    }

    /** Does something that nobody waits for. */
    void later(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException closed) {
            task.run();
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }

    static ObjectStoreException interrupted(Attempt attempt, InterruptedException e) {
        return new ObjectStoreException(Reason.OTHER, attempt.text() + " was interrupted.", e);
    }

    static IOException interruptedRead(Attempt attempt, InterruptedException e) {
        return new IOException(attempt.text() + " was interrupted.", e);
    }

    /** What a call gives, or what becomes of it when it was given up before. */
    private static final class Answer<T> implements Callable<T> {
        private final Callable<T> call;
        private final Consumer<T> late;
        private boolean abandoned;
        private boolean given;
        private Optional<T> result = Optional.empty();

        Answer(Callable<T> call, Consumer<T> late) {
            this.call = call;
            this.late = late;
        }

        @Override
        public T call() throws Exception {
            T value = call.call();
            synchronized (this) {
                given = true;
                result = Optional.of(value);
                if (!abandoned) {
                    return value;
                }
            }
            late.accept(value);
            return value;
        }

        void abandon() {
            synchronized (this) {
                abandoned = true;
                if (!given) {
                    return;
                }
            }
            result.ifPresent(late);
        }
    }
}
