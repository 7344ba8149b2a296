/** Tests that the stores for Elasticsearch and OpenSearch share: each runs them on what its own engine has answered. */
@NullMarked
package io.github.camundabackup.test.searchengine;

import org.jspecify.annotations.NullMarked;
