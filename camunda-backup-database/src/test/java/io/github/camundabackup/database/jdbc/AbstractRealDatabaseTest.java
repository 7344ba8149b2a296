package io.github.camundabackup.database.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.database.DatabaseBackup;
import io.github.camundabackup.database.DatabaseDump;
import io.github.camundabackup.database.DatabaseDump.State;
import io.github.camundabackup.database.DumpId;
import io.github.camundabackup.database.ExporterPosition;
import io.github.camundabackup.database.RestoreInto;
import io.github.camundabackup.error.DatabaseStoreException;
import io.github.camundabackup.error.DatabaseStoreException.Reason;
import io.github.camundabackup.runtime.ClientResources;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of every product with tools, on a real server. */
@Tag("database")
abstract class AbstractRealDatabaseTest {
    static final DumpId ID = new DumpId("one");
    private static final String HIGHEST =
            "SELECT PARTITION_ID, MAX(EXPORTED) FROM %sFLOW_NODE_INSTANCE GROUP BY PARTITION_ID";
    private static final String PREFIX = "C8_";

    private final RealDatabase server;
    private final ClientResources resources = ClientResources.create();

    @TempDir
    private Path temporary;

    private Path dumps;

    AbstractRealDatabaseTest(RealDatabase server) {
        this.server = server;
    }

    /** A statement that keeps everybody from a table until the connection is closed. */
    abstract List<String> lock(String table);

    /** What the tool that dumps says of its version when it is too old. */
    abstract String oldVersion();

    @BeforeEach
    void makeTables() {
        dumps = temporary.resolve("dumps");
        server.database("live");
        server.database("restored");
        Exporting.createTables(server, "live", "");
    }

    @AfterEach
    void close() {
        resources.close();
    }

    private JdbcDatabaseStore live() {
        return server.builder("live", dumps).build(resources);
    }

    private JdbcDatabaseStore restored() {
        return server.builder("restored", dumps).build(resources);
    }

    private JdbcDatabaseStore dumpingWith(String script) {
        return server.builder("live", dumps)
                .tools(Scripts.write(temporary.resolve("dump"), script), server.restoreTool())
                .build(resources);
    }

    /** The tool itself, but that it does something else when it dumps. */
    private String instead(String script) {
        return "[ \"$*\" != --version ] || exec " + server.dumpTool() + " \"$@\"\n" + script;
    }

    private List<String> names() throws IOException {
        if (!Files.exists(dumps)) {
            return List.of();
        }
        try (Stream<Path> names = Files.list(dumps)) {
            return names.map(name -> name.getFileName().toString()).toList();
        }
    }

    static Map<Integer, Long> numbers(SortedMap<Integer, ExporterPosition> positions) {
        return new TreeMap<>(positions.values().stream()
                .collect(Collectors.toMap(ExporterPosition::partitionId, ExporterPosition::position)));
    }

    /** Dumps while it is written to, and finds in each dump what its manifest says. */
    @SuppressWarnings("try") // It writes for as long as it is open.
    void hotDumps(int count, int restored) {
        try (Exporting exporting = new Exporting(server, "live", "")) {
            for (int i = 0; i < count; i++) {
                DatabaseBackup backup = live().backup(ID, progress -> {}).join();
                if (i % (count / restored) == 0) {
                    SortedMap<Integer, ExporterPosition> positions = restored()
                            .restore(ID, RestoreInto.DROPPED_DATABASE, progress -> {})
                            .join();
                    checkPositions(backup, numbers(positions));
                    assertThat(numbers(positions))
                            .as("the last row that was exported with them")
                            .isEqualTo(server.numbers("restored", HIGHEST.formatted("")));
                } else {
                    String first = backup.files().get(0).path();
                    checkPositions(
                            backup, positionsIn(dumps.resolve("one").resolve(first.substring(0, first.indexOf('/')))));
                }
                live().delete(ID).join();
            }
        }
    }

    /** What the files of a dump say, without its manifest. */
    abstract Map<Integer, Long> positionsIn(Path data);

    /** What is to be said of the positions besides. */
    abstract void checkPositions(DatabaseBackup backup, Map<Integer, Long> positions);

