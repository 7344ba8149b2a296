/**
 * Checks of what callers set, before anything is sent. Not API. Depends on nothing.
 */
@NullMarked
package io.github.camundabackup.internal.input;

import org.jspecify.annotations.NullMarked;
