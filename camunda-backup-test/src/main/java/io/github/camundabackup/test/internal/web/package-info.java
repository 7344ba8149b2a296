/** Not API. HTTP of the simulation: servers, faults in the way of requests, and the journal. */
@NullMarked
package io.github.camundabackup.test.internal.web;

import org.jspecify.annotations.NullMarked;
