/**
 * The values of the simulated cluster: servers, faults, requests and invariants.
 *
 * <p>A {@link io.github.camundabackup.test.simulation.model.Fault} is what goes wrong with one request: an error
 * status, a lost answer, a broken connection, silence. A
 * {@link io.github.camundabackup.test.simulation.model.RequestMatcher} selects the requests that it is for. A
 * {@link io.github.camundabackup.test.simulation.model.BackupFate}, an
 * {@link io.github.camundabackup.test.simulation.model.ObjectStoreState} and a
 * {@link io.github.camundabackup.test.simulation.model.SnapshotDamage} are faults of the components themselves.
 *
 * <p>A {@link io.github.camundabackup.test.simulation.model.RecordedRequest} is a request that was received. An
 * {@link io.github.camundabackup.test.simulation.model.Invariant} must hold for every backup whatever goes wrong, such
 * as that exporting is resumed in the end; a violation names the moment.
 *
 * <p>All values are immutable.
 */
@NullMarked
package io.github.camundabackup.test.simulation.model;

import org.jspecify.annotations.NullMarked;
