/**
 * Reports of backups, recoveries and restores, and the manifest inside a backup: what later versions must be able to
 * read.
 */
@NullMarked
package io.github.camundabackup.report;

import org.jspecify.annotations.NullMarked;
