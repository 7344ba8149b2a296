/** Not API. The simulated search engine: indices, repositories and snapshots, and the REST API on them. */
@NullMarked
package io.github.camundabackup.test.internal.searchengine;

import org.jspecify.annotations.NullMarked;
