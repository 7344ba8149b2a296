/**
 * Saying whether a backup can be trusted: the evidence that can be had of it, rules over that evidence, and the report.
 */
@NullMarked
package io.github.camundabackup.consistency;

import org.jspecify.annotations.NullMarked;
