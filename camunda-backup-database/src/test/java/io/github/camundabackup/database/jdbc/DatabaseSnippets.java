package io.github.camundabackup.database.jdbc;

import io.github.camundabackup.database.DatabaseBackup;
import io.github.camundabackup.database.DatabaseStore;
import io.github.camundabackup.database.DumpId;
import io.github.camundabackup.database.ExporterPosition;
import io.github.camundabackup.database.RestoreInto;
import io.github.camundabackup.runtime.ClientResources;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SortedMap;

/** For docs/guide/databases.md. */
final class DatabaseSnippets {
    private DatabaseSnippets() {}

    /** Where somebody keeps passwords. */
    interface Secrets {
        String read(String name);
    }

    static void postgresql(Secrets secrets, ClientResources resources) {
        // snippet
        DatabaseStore database = JdbcDatabaseStore.postgresql()
                .url("jdbc:postgresql://db.internal:5432/camunda")
                .user("camunda")
                .password(() -> secrets.read("camunda-database"))
                .dumps(Path.of("/backups/camunda-database"))
                .build(resources);

        DatabaseBackup backup = database.backup(
                        DumpId.at(Instant.now()),
                        progress -> System.out.println(progress.phase() + " " + progress.bytes()))
                .join();
        System.out.println(backup.positions());
        // end
    }

    static DatabaseStore commands(Secrets secrets, ClientResources resources) {
        // snippet
        DatabaseStore database = JdbcDatabaseStore.commands("/opt/backup/dump-oracle.sh")
                .restore("/opt/backup/restore-oracle.sh")
                .delete("/opt/backup/delete-oracle.sh")
                .url("jdbc:oracle:thin:@db.internal:1521/camunda")
                .user("camunda")
                .password(() -> secrets.read("camunda-database"))
                .dumps(Path.of("/backups/camunda-database"))
                .build(resources);
        // end
        return database;
    }

    static SortedMap<Integer, ExporterPosition> restore(DatabaseStore database) {
        // snippet
        SortedMap<Integer, ExporterPosition> positions = database.restore(
                        new DumpId("20261128T220000Z"), RestoreInto.EMPTY_DATABASE, progress -> {})
                .join();
        // end
        return positions;
    }
}
