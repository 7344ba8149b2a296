/** The lock of a cluster: what a run writes into the journals, and who holds it. */
@NullMarked
package io.github.camundabackup.internal.lock;

import org.jspecify.annotations.NullMarked;
