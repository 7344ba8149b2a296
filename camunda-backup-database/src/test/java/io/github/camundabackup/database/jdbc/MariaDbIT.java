package io.github.camundabackup.database.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.database.DatabaseBackup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MariaDbIT extends AbstractRealDatabaseTest {
    private static final Pattern ROW = Pattern.compile("\\((\\d+),'rdbms',(-?\\d+),");
    private static final MariaDbServer SERVER = new MariaDbServer();

    MariaDbIT() {
        super(SERVER);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Override
    List<String> lock(String table) {
        return List.of("LOCK TABLES " + table + " WRITE");
    }

    @Override
    String oldVersion() {
        return "mysqldump  Ver 10.13 Distrib 5.5.68-MariaDB, for Linux (x86_64)";
    }

    @Test
    void thePositionsInEachOf20HotDumpsAreBetweenThoseOfItsManifest() {
        hotDumps(20, 5);
    }

    @Override
    void checkPositions(DatabaseBackup backup, Map<Integer, Long> positions) {
        assertThat(positions).hasSize(Exporting.PARTITIONS);
        Map<Integer, Long> lowest = numbers(backup.positions().lowest());
        Map<Integer, Long> highest = numbers(backup.positions().highest());
        positions.forEach((partition, position) -> assertThat(position)
                .isBetween(lowest.getOrDefault(partition, 0L), highest.getOrDefault(partition, 0L)));
        assertThat(lowest).isNotEqualTo(highest);
    }

    /** The values of the table's statement: {@code (1,'rdbms',4711,…),(2,…}. */
    @Override
    Map<Integer, Long> positionsIn(Path data) {
        try (Stream<String> lines = Files.lines(data.resolve("dump.sql"))) {
            String rows = lines.dropWhile(line -> !line.startsWith("INSERT INTO `EXPORTER_POSITION`"))
                    .takeWhile(line -> !line.startsWith("/*"))
                    .collect(Collectors.joining());
            return ROW.matcher(rows)
                    .results()
                    .collect(Collectors.toMap(row -> Integer.valueOf(row.group(1)), row -> Long.valueOf(row.group(2))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
