/** The snapshot store for OpenSearch. */
module io.github.camundabackup.opensearch {
    requires static org.jspecify;
    requires transitive io.github.camundabackup.core;

    exports io.github.camundabackup.opensearch;
}
