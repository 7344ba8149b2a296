/**
 * A relational database as Camunda's secondary storage (8.9 and later): its dumps, and how far Zeebe had exported to it.
 *
 * <p>A {@link io.github.camundabackup.database.DatabaseStore} dumps one database to one place, and restores it from
 * there. The optional module {@code camunda-backup-database} has one for PostgreSQL, MariaDB, MySQL, and for others by
 * commands.
 *
 * <p>A <em>position</em> is what the table {@code EXPORTER_POSITION} says of a partition: the last record of Zeebe's log
 * that was exported to the database. When a cluster is restored, Zeebe's backups must reach back to the positions in the
 * restored database, so a dump is worth what is known of them: {@linkplain
 * io.github.camundabackup.database.DumpPositions.Exact exactly}, where they were read in the dump's own transaction, or
 * {@linkplain io.github.camundabackup.database.DumpPositions.Bounds bounds}, where they were read before and after it.
 *
 * <p>A dump has a manifest, which is written last. A {@link io.github.camundabackup.database.DatabaseDump} without one
 * is unfinished, whatever else is there.
 */
@NullMarked
package io.github.camundabackup.database;

import org.jspecify.annotations.NullMarked;
