package io.github.camundabackup.internal.foreign;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.WaitTimedOutException;
import io.github.camundabackup.internal.concurrent.EndingFuture;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.runtime.TimeSource;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Calls foreign code on a few threads of its own, of which there are none while nothing is called. Thread-safe.
 *
 * <p>A call that hangs keeps its thread, and another one is added for those that wait. Once {@value #MOST_THREADS}
 * hang, further calls end by their limit of time.
 */
public final class ForeignCalls implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int MOST_THREADS = 256;
    private static final int SWEEP_SECONDS = 10;
    /**
     * What takes so long hangs, and another thread takes its place if something waits. In real time, as threads are.
     */
    private static final Duration SUSPICIOUS = Duration.ofSeconds(1);

    private final TimeSource time;
    private final TimeSource real;
    private final Duration sweep;
    private final Set<Pending<?>> pending = ConcurrentHashMap.newKeySet();
    private final Set<Work> running = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private final ThreadPoolExecutor threads;

    private ForeignCalls(ClientResources resources) {
        this(resources, Duration.ofSeconds(SWEEP_SECONDS));
    }

    /**
     * @param sweep how often the limits of requests are looked at
     */
    ForeignCalls(ClientResources resources, Duration sweep) {
        time = resources.time();
        this.sweep = sweep;
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                MOST_THREADS, MOST_THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "camunda-backup-foreign-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.setCorePoolSize(THREADS);
        threads.allowCoreThreadTimeOut(true);
        real = TimeSource.system(threads);
    }

    /** Those of all clients that share these resources. */
    public static ForeignCalls of(ClientResources resources) {
        return resources.shared(ForeignCalls.class, ForeignCalls::new);
    }

    /**
     * Runs something that may call foreign code.
     *
     * @throws RejectedExecutionException if this is closed
     */
    public void execute(Runnable task) {
        Work work = new Work(task, time.activity());
        try {
            threads.execute(() -> run(work));
        } catch (RuntimeException rejected) {
            work.activity.close();
            throw rejected;
        }
        if (!work.begun && !threads.getQueue().isEmpty()) {
            addThreadsIfItWaitsForOthersThatHang(work);
        }
    }

    /** A task, and since when it is under way. Its identity counts. */
    private static final class Work {
        private final Runnable task;
        private final TimeSource.Activity activity;
        private volatile boolean begun;
        private volatile long begunAt;

        Work(Runnable task, TimeSource.Activity activity) {
            this.task = task;
            this.activity = activity;
        }
    }

    private void run(Work work) {
        work.begunAt = real.nanoTime();
        work.begun = true;
        running.add(work);
        try (work.activity) {
            work.task.run();
        } finally {
            running.remove(work);
        }
    }

    private void addThreadsIfItWaitsForOthersThatHang(Work work) {
        CompletableFuture.delayedExecutor(SUSPICIOUS.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    if (work.begun || threads.isShutdown()) {
                        return;
                    }
                    long now = real.nanoTime();
                    long hanging = running.stream()
                            .filter(other -> now - other.begunAt >= SUSPICIOUS.toNanos())
                            .count();
                    synchronized (threads) {
                        int wanted = (int) Math.min(THREADS + hanging, MOST_THREADS);
                        if (wanted > threads.getCorePoolSize()) {
                            threads.setCorePoolSize(wanted);
                        }
                    }
                    addThreadsIfItWaitsForOthersThatHang(work);
                });
    }

    /**
     * Asks for something.
     *
     * @param what the question, as the beginning of a sentence about its failure
     * @param limit how long it may take; whoever stops waiting for the result cancels the foreign future, too
     * @param call gives a future, which must not be null and must not complete with null
     * @return fails with a {@link CamundaBackupException} only
     */
    public <T> CompletableFuture<T> ask(String what, Duration limit, Supplier<CompletableFuture<T>> call) {
        CompletableFuture<CompletableFuture<T>> begun = new CompletableFuture<>();
        CompletableFuture<T> result = Futures.within(time, limit, begin(what, begun, call), () -> late(what, limit));
        cancelForeignIfUnwanted(result, begun);
        return result;
    }

    /**
     * As {@link #ask}, with a limit in real time, as requests have it: for what sends some. It is looked at every
     * {@value #SWEEP_SECONDS} s only, so that the many calls that are answered at once cost no timer.
     */
    public <T> CompletableFuture<T> send(String what, Duration limit, Supplier<CompletableFuture<T>> call) {
        return sendWhileHeardOf(what, limit, sign -> call.get());
    }

    /**
     * As {@link #send}, for what takes its time, but is heard of meanwhile: the limit begins anew with each sign.
     *
     * @param call gets what to call when something was heard of it; cheap
     */
    public <T> CompletableFuture<T> sendWhileHeardOf(
            String what, Duration limit, Function<Runnable, CompletableFuture<T>> call) {
        AtomicLong heardAt = new AtomicLong(real.nanoTime());
        CompletableFuture<CompletableFuture<T>> begun = new CompletableFuture<>();
        CompletableFuture<T> result = begin(what, begun, () -> call.apply(() -> heardAt.set(real.nanoTime())));
        if (!result.isDone()) {
            Pending<T> entry = new Pending<>(result, heardAt, what, limit);
            pending.add(entry);
            result.whenComplete((value, error) -> pending.remove(entry));
            sweepLater();
        }
        cancelForeignIfUnwanted(result, begun);
        return result;
    }

    /** A call that is under way. Its identity counts. */
    private static final class Pending<T> {
        private final CompletableFuture<T> result;
        private final AtomicLong heardAt;
        private final String what;
        private final Duration limit;

        Pending(CompletableFuture<T> result, AtomicLong heardAt, String what, Duration limit) {
            this.result = result;
            this.heardAt = heardAt;
            this.what = what;
            this.limit = limit;
        }
    }

    private void sweepLater() {
        if (sweeping.compareAndSet(false, true)) {
            CompletableFuture.delayedExecutor(sweep.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(this::sweep);
        }
    }

    private void sweep() {
        long now = real.nanoTime();
        for (Pending<?> call : pending) {
            if (now - call.heardAt.get() >= call.limit.toNanos()) {
                call.result.completeExceptionally(late(call.what, call.limit));
            }
        }
        sweeping.set(false);
        if (!pending.isEmpty()) {
            sweepLater();
        }
    }

    private <T> CompletableFuture<T> begin(
            String what, CompletableFuture<CompletableFuture<T>> begun, Supplier<CompletableFuture<T>> call) {
        return async(() -> {
                    CompletableFuture<T> work = Objects.requireNonNull(call.get(), "it returned null");
                    begun.complete(work);
                    return work;
                })
                .handle((value, error) -> {
                    if (error != null) {
                        throw named(what, Futures.unwrap(error));
                    }
                    if (value == null) {
                        throw named(what, new NullPointerException("it answered null"));
                    }
                    return value;
                });
    }

    private <T> void cancelForeignIfUnwanted(
            CompletableFuture<T> result, CompletableFuture<CompletableFuture<T>> begun) {
        result.whenComplete((value, error) -> {
            if (error != null) {
                begun.thenAccept(this::cancel);
            }
        });
    }

    /** On a thread of its own: cancelling may run foreign code, too. */
    private void cancel(CompletableFuture<?> work) {
        async(() -> CompletableFuture.completedFuture(work.cancel(false)));
    }

    /**
     * Has something done that may take any time, such as an operator's work.
     *
     * @param what it, as the beginning of a sentence about its failure
     * @param patience how long it may take to end once it is not wanted any more
     * @param call gives a future, which must not be null
     * @return cancelling it cancels the foreign future, and is waited for: it is not done before the foreign future is,
     *     or before the patience is over. Otherwise fails with a {@link CamundaBackupException} only
     */
    public CompletableFuture<Void> operate(String what, Duration patience, Supplier<CompletableFuture<Void>> call) {
        EndingFuture<Void> step = new EndingFuture<>();
        CompletableFuture<CompletableFuture<Void>> begun = new CompletableFuture<>();
        async(() -> {
                    if (step.givenUp().isDone()) {
                        return CompletableFuture.failedFuture(new CancellationException());
                    }
                    CompletableFuture<Void> work = Objects.requireNonNull(call.get(), "it returned null");
                    begun.complete(work);
                    return work;
                })
                .whenComplete((done, error) -> {
                    if (error == null) {
                        step.complete(null);
                    } else if (step.givenUp().isDone() && Futures.unwrap(error) instanceof CancellationException) {
                        step.completeExceptionally(new CancellationException());
                    } else {
                        step.completeExceptionally(named(what, Futures.unwrap(error)));
                    }
                });
        step.givenUp().thenRun(() -> {
            begun.thenAccept(this::cancel);
            CompletableFuture<Void> over = time.delay(patience);
            step.whenComplete((done, error) -> over.cancel(false));
            // Also if there is no thread for a delay any more.
            over.whenComplete((passed, none) -> step.completeExceptionally(new CancellationException()));
        });
        return step;
    }

    private static WaitTimedOutException late(String what, Duration limit) {
        return new WaitTimedOutException(what, limit, "What it does meanwhile is not known.");
    }

    /** Calls something, without a limit. Never throws. */
    public <T> CompletableFuture<T> async(Supplier<CompletableFuture<T>> work) {
        try {
            return CompletableFuture.supplyAsync(work, this::execute).thenCompose(begun -> begun);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new CamundaBackupException(
                    "There is no thread to call the embedding application's code: the client resources are closed.",
                    e));
        }
    }

    private static CamundaBackupException named(String what, Throwable cause) {
        return cause instanceof CamundaBackupException known
                ? known
                : new CamundaBackupException(what + " failed: " + cause, cause);
    }

    /** Ends the threads that are idle. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