    @Test
    @SuppressWarnings("try") // It writes for as long as it is open.
    void whatHasAPrefixIsDumpedAndRestoredWithIt() {
        Exporting.createTables(server, "live", PREFIX);
        try (Exporting exporting = new Exporting(server, "live", PREFIX)) {
            JdbcDatabaseStore store =
                    server.builder("live", dumps).tablePrefix(PREFIX).build(resources);
            DatabaseBackup backup = store.backup(ID, progress -> {}).join();

            assertThat(store.verify(ID).join().isGood()).isTrue();
            assertThat(backup.tablePrefix()).isEqualTo(PREFIX);
            assertThat(backup.schemaVersion()).contains("8.10.0");
            assertThat(backup.toolVersion()).isNotBlank();
            assertThat(numbers(server.builder("restored", dumps)
                            .tablePrefix(PREFIX)
                            .build(resources)
                            .restore(ID, RestoreInto.EMPTY_DATABASE, progress -> {})
                            .join()))
                    .isEqualTo(server.numbers("restored", HIGHEST.formatted(PREFIX)));
        }
    }

    @Test
    void tellsAWrongPrefixFromAnotherDatabase() {
        assertThat(Failures.of(server.builder("live", dumps)
                                .tablePrefix("C8_")
                                .build(resources)
                                .backup(ID, progress -> {}))
                        .reason())
                .isEqualTo(Reason.WRONG_PREFIX);
        assertThat(Failures.of(restored().backup(ID, progress -> {})).reason()).isEqualTo(Reason.TABLE_MISSING);
    }

    @Test
    void aWrongPasswordIsOneWhoeverFindsOut() throws IOException {
        assertThat(Failures.of(server.builder("live", dumps)
                                .password(() -> "wrong")
                                .build(resources)
                                .positions())
                        .reason())
                .isEqualTo(Reason.UNAUTHENTICATED);
        assertThat(Failures.of(server.builder("live", dumps)
                                .dataSource(server.dataSource("live"))
                                .password(() -> "wrong")
                                .build(resources)
                                .backup(ID, progress -> {}))
                        .reason())
                .isEqualTo(Reason.UNAUTHENTICATED);
        assertThat(names()).isEmpty();
    }

    @Test
    void aServerThatIsAwayIsOneWhoeverFindsOut() throws IOException {
        assertThat(Failures.of(server.builder()
                                .url(server.url("live").replace(":" + server.port() + "/", ":1/"))
                                .user(server.user())
                                .dumps(dumps)
                                .build(resources)
                                .positions())
                        .reason())
                .isEqualTo(Reason.UNREACHABLE);
        assertThat(Failures.of(server.builder("live", dumps)
                                .dataSource(server.dataSource("live"))
                                .server("127.0.0.1", 1, "live")
                                .build(resources)
                                .backup(ID, progress -> {}))
                        .reason())
                .isEqualTo(Reason.UNREACHABLE);
        assertThat(names()).isEmpty();
    }

    @Test
    void aTableThatIsLockedIsNotWaitedForForEver() throws SQLException, IOException {
        for (String table : List.of("EXPORTER_POSITION", "FLOW_NODE_INSTANCE")) {
            try (Connection connection = server.connect("live");
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                for (String each : lock(table)) {
                    statement.execute(each);
                }

                assertThat(Failures.of(server.builder("live", dumps)
                                        .lockTimeout(Duration.ofSeconds(1))
                                        .build(resources)
                                        .backup(ID, progress -> {}))
                                .reason())
                        .isEqualTo(Reason.LOCKED);
            }
            assertThat(names()).isEmpty();
        }
    }

    @Test
    void aToolThatIsMissingOrOldIsNamedBeforeAnythingIsBegun() throws IOException {
        DatabaseStoreException missing = Failures.of(server.builder("live", dumps)
                .tools("/nowhere/dump", "/nowhere/restore")
                .build(resources)
                .backup(ID, progress -> {}));
        DatabaseStoreException old =
                Failures.of(dumpingWith("echo '" + oldVersion() + "'").backup(ID, progress -> {}));

        assertThat(missing.reason()).isEqualTo(Reason.TOOL_MISSING);
        assertThat(old.reason()).isEqualTo(Reason.TOOL_UNFIT);
        assertThat(old).hasMessageContaining(oldVersion());
        assertThat(names()).isEmpty();
    }

    @Test
    void whateverBecomesOfTheToolNothingIsLeft() throws IOException {
        assertThat(Failures.of(dumpingWith(instead("kill -9 $$")).backup(ID, progress -> {}))
                        .reason())
                .isEqualTo(Reason.TOOL_FAILED);
        assertThat(Failures.of(dumpingWith(instead(server.dumpTool() + " \"$@\"; kill -9 $$"))
                                .backup(ID, progress -> {}))
                        .reason())
                .isEqualTo(Reason.TOOL_FAILED);
        assertThat(Failures.of(dumpingWith(instead("echo 'could not write: No space left on device' >&2; exit 1"))
                                .backup(ID, progress -> {}))
                        .reason())
                .isEqualTo(Reason.DISK_FULL);
        assertThat(names()).isEmpty();
    }

