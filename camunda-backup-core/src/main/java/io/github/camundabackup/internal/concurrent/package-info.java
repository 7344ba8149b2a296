/**
 * Asynchronous building blocks: futures, polling, cancellation. Not API.
 *
 * <p>{@code Polling} asks until there is an answer, or until a deadline. The pause before the next question grows with
 * the time that was waited, so that polling adds about 2 % to any wait, and few requests to a long one (docs/adr/0005).
 * {@code CloseWatch} has the paces of what is waited for together: only the one that ends last is asked often.
 *
 * <p>{@code CancellationSignal} is the order to stop a run, with its reason: it ends what the run waits for, and lets
 * nothing new begin. {@code CoalescingRunner} runs the same work one round at a time, and joins the requests that
 * arrive meanwhile. {@code ShutdownHook} ends a run when the process is asked to end, so that neither a pause of
 * exporting nor a lock is left behind.
 *
 * <p>{@code Futures} has the functions that {@code CompletableFuture} lacks.
 *
 * <p>No thread is kept while a run waits: every delay is one of the {@code TimeSource}.
 */
@NullMarked
package io.github.camundabackup.internal.concurrent;

import org.jspecify.annotations.NullMarked;
