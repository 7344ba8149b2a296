/** Whole backups of simulated clusters, run by the modules of both stores. */
@NullMarked
package io.github.camundabackup.test.runs;

import org.jspecify.annotations.NullMarked;
