/** What kinds of failures there are, for all that decides by them: clients, stores, journals and locks. */
@NullMarked
package io.github.camundabackup.internal.failure;

import org.jspecify.annotations.NullMarked;
