/** What clients run on and may share: threads and time. */
@NullMarked
package io.github.camundabackup.runtime;

import org.jspecify.annotations.NullMarked;
