/** Not API. Futures, polling and deadlines. */
@NullMarked
package io.github.camundabackup.internal.concurrent;

import org.jspecify.annotations.NullMarked;
