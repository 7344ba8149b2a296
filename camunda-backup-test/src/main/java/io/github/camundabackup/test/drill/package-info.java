/** Restore drills from JUnit: restoring the latest backup, asserting on it, and saying how long that took. */
@NullMarked
package io.github.camundabackup.test.drill;

import org.jspecify.annotations.NullMarked;
