/** One pause of exporting in one run, from the request to the confirmed end. */
@NullMarked
package io.github.camundabackup.exporting.pause;

import org.jspecify.annotations.NullMarked;
