@NullMarked
package io.github.camundabackup.test.time;

import org.jspecify.annotations.NullMarked;
