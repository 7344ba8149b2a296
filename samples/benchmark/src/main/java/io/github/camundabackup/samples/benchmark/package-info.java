/**
 * How long a backup takes and how long it pauses exporting, beside the documented procedure and what is possible at
 * best.
 */
@NullMarked
package io.github.camundabackup.samples.benchmark;
import org.jspecify.annotations.NullMarked;
