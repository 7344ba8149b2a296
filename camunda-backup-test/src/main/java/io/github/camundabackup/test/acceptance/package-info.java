/**
 * An acceptance kit: asks a cluster of the user's what this library asks, and compares each answer with that of the
 * simulated cluster of the same line.
 *
 * <p>{@link io.github.camundabackup.test.acceptance.AcceptanceContract} runs it from JUnit, and {@link
 * io.github.camundabackup.test.acceptance.AcceptanceKit} from any program. Without an explicit yes it only reads. With
 * one it also takes a backup, tries what Camunda documents as refused, and deletes what it made, and nothing else.
 *
 * <p>What comes out is an {@link io.github.camundabackup.test.acceptance.AcceptanceReport}, and a bundle of files that
 * can be attached to an issue: every answer without hosts, secrets and names of the user's, and what is the same and
 * what is not.
 */
@NullMarked
package io.github.camundabackup.test.acceptance;

import org.jspecify.annotations.NullMarked;
