/** Which search engine tests run on, and real ones as child processes. */
@NullMarked
package io.github.camundabackup.test.engine;

import org.jspecify.annotations.NullMarked;
