/** A restore drill from the command line. */
@NullMarked
package io.github.camundabackup.samples.restoredrill;
import org.jspecify.annotations.NullMarked;
