/** Consistent hot backups of whole Camunda 8 Self-Managed clusters. */
module io.github.camundabackup.core {
    requires static org.jspecify;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires io.github.resilience4j.core;
    requires io.github.resilience4j.retry;
    requires java.management;
    requires java.net.http;
    requires org.slf4j;

    exports io.github.camundabackup;
    exports io.github.camundabackup.backup;
    exports io.github.camundabackup.bucket;
    exports io.github.camundabackup.component;
    exports io.github.camundabackup.consistency;
    exports io.github.camundabackup.continuous;
    exports io.github.camundabackup.database;
    exports io.github.camundabackup.endpoint;
    exports io.github.camundabackup.error;
    exports io.github.camundabackup.exporting;
    exports io.github.camundabackup.journal;
    exports io.github.camundabackup.line;
    exports io.github.camundabackup.model;
    exports io.github.camundabackup.recovery;
    exports io.github.camundabackup.report;
    exports io.github.camundabackup.restore;
    exports io.github.camundabackup.restore.control;
    exports io.github.camundabackup.restore.plan;
    exports io.github.camundabackup.runtime;
    exports io.github.camundabackup.snapshot;
    exports io.github.camundabackup.internal.concurrent to
            io.github.camundabackup.database.jdbc;
    exports io.github.camundabackup.internal.foreign to
            io.github.camundabackup.database.jdbc;
    exports io.github.camundabackup.internal.input to
            io.github.camundabackup.database.jdbc;
    exports io.github.camundabackup.internal.process to
            io.github.camundabackup.database.jdbc;
    exports io.github.camundabackup.internal.http to
            io.github.camundabackup.elasticsearch,
            io.github.camundabackup.opensearch,
            io.github.camundabackup.test;
    exports io.github.camundabackup.internal.json to
            io.github.camundabackup.database.jdbc,
            io.github.camundabackup.elasticsearch,
            io.github.camundabackup.opensearch;
    exports io.github.camundabackup.internal.lock to
            io.github.camundabackup.test;
    exports io.github.camundabackup.internal.objectstore to
            io.github.camundabackup.azure,
            io.github.camundabackup.gcs,
            io.github.camundabackup.s3;
    exports io.github.camundabackup.internal.searchengine to
            io.github.camundabackup.elasticsearch,
            io.github.camundabackup.opensearch;
}
