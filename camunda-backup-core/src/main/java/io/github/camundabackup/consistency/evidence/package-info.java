/** What is known of a backup before any rule judges it, and where it comes from. */
@NullMarked
package io.github.camundabackup.consistency.evidence;

import org.jspecify.annotations.NullMarked;
