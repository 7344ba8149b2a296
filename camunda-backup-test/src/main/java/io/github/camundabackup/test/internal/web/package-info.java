/**
 * The HTTP of the simulation: servers, faults in the way of requests, and the record of requests. Not API.
 *
 * <p>A {@code WebServer} is one port on loopback, which can be closed and opened again. An {@code Application} answers
 * its requests; an answer may be late without a thread that waits for it. A {@code FaultInjector} stands between the
 * two: it records each request in the {@code Journal}, looks into the {@code FaultPlan} whether a fault is due, and if
 * so answers with it, breaks the connection, or keeps silent, before or after the request has had its effect.
 *
 * <p>Faults are used up in the order in which they were planned, so that a test can be repeated exactly.
 *
 * <p>{@code Json} writes and reads plain maps and lists: the simulation does not share the library's reader, which it
 * tests.
 *
 * <p>Thread-safe.
 */
@NullMarked
package io.github.camundabackup.test.internal.web;

import org.jspecify.annotations.NullMarked;
