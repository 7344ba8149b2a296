/** Not API. The only place that knows Jackson. */
@NullMarked
package io.github.camundabackup.internal.json;

import org.jspecify.annotations.NullMarked;
