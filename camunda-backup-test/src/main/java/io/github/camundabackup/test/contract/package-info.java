/** What every snapshot store must do, as tests. */
@NullMarked
package io.github.camundabackup.test.contract;

import org.jspecify.annotations.NullMarked;
