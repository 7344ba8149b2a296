/** Who stops, restores and starts the components around a restore. */
@NullMarked
package io.github.camundabackup.restore.control;

import org.jspecify.annotations.NullMarked;
