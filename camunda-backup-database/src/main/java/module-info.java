/** Dumps and restores the relational database that Camunda exports to, with JDBC and the vendors' tools. */
module io.github.camundabackup.database.jdbc {
    requires static org.jspecify;
    requires transitive io.github.camundabackup.core;
    requires transitive java.sql;
    requires org.slf4j;

    exports io.github.camundabackup.database.jdbc;
}
