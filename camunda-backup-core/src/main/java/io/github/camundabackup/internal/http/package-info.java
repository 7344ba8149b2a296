/**
 * Not API. One HTTP layer for every endpoint: authentication, bounded bodies, retries where repeating is safe, honest
 * errors.
 */
@NullMarked
package io.github.camundabackup.internal.http;

import org.jspecify.annotations.NullMarked;
