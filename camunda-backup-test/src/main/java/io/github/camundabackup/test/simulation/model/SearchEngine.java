package io.github.camundabackup.test.simulation.model;

/** The search engines, which differ in their snapshot API and in the quirks of the Camunda components that use them. */
public enum SearchEngine {
    /** As Elasticsearch 8.16.1 answered. */
    ELASTICSEARCH,
    /** As OpenSearch 2.19.6 answered. */
    OPENSEARCH
}
