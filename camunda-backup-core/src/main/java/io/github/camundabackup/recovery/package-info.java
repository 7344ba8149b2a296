/** What a recovery found and did after a run was interrupted. */
@NullMarked
package io.github.camundabackup.recovery;

import org.jspecify.annotations.NullMarked;
