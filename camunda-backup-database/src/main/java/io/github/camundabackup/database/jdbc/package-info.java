/**
 * Dumps and restores the relational database that Camunda exports to:
 * {@link io.github.camundabackup.database.jdbc.JdbcDatabaseStore}.
 *
 * <p>What must be read is read with JDBC, by a driver that the user brings; the dump is made by the vendor's own tool, or
 * by a command of the user's. A dump is a directory: {@code run.json} says who makes it, {@code dump.…} has what the tool
 * wrote, and {@code manifest.json} is written last, to a file that is forced to the disk and then renamed. A directory
 * without a manifest is unfinished. It is removed by a later run once whoever made it has ended: that process is known by
 * its number, the machine's start and its own ({@link io.github.camundabackup.journal.ProcessIdentity}); of one that
 * cannot be seen from here it is believed when it has not been heard of for an hour. A tool that has outlived its process
 * is ended first.
 */
@NullMarked
package io.github.camundabackup.database.jdbc;

import org.jspecify.annotations.NullMarked;
