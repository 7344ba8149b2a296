@NullMarked
package io.github.camundabackup.restore;

import org.jspecify.annotations.NullMarked;
