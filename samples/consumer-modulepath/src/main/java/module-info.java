/** A user's module: it names what it uses, and nothing of what the library uses itself. */
module io.github.camundabackup.samples.modulepath {
    requires transitive io.github.camundabackup.core;
    requires io.github.camundabackup.elasticsearch;
    requires io.github.camundabackup.opensearch;

    exports io.github.camundabackup.samples.modulepath;
}
