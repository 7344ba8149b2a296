/** Finds out what a restore plan needs, and makes it. */
@NullMarked
package io.github.camundabackup.restore.plan.rules;

import org.jspecify.annotations.NullMarked;
