/** Time that passes when nothing is under way. */
@NullMarked
package io.github.camundabackup.test.time;

import org.jspecify.annotations.NullMarked;
