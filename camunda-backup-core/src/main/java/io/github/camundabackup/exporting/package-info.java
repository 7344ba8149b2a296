/** Pauses and resumes exporting, and shows what the brokers say of it. */
@NullMarked
package io.github.camundabackup.exporting;

import org.jspecify.annotations.NullMarked;
