/** Not API. The state machines of the simulated Camunda components, and their management endpoints. */
@NullMarked
package io.github.camundabackup.test.internal.camunda;

import org.jspecify.annotations.NullMarked;
