/** Restoring backups: plans, their execution, and the stopping and starting of components around it. */
@NullMarked
package io.github.camundabackup.restore;

import org.jspecify.annotations.NullMarked;
