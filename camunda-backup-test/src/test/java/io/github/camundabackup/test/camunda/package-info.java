/** A real Camunda with everything that it needs, as child processes, and the tests of whole backups of it. */
@NullMarked
package io.github.camundabackup.test.camunda;

import org.jspecify.annotations.NullMarked;
