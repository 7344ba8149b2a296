/** Reads Zeebe's backups from Azure Blob Storage: {@link io.github.camundabackup.azure.AzureObjectStore}. */
@NullMarked
package io.github.camundabackup.azure;

import org.jspecify.annotations.NullMarked;
