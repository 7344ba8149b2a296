/** Reads Zeebe's backups from Google Cloud Storage: {@link io.github.camundabackup.gcs.GcsObjectStore}. */
@NullMarked
package io.github.camundabackup.gcs;

import org.jspecify.annotations.NullMarked;
