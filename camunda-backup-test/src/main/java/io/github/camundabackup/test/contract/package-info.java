/**
 * The contracts of this library's ports, as abstract JUnit test classes.
 *
 * <p>{@link io.github.camundabackup.test.contract.SnapshotStoreContract} tests a {@code SnapshotStore},
 * {@link io.github.camundabackup.test.contract.ObjectStoreContract} an {@code ObjectStore}, and
 * {@link io.github.camundabackup.test.contract.BackupJournalContract} a {@code BackupJournal}. Extend the class in the
 * tests of an implementation, give it the store or the journal, and its tests are run.
 *
 * <p>A {@link io.github.camundabackup.test.contract.SnapshotStoreFixture} is the surroundings of one test: an engine,
 * its repositories, and the changes that an application would make; an
 * {@link io.github.camundabackup.test.contract.ObjectStoreFixture} is a bucket that is written to. Run the contract against the real engine, best in
 * all versions that are supported, since a simulation repeats the mistakes of its author.
 *
 * <p>The tests state what the Javadoc of the ports demands, as far as it can be tested from outside: lost answers and
 * refused credentials are not among it, so test these separately. This library's own stores and journals pass the same
 * contracts.
 *
 * <p>Waits have bounds that only a store reaches that hangs.
 */
@NullMarked
package io.github.camundabackup.test.contract;

import org.jspecify.annotations.NullMarked;
