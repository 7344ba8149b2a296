/** Where a run writes down what it is about to do, and by which it keeps others away. */
@NullMarked
package io.github.camundabackup.journal;

import org.jspecify.annotations.NullMarked;
