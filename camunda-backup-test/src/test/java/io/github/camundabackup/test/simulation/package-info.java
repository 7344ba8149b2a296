@NullMarked
package io.github.camundabackup.test.simulation;

import org.jspecify.annotations.NullMarked;
