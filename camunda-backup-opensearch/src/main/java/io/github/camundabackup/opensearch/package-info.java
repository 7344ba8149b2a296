/** The snapshot store for OpenSearch. */
@NullMarked
package io.github.camundabackup.opensearch;

import org.jspecify.annotations.NullMarked;
