/** Ends what a run began that cannot end it itself any more. */
@NullMarked
package io.github.camundabackup.recovery.engine;

import org.jspecify.annotations.NullMarked;
