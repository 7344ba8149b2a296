/**
 * Consistent hot backups of Camunda 8 Self-Managed. {@link io.github.camundabackup.CamundaBackupClient} is where to
 * begin; it is the only place that wires the other packages together.
 */
@NullMarked
package io.github.camundabackup;

import org.jspecify.annotations.NullMarked;
