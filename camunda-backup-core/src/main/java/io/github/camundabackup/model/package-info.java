/** The field's vocabulary as values: backup ids, components, states, snapshot names. Depends on nothing. */
@NullMarked
package io.github.camundabackup.model;

import org.jspecify.annotations.NullMarked;
