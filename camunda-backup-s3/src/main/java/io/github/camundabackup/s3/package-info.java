/**
 * Reads Zeebe's backups from Amazon S3 and what speaks its protocol: {@link io.github.camundabackup.s3.S3ObjectStore}.
 */
@NullMarked
package io.github.camundabackup.s3;

import org.jspecify.annotations.NullMarked;
