package io.github.camundabackup.database.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.database.DatabaseBackup;
import io.github.camundabackup.database.DumpPositions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PostgreSqlIT extends AbstractRealDatabaseTest {
    private static final PostgresServer SERVER = new PostgresServer();

    PostgreSqlIT() {
        super(SERVER);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Override
    List<String> lock(String table) {
        return List.of("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
    }

    @Override
    String oldVersion() {
        return "pg_dump (PostgreSQL) 9.6.24";
    }

    @Test
    void thePositionsInEachOf50HotDumpsAreThoseOfItsManifest() {
        hotDumps(50, 5);
    }

    @Override
    void checkPositions(DatabaseBackup backup, Map<Integer, Long> positions) {
        assertThat(backup.positions()).isInstanceOf(DumpPositions.Exact.class);
        assertThat(numbers(backup.positions().highest())).isEqualTo(positions);
    }

    /** The first and the third column of a table's rows. */
    @Override
    Map<Integer, Long> positionsIn(Path data) {
        return RealDatabase.run(
                        data,
                        List.of(
                                SERVER.restoreTool(),
                                "--data-only",
                                "--table=exporter_position",
                                "--file=-",
                                data.toString()))
                .lines()
                .map(line -> line.split("\t", -1))
                .filter(row -> row.length == 5)
                .collect(Collectors.toMap(row -> Integer.valueOf(row[0]), row -> Long.valueOf(row[2])));
    }
}
