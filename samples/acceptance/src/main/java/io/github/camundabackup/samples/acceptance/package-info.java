/** The acceptance kit from the command line. */
@NullMarked
package io.github.camundabackup.samples.acceptance;

import org.jspecify.annotations.NullMarked;
