/** Takes backups: the preflight, the run of a plan, and the pause around it. */
@NullMarked
package io.github.camundabackup.backup.engine;

import org.jspecify.annotations.NullMarked;
