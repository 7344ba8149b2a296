/** Tests of the acceptance kit, against simulated clusters of every line. */
@NullMarked
package io.github.camundabackup.test.acceptance;

import org.jspecify.annotations.NullMarked;
