/**
 * The resources that clients run on and may share: threads and time.
 *
 * <p>{@link io.github.camundabackup.runtime.ClientResources} owns a few threads and what clients share, such as
 * connection pools. One instance serves any number of clients; nothing in this library keeps a thread while a backup
 * runs.
 *
 * <p>{@link io.github.camundabackup.runtime.TimeSource} is the wall clock, a monotonic clock, and delays. Whatever a
 * run waits for between its requests is such a delay, and clocks are read nowhere else. So tests give a virtual time
 * that jumps over delays, and a backup of 40 minutes takes milliseconds.
 *
 * <p>{@link io.github.camundabackup.runtime.Pace} says how often something is asked that takes long.
 *
 * <p>Use the wall clock for ids and reports, as it may jump, and the monotonic clock for deadlines and durations.
 *
 * <p>Depends on nothing but SLF4J.
 */
@NullMarked
package io.github.camundabackup.runtime;

import org.jspecify.annotations.NullMarked;
