/** Which of a cluster's processes run. */
@NullMarked
package io.github.camundabackup.internal.presence;

import org.jspecify.annotations.NullMarked;