    @Test
    void aServerThatGoesAwayInTheMiddleLeavesNothing() throws IOException {
        try {
            JdbcDatabaseStore store =
                    dumpingWith(instead("read line < " + fifo() + "; exec " + server.dumpTool() + " \"$@\""));
            CompletableFuture<DatabaseBackup> dump = store.backup(ID, progress -> {});
            try (BufferedWriter told = Files.newBufferedWriter(temporary.resolve("fifo"))) {
                server.kill();
                told.write("go on\n");
            }

            assertThat(Failures.of(dump).reason()).isEqualTo(Reason.UNREACHABLE);
        } finally {
            server.start();
        }
        assertThat(names()).isEmpty();
    }

    private Path fifo() {
        Path fifo = temporary.resolve("fifo");
        RealDatabase.run(temporary, List.of("mkfifo", fifo.toString()));
        return fifo;
    }

    @Test
    void aToolThatCannotRestoreIsFoundBeforeAnythingIsDropped() {
        live().backup(ID, progress -> {}).join();

        assertThat(Failures.of(server.builder("live", dumps)
                                .tools(server.dumpTool(), "/nowhere/restore")
                                .build(resources)
                                .restore(ID, RestoreInto.DROPPED_DATABASE, progress -> {}))
                        .reason())
                .isEqualTo(Reason.TOOL_MISSING);

        assertThat(live().positions().join()).hasSize(Exporting.PARTITIONS);
    }

    @Test
    void aRestoreThatWasEndedIsRestoredAgain() {
        live().backup(ID, progress -> {}).join();
        String killed = Scripts.write(
                temporary.resolve("restore"),
                "case \"$*\" in --list*|--version|*SELECT*) exec " + server.restoreTool()
                        + " \"$@\";; esac; kill -9 $$");

        assertThat(Failures.of(server.builder("restored", dumps)
                                .tools(server.dumpTool(), killed)
                                .build(resources)
                                .restore(ID, RestoreInto.EMPTY_DATABASE, progress -> {}))
                        .reason())
                .isEqualTo(Reason.TOOL_FAILED);

        assertThat(Failures.of(restored().positions()).reason()).isEqualTo(Reason.HALF_RESTORED);
        restored().restore(ID, RestoreInto.EMPTY_DATABASE, progress -> {}).join();
        assertThat(restored().positions().join()).hasSize(Exporting.PARTITIONS);
        assertThat(Failures.of(restored().restore(ID, RestoreInto.EMPTY_DATABASE, progress -> {}))
                        .reason())
                .isEqualTo(Reason.NOT_EMPTY);
    }

    // A process that is lost

    @ParameterizedTest
    @ValueSource(strings = {"PREPARING", "DUMPING", "CHECKING", "CLOSING"})
    void aProcessThatIsLostLeavesNothingThatCounts(String phase) throws Exception {
        runProgram(server.dumpTool(), phase);

        assertThat(live().list().join()).extracting(DatabaseDump::state).doesNotContain(State.COMPLETE);
        live().backup(ID, progress -> {}).join();
        assertThat(names()).containsExactly("one");
    }

    /** The tool has written all of the dump when its process is lost, and goes on. */
    @Test
    void aToolThatGoesOnWithoutItsProcessIsEnded() throws Exception {
        String tool = Scripts.write(
                temporary.resolve("dump"),
                instead(server.dumpTool() + " \"$@\"; kill -9 $PPID; echo $$ > " + temporary.resolve("orphan")
                        + "; exec sleep 600"));
        runProgram(tool, "none");
        assertThat(live().list().join()).extracting(DatabaseDump::state).containsExactly(State.UNFINISHED);

        live().backup(ID, progress -> {}).join();

        assertThat(names()).containsExactly("one");
        assertThat(ProcessHandle.of(orphan()).filter(ProcessHandle::isAlive)).isEmpty();
    }

    private long orphan() throws IOException {
        return Long.parseLong(Files.readString(temporary.resolve("orphan")).strip());
    }

    @Test
    void aProcessThatIsNotLostLeavesADump() throws Exception {
        runProgram(server.dumpTool(), "none");

        assertThat(live().verify(new DumpId("killed")).join().isGood()).isTrue();
    }

    private void runProgram(String tool, String phase) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DumpingProgram.class.getName(),
                        live().description().startsWith("PostgreSQL") ? "PostgreSQL" : "MariaDB",
                        server.url("live"),
                        server.user(),
                        dumps.toString(),
                        tool,
                        phase)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor() == 0).as(output).isEqualTo(phase.equals("none") && tool.equals(server.dumpTool()));
    }
}
