/** Not API. The REST implementation that the Elasticsearch and OpenSearch stores share. */
@NullMarked
package io.github.camundabackup.internal.searchengine;

import org.jspecify.annotations.NullMarked;
