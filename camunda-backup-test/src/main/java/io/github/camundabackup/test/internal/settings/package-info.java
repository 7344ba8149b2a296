/**
 * The variables by which users name their cluster: for drills and for the acceptance kit. Not API.
 *
 * <p>{@code Settings} reads them, from wherever its owner looks them up: the environment, or JUnit's configuration
 * parameters first. It knows how an endpoint is put together from its URL, its credentials and the certificates; which
 * variables there are, and what else they mean, its owners know.
 *
 * <p>Each complaint is an {@code IllegalArgumentException} of one line that names the variable and says what would be
 * right. A URL is never repeated, since it may hold a password.
 *
 * <p>Thread-safe.
 */
@NullMarked
package io.github.camundabackup.test.internal.settings;

import org.jspecify.annotations.NullMarked;
