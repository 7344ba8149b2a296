/** Pieces of sentences that several packages write. */
@NullMarked
package io.github.camundabackup.internal.text;

import org.jspecify.annotations.NullMarked;
