/** The main job from the command line: one backup, with progress and a report. */
@NullMarked
package io.github.camundabackup.samples.quickstart;
import org.jspecify.annotations.NullMarked;
