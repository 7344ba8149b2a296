/**
 * AssertJ assertions on the reports of this library.
 *
 * <p>Begin with {@link io.github.camundabackup.test.assertion.BackupAssertions#assertThat}. It takes a report of the
 * consistency check, and the assertions say what a backup must be: consistent, restorable, with or without a finding of
 * a certain code, with records that are proven to be complete.
 *
 * <p>A failed assertion shows the whole report, since a verdict alone does not say what to do: each finding has the
 * evidence that was seen and an advice.
 *
 * <p>The assertions are meant for tests of a project's own backups, beside the restore drills of the package
 * {@code drill}, and are used in the tests of this library too.
 *
 * <p>Depends on AssertJ, which a project brings along.
 */
@NullMarked
package io.github.camundabackup.test.assertion;

import org.jspecify.annotations.NullMarked;
