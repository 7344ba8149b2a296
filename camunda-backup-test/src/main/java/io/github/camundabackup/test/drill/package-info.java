/**
 * Restore drills: JUnit tests that restore the latest backup, assert on it, and report how long that took.
 *
 * <p>{@link io.github.camundabackup.test.drill.RestoreDrill} is a JUnit extension. Before the tests of a class it
 * chooses the latest backup that can be restored, and restores it; the tests get a
 * {@link io.github.camundabackup.test.drill.RestoredBackup}; afterwards what was restored is deleted, and a
 * {@link io.github.camundabackup.test.drill.DrillReport} is written.
 *
 * <p>Nothing in use is touched. A drill restores into a scratch engine, another one than the engine in use, or, without
 * one, into the engine in use under scratch names ({@code DrillPlace}). It holds the lock of restores meanwhile.
 *
 * <p>Scratch indices that a killed drill has left are recognized by their names and their age, and deleted by a later
 * drill.
 *
 * <p>Only the part in the search engine is rehearsed; Zeebe's part is restored by its own application.
 */
@NullMarked
package io.github.camundabackup.test.drill;

import org.jspecify.annotations.NullMarked;
