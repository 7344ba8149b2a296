/** What a restore will do, as data, and what forbids it. */
@NullMarked
package io.github.camundabackup.restore.plan;

import org.jspecify.annotations.NullMarked;
