/**
 * Commands that are run for a user. Not API.
 *
 * <p>A {@code Command} is run once; its output is bounded, and goes to a file. Once it is not wanted any more, it is
 * ended with all that it has started ({@code ProcessTree}): asked to, and killed after 10 s.
 */
@NullMarked
package io.github.camundabackup.internal.process;

import org.jspecify.annotations.NullMarked;
