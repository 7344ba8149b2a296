/** What can go wrong, told apart: rejected, unreachable, timed out, answered with nonsense, failed. */
@NullMarked
package io.github.camundabackup.error;

import org.jspecify.annotations.NullMarked;
