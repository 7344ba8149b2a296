/**
 * The Java code of README.md and docs. What stands between {@code // snippet} and {@code // end} appears there word for
 * word.
 */
@NullMarked
package io.github.camundabackup.samples.documentation;
import org.jspecify.annotations.NullMarked;
