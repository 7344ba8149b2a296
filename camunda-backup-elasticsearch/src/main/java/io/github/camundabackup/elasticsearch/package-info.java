/** The snapshot store for Elasticsearch. */
@NullMarked
package io.github.camundabackup.elasticsearch;

import org.jspecify.annotations.NullMarked;
