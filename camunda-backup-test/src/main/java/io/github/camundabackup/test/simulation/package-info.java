/**
 * A simulated Camunda cluster on loopback: the management endpoints of Camunda 8.5 to 8.9 and the snapshot API of
 * Elasticsearch or OpenSearch, with everything that can go wrong with them.
 */
@NullMarked
package io.github.camundabackup.test.simulation;

import org.jspecify.annotations.NullMarked;
