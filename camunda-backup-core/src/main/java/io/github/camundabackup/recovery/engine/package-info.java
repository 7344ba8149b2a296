/**
 * Recovers runs whose process is dead. Not exported.
 *
 * <p>{@code Recovery} reads the journals. If there is an unfinished run, it watches the journal for the length of that
 * run's lease. A run that writes meanwhile lives, and is left alone; of one that does not, the lock is taken over.
 *
 * <p>Then the run is either continued or abandoned. {@code InterruptedStepProbe} asks the participants what became of
 * their parts, and {@code Continuation} judges: every component that was asked must have its part, complete or in
 * progress, in the order of the plan, and the pause must have been held all the time. Any doubt forbids it.
 *
 * <p>To abandon a run, exporting is resumed first, which needs nothing but Zeebe's gateway, and the run is then marked
 * as abandoned in the journal. If exporting cannot be resumed, the run stays unfinished, and the next recovery tries
 * again.
 */
@NullMarked
package io.github.camundabackup.recovery.engine;

import org.jspecify.annotations.NullMarked;
