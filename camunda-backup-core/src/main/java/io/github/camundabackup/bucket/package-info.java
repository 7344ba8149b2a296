/**
 * Zeebe's part of a backup, read from the object store that Zeebe writes it to.
 *
 * <p>An {@link io.github.camundabackup.bucket.ObjectStore} reads from a place in a store: a directory
 * ({@link io.github.camundabackup.bucket.FilesystemObjectStore}), or a bucket, with one of the optional modules.
 * {@link io.github.camundabackup.bucket.ZeebeBackups} finds the backups in it, whatever version of Zeebe wrote them.
 *
 * <p>A <em>copy</em> is what one broker wrote of one partition for one checkpoint: a manifest, and the files that it
 * names. After a change of leader a partition has several copies. A partition is complete if one of its copies is, and
 * a backup if all partitions are, 1 to the number that the manifests name.
 *
 * <p>The reading goes through the contents of a partition in the order of their keys, closes each copy when its last
 * file was seen, and then reads its manifest and compares. So only the summary of a copy stays in memory, and each
 * object is listed once. Manifests hold neither sizes nor checksums: that every named file is there and not empty is
 * all that a listing can show; {@link io.github.camundabackup.bucket.ZeebeBackups#readThrough} reads the files
 * themselves.
 */
@NullMarked
package io.github.camundabackup.bucket;

import org.jspecify.annotations.NullMarked;
