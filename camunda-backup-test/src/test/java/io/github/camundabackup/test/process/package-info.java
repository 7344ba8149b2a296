/** Servers as child processes of a test. */
@NullMarked
package io.github.camundabackup.test.process;

import org.jspecify.annotations.NullMarked;
