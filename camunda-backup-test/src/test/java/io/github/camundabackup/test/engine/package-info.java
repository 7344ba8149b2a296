/** Real search engines as child processes. */
@NullMarked
package io.github.camundabackup.test.engine;

import org.jspecify.annotations.NullMarked;
