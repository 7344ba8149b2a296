/** Tests on fake tools, and, with the profile {@code database}, on real servers. */
@NullMarked
package io.github.camundabackup.database.jdbc;

import org.jspecify.annotations.NullMarked;
