/** The {@link io.github.camundabackup.snapshot.SnapshotStore} SPI and its values. */
@NullMarked
package io.github.camundabackup.snapshot;

import org.jspecify.annotations.NullMarked;
