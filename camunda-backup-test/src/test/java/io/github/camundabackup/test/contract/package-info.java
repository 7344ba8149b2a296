/** The contract of snapshot stores, run on a store as an outsider would write it. */
@NullMarked
package io.github.camundabackup.test.contract;

import org.jspecify.annotations.NullMarked;
