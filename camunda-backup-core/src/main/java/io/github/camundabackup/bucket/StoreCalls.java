package io.github.camundabackup.bucket;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.ObjectStoreException;
import io.github.camundabackup.error.ObjectStoreException.Reason;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.failure.FailureKind;
import io.github.camundabackup.internal.failure.Outages;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.runtime.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Asks an object store on threads of its own, each question within a limit, and again while the store is busy or
 * cannot be reached. Whatever goes wrong is an error of this library. Thread-safe.
 */
final class StoreCalls {
    /** In real time, as a question's thread is. An interrupted thread is free for other questions. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final ObjectStore store;
    private final TimeSource time;
    private final Threads threads;

    StoreCalls(ObjectStore store, ClientResources resources) {
        this.store = store;
        time = resources.time();
        threads = resources.shared(Threads.class, shared -> new Threads());
    }

    /** Those of all clients that share resources. There are none while nothing is asked. */
    static final class Threads implements AutoCloseable {
        private static final int MOST = 16;

        private final ThreadPoolExecutor executor;

        Threads() {
            AtomicInteger number = new AtomicInteger();
            executor = new ThreadPoolExecutor(MOST, MOST, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                Thread thread = new Thread(task, "camunda-backup-bucket-" + number.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });
            executor.allowCoreThreadTimeOut(true);
        }

        @Override
        public void close() {
            executor.shutdownNow();
        }
    }

    CompletableFuture<ObjectPage> list(String prefix, Optional<String> page) {
        return ask("Listing " + named(prefix), LIMIT, () -> store.list(prefix, page));
    }

    CompletableFuture<ObjectPage> listFolder(String folder, Optional<String> page) {
        return ask("Listing " + named(folder), LIMIT, () -> store.listFolder(folder, page));
    }

    CompletableFuture<Optional<StoredObject>> head(String key) {
        return ask("Looking for " + named(key), LIMIT, () -> store.head(key));
    }

    /**
     * @return fails with {@link Reason#OTHER} if there are more bytes than that
     */
    CompletableFuture<byte[]> get(String key, int most) {
        return ask("Reading " + named(key), LIMIT, () -> {
            try (InputStream content = store.open(key)) {
                byte[] bytes = content.readNBytes(most + 1);
                if (bytes.length > most) {
                    throw new ObjectStoreException(
                            Reason.OTHER, named(key) + " is larger than " + most + " bytes, and was not read.", null);
                }
                return bytes;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Does a part of the reading of an object. */
    <T> CompletableFuture<T> piece(String key, Supplier<T> reading) {
        return ask("Reading " + named(key), LIMIT, reading);
    }

    /** On the thread of a question. */
    InputStream open(String key) {
        return store.open(key);
    }

    private String named(String key) {
        return (key.isEmpty() ? "" : key + " in ") + "the " + store.description();
    }

    private <T> CompletableFuture<T> ask(String what, Duration limit, Supplier<T> question) {
        return Outages.outlast(
                time,
                Outages.LONGEST,
                () -> once(what, limit, question),
                failure -> FailureKind.of(failure) == FailureKind.TRANSIENT,
                Outages.Watcher.NONE);
    }

    private <T> CompletableFuture<T> once(String what, Duration limit, Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        TimeSource.Activity begun = time.activity();
        AtomicBoolean ended = new AtomicBoolean();
        // Ended by the question's thread, or instead of it where it is not waited for any more.
        TimeSource.Activity activity = () -> {
            if (ended.compareAndSet(false, true)) {
                begun.close();
            }
        };
        try {
            Future<?> task = threads.executor.submit(() -> {
                try (activity) {
                    try {
                        answer.complete(Objects.requireNonNull(question.get(), "the store answered null"));
                    } catch (Throwable failure) {
                        answer.completeExceptionally(failure);
                    }
                }
            });
            answer.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).whenComplete((done, error) -> {
                if (error != null && task.cancel(true)) {
                    activity.close();
                }
            });
        } catch (RejectedExecutionException closed) {
            activity.close();
            return CompletableFuture.failedFuture(
                    new CamundaBackupException(what + " failed: the client resources are closed.", closed));
        }
        return Futures.recover(answer, failure -> CompletableFuture.failedFuture(known(what, limit, failure)));
    }

    private static Throwable known(String what, Duration limit, Throwable failure) {
        if (failure instanceof CamundaBackupException) {
            return failure;
        }
        if (failure instanceof TimeoutException) {
            return new ObjectStoreException(
                    Reason.UNREACHABLE, what + " did not end within " + limit.toSeconds() + " s.", failure);
        }
        Throwable cause =
                failure instanceof UncheckedIOException && failure.getCause() != null ? failure.getCause() : failure;
        // A stream can say so as an IOException only.
        if (cause.getCause() instanceof ObjectStoreException said) {
            return said;
        }
        return new ObjectStoreException(
                cause instanceof IOException ? Reason.UNREACHABLE : Reason.OTHER, what + " failed: " + cause, cause);
    }
}
