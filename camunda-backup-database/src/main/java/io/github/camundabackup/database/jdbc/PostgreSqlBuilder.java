package io.github.camundabackup.database.jdbc;

import io.github.camundabackup.runtime.ClientResources;

/** What is known of a database of PostgreSQL. Not thread-safe. */
public final class PostgreSqlBuilder extends ToolBuilder<PostgreSqlBuilder> {
    private static final int PORT = 5432;

    private int jobs = 4;
    private int restoreJobs = 1;

    PostgreSqlBuilder() {
        super("pg_dump", "pg_restore");
    }

    @Override
    PostgreSqlBuilder self() {
        return this;
    }

    /**
     * How many tables are dumped at once; each takes a connection. Default: 4.
     *
     * @throws IllegalArgumentException if there would be none
     */
    public PostgreSqlBuilder jobs(int jobs) {
        this.jobs = atLeastOne(jobs, "Jobs");
        return this;
    }

    /**
     * How many tables are restored at once. With 1, which is the default, all is restored in one transaction, so that a
     * restore that fails leaves an empty database. More are faster; what they leave must be restored again.
     *
     * @throws IllegalArgumentException if there would be none
     */
    public PostgreSqlBuilder restoreJobs(int jobs) {
        restoreJobs = atLeastOne(jobs, "Jobs of a restore");
        return this;
    }

    @Override
    public JdbcDatabaseStore build(ClientResources resources) {
        ServerAddress server = server("postgresql", PORT);
        return build(
                resources,
                "PostgreSQL database " + server,
                new PostgreSql(
                        server, user, dumpTool, restoreTool, jobs, restoreJobs, lockTimeout, timeout, arguments));
    }
}
