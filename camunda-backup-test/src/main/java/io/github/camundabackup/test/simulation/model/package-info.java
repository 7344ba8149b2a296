/** The values of the simulation: its servers, the faults that it can show, and the requests that it recorded. */
@NullMarked
package io.github.camundabackup.test.simulation.model;

import org.jspecify.annotations.NullMarked;
