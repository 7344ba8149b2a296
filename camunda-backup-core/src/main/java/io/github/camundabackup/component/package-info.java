/** Typed clients of Camunda's management endpoints, one per component, each usable alone. */
@NullMarked
package io.github.camundabackup.component;

import org.jspecify.annotations.NullMarked;
