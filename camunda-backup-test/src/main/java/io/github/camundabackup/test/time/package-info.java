/**
 * A virtual time for tests: delays take no time, and the order of events is that of real time.
 *
 * <p>{@link io.github.camundabackup.test.time.VirtualTime} is a {@code TimeSource}. It stands still while anything is
 * under way, such as a request or a task of the client's threads, and jumps to the end of the next delay as soon as
 * nothing is. So a test of a backup that takes 40 minutes takes milliseconds, and no test sleeps.
 *
 * <p>Give the same instance to the client's resources and to the simulated cluster, whose components compute their
 * answers from the time that has passed.
 *
 * <p>What is under way is counted by activities ({@code TimeSource.Activity}). Real servers know nothing of these, so
 * tests with them need the real time.
 */
@NullMarked
package io.github.camundabackup.test.time;

import org.jspecify.annotations.NullMarked;
