/** The snapshot store for Elasticsearch. */
module io.github.camundabackup.elasticsearch {
    requires static org.jspecify;
    requires transitive io.github.camundabackup.core;

    exports io.github.camundabackup.elasticsearch;
}
