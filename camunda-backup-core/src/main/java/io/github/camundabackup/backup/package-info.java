/** Taking a backup: the plan as data, the one engine that runs it, what it reports. */
@NullMarked
package io.github.camundabackup.backup;

import org.jspecify.annotations.NullMarked;
