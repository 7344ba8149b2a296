/** The engine's limits to the speed of restores, raised for the time of one and put back: by whoever comes next. */
@NullMarked
package io.github.camundabackup.internal.throttles;

import org.jspecify.annotations.NullMarked;
