package io.github.camundabackup.database.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camundabackup.database.DatabaseBackup;
import io.github.camundabackup.database.DatabaseDump;
import io.github.camundabackup.database.DatabaseDump.State;
import io.github.camundabackup.database.DatabaseProgress.Phase;
import io.github.camundabackup.database.DumpFile;
import io.github.camundabackup.database.DumpId;
import io.github.camundabackup.database.DumpPositions;
import io.github.camundabackup.database.ExporterPosition;
import io.github.camundabackup.database.RestoreInto;
import io.github.camundabackup.error.DatabaseStoreException;
import io.github.camundabackup.error.DatabaseStoreException.Reason;
import io.github.camundabackup.runtime.ClientResources;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of every product, with a database in memory and with scripts for tools. */
class JdbcDatabaseStoreTest {
    private static final DumpId ID = new DumpId("one");
    private static final DumpId OTHER = new DumpId("other");
    private static final String WRITES = "echo data > $CAMUNDA_BACKUP_DIRECTORY/a; mkdir $CAMUNDA_BACKUP_DIRECTORY/b;"
            + " echo more > $CAMUNDA_BACKUP_DIRECTORY/b/c";

    private final ClientResources resources = ClientResources.create();
    private final JdbcConnectionPool database =
            JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "", "");

    @TempDir
    private Path temporary;

    private Path dumps;

    @BeforeEach
    void makeTables() throws SQLException {
        dumps = temporary.resolve("dumps");
        sql(
                "CREATE TABLE EXPORTER_POSITION (PARTITION_ID INT PRIMARY KEY, EXPORTER VARCHAR(200),"
                        + " LAST_EXPORTED_POSITION BIGINT, CREATED TIMESTAMP, LAST_UPDATED TIMESTAMP)",
                "INSERT INTO EXPORTER_POSITION VALUES (1, 'rdbms', 7, NULL, TIMESTAMP '2026-11-28 12:00:00'),"
                        + " (2, 'rdbms', -1, NULL, NULL)");
    }

    @AfterEach
    void close() {
        resources.close();
        database.dispose();
    }

    private void sql(String... statements) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private CommandsBuilder dumping(String script) {
        return JdbcDatabaseStore.commands("sh", "-c", script)
                .dataSource(database)
                .password(() -> RealDatabase.PASSWORD)
                .dumps(dumps);
    }

    private JdbcDatabaseStore store(String script) {
        return dumping(script).build(resources);
    }

    private DatabaseBackup backup() {
        return store(WRITES).backup(ID, progress -> {}).join();
    }

    private List<DatabaseDump> list() {
        return store("false").list().join();
    }

    private List<String> names() throws IOException {
        if (!Files.exists(dumps)) {
            return List.of();
        }
        try (Stream<Path> names = Files.list(dumps)) {
            return names.map(name -> name.getFileName().toString()).toList();
        }
    }

    // Reading

    @Test
    void readsThePositionsWhateverTheyAre() {
        SortedMap<Integer, ExporterPosition> positions =
                store("false").positions().join();

        assertThat(positions.keySet()).containsExactly(1, 2);
        assertThat(positions.values()).extracting(ExporterPosition::position).containsExactly(7L, -1L);
        assertThat(positions.values()).extracting(ExporterPosition::hasExported).containsExactly(true, false);
        assertThat(positions.values())
                .extracting(ExporterPosition::lastUpdated)
                .containsExactly(Optional.of(LocalDateTime.parse("2026-11-28T12:00")), Optional.empty());
    }

    @Test
    void whatWasNeverExportedHasNoPosition() throws SQLException {
        sql("UPDATE EXPORTER_POSITION SET LAST_EXPORTED_POSITION = NULL");

        assertThat(store("false").positions().join().values())
                .extracting(ExporterPosition::position)
                .containsExactly(-1L, -1L);
    }

    @Test
    void anEmptyTableHasNoPositionsAndIsNotDumped() throws SQLException {
        sql("DELETE FROM EXPORTER_POSITION");

        assertThat(store("false").positions().join()).isEmpty();
        assertThat(Failures.of(store(WRITES).backup(ID, progress -> {}))).satisfies(failure -> {
            assertThat(failure.reason()).isEqualTo(Reason.NO_POSITIONS);
            assertThat(failure).hasMessageContaining("no exporter of Zeebe has written to this database");
        });
        assertThat(list()).isEmpty();
    }

    @Test
    void namesThePrefixesThatThereAre() throws SQLException {
        sql("CREATE TABLE OTHER_EXPORTER_POSITION (PARTITION_ID INT)");

        DatabaseStoreException failure = Failures.of(
                dumping("false").tablePrefix("CAMUNDA_").build(resources).positions());

        assertThat(failure.reason()).isEqualTo(Reason.WRONG_PREFIX);
        assertThat(failure)
                .hasMessageContaining("There is no table CAMUNDA_EXPORTER_POSITION")
                .hasMessageContaining("with another prefix: none, \"OTHER_\"");
    }

    @Test
    void findsATableWhateverTheCaseOfItsPrefix() throws SQLException {
        sql("ALTER TABLE EXPORTER_POSITION RENAME TO \"camunda_exporter_position\"");

        assertThat(dumping("false")
                        .tablePrefix("Camunda_")
                        .build(resources)
                        .positions()
                        .join())
                .hasSize(2);
    }

    @Test
    void tellsAnotherDatabaseFromAWrongPrefix() throws SQLException {
        sql("DROP TABLE EXPORTER_POSITION");

        assertThat(Failures.of(store("false").positions()).reason()).isEqualTo(Reason.TABLE_MISSING);
    }

    @Test
    void knowsTheVersionOfTheSchemaFrom810On() throws SQLException {
        assertThat(store("false").schemaVersion().join()).isEmpty();

        sql(
                "CREATE TABLE RDBMS_SCHEMA_VERSION (ID INT, VERSION VARCHAR(50))",
                "INSERT INTO RDBMS_SCHEMA_VERSION VALUES (1, '8.10.0')");

        assertThat(store("false").schemaVersion().join()).contains("8.10.0");
        assertThat(backup().schemaVersion()).contains("8.10.0");
    }

    // Dumping

    @Test
    void aDumpHasAllFilesWithTheirDigests() throws IOException {
        DatabaseBackup backup = backup();

        assertThat(backup.files()).extracting(DumpFile::size).containsExactly(5L, 5L);
        assertThat(backup.files().get(0).path()).matches("dump\\.[0-9a-f]{8}/a");
        assertThat(backup.files().get(0).sha256())
                .isEqualTo("6667b2d1aab6a00caa5aee5af8ad9f1465e567abf1c209d15727d57b3e8f6e5f");
        assertThat(backup.product()).isEqualTo("H2");
        assertThat(list()).singleElement().satisfies(dump -> {
            assertThat(dump.state()).isEqualTo(State.COMPLETE);
            assertThat(dump.backup().orElseThrow().files()).isEqualTo(backup.files());
            assertThat(dump.backup().orElseThrow().positions()).isEqualTo(backup.positions());
        });
        assertThat(names()).containsExactly("one");
    }

    @Test
    void thePositionsAreThoseBeforeAndAfterTheCommand() throws SQLException {
        DatabaseBackup backup = dumping(WRITES)
                .dataSource(changing("UPDATE EXPORTER_POSITION SET LAST_EXPORTED_POSITION = 9"))
                .build(resources)
                .backup(ID, progress -> {})
                .join();

        assertThat(backup.positions()).isInstanceOf(DumpPositions.Bounds.class);
        assertThat(backup.positions().lowest().values())
                .extracting(ExporterPosition::position)
                .containsExactly(7L, -1L);
        assertThat(backup.positions().highest().values())
                .extracting(ExporterPosition::position)
                .containsExactly(9L, 9L);
    }

    @Test
    void keepsTheLastLabelThatACommandPrints() {
        DatabaseBackup backup = store(
                        "echo CAMUNDA_BACKUP_LABEL=old; echo warning >&2; echo CAMUNDA_BACKUP_LABEL=snap-1")
                .backup(ID, progress -> {})
                .join();

        assertThat(backup.label()).contains("snap-1");
        assertThat(backup.files()).isEmpty();
    }

    @Test
    void aCommandThatLeavesNothingHasNotDumped() throws IOException {
        for (String script : List.of("true", "echo CAMUNDA_BACKUP_LABEL=", "mkdir $CAMUNDA_BACKUP_DIRECTORY/a")) {
            DatabaseStoreException failure = Failures.of(store(script).backup(ID, progress -> {}));

            assertThat(failure.reason()).isEqualTo(Reason.TOOL_FAILED);
            assertThat(failure).hasMessageContaining("has written no file to $CAMUNDA_BACKUP_DIRECTORY");
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void aPlaceMayBeRelative() {
        Path relative = Path.of(".").resolve(Path.of("").toAbsolutePath().relativize(dumps.toAbsolutePath()));
        JdbcDatabaseStore store =
                dumping(WRITES).restore("true").dumps(relative).build(resources);

        store.backup(ID, progress -> {}).join();

        assertThat(store.verify(ID).join().isGood()).isTrue();
        assertThat(store.restore(ID, RestoreInto.DROPPED_DATABASE, progress -> {})
                        .join())
                .hasSize(2);
        store.delete(ID).join();
        assertThat(list()).isEmpty();
    }

    @Test
    void tellsHowFarItIsInOrder() {
        List<Phase> phases = Collections.synchronizedList(new ArrayList<>());

        store(WRITES).backup(ID, progress -> phases.add(progress.phase())).join();

        assertThat(phases.stream().distinct())
                .containsExactly(Phase.PREPARING, Phase.DUMPING, Phase.CHECKING, Phase.CLOSING);
    }

    @Test
    void aListenerThatFailsHarmsNothing() {
        DatabaseBackup backup = store(WRITES)
                .backup(ID, progress -> {
                    throw new IllegalStateException("a listener's");
                })
                .join();

        assertThat(backup.files()).hasSize(2);
    }

    @Test
    void whatACommandFailsWithIsShownWithoutSecrets() throws IOException {
        DatabaseStoreException failure = Failures.of(store(WRITES + "; echo \"login with $0 and "
                        + RealDatabase.PASSWORD + " or password=hunter2 failed\"; exit 3")
                .backup(ID, progress -> {}));

        assertThat(failure.reason()).isEqualTo(Reason.TOOL_FAILED);
        assertThat(failure)
                .hasMessageContaining("Could not dump the database (database that sh dumps, dumps in " + dumps)
                .hasMessageContaining("sh ended with 3.")
                .hasMessageContaining("login with sh and … or password=… failed");
        assertThat(names()).isEmpty();
    }

    @Test
    void aFullDiskIsOne() throws IOException {
        DatabaseStoreException failure =
                Failures.of(store(WRITES + "; echo 'write: No space left on device' >&2; exit 1")
                        .backup(ID, p -> {}));

        assertThat(failure.reason()).isEqualTo(Reason.DISK_FULL);
        assertThat(failure).hasMessageEndingWith("Make room in the place of the dumps, or keep fewer of them.");
        assertThat(names()).isEmpty();
    }

    @Test
    void aKilledCommandLeavesNothing() throws IOException {
        DatabaseStoreException failure =
                Failures.of(store(WRITES + "; kill -9 $$").backup(ID, progress -> {}));

        assertThat(failure.reason()).isEqualTo(Reason.TOOL_FAILED);
        assertThat(failure).hasMessageContaining("ended with 137 (signal 9: it was killed)");
        assertThat(names()).isEmpty();
    }

    @Test
    void aCommandThatIsNotThereIsNamed() throws IOException {
        DatabaseStoreException failure = Failures.of(JdbcDatabaseStore.commands("/nowhere/dump")
                .dataSource(database)
                .dumps(dumps)
                .build(resources)
                .backup(ID, progress -> {}));

        assertThat(failure.reason()).isEqualTo(Reason.TOOL_MISSING);
        assertThat(failure).hasMessageContaining("the program /nowhere/dump cannot be run");
        assertThat(names()).isEmpty();
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
        Files.writeString(dumps, "a file");

        DatabaseStoreException failure = Failures.of(store(WRITES).backup(ID, progress -> {}));

        assertThat(failure.reason()).isEqualTo(Reason.DIRECTORY_UNUSABLE);
        assertThat(failure).hasMessageContaining(dumps.toString());
    }

    @Test
    void aCancelledDumpEndsItsCommandAndLeavesNothing() throws Exception {
        Path told = temporary.resolve("told");
        RealDatabase.run(temporary, List.of("mkfifo", told.toString()));
        CompletableFuture<DatabaseBackup> dump = store(
                        WRITES + "; exec 3> " + told + "; echo runs >&3; sleep 600; echo goes on >&3")
                .backup(ID, progress -> {});
        try (BufferedReader lines = Files.newBufferedReader(told)) {
            assertThat(lines.readLine()).isEqualTo("runs");
            assertThat(list()).singleElement().extracting(DatabaseDump::state).isEqualTo(State.RUNNING);
            assertThat(Failures.of(store("false").delete(ID)).reason()).isEqualTo(Reason.DUMP_RUNNING);
            assertThat(Failures.of(store("false").verify(ID)).reason()).isEqualTo(Reason.DUMP_RUNNING);

            dump.cancel(false);

            assertThat(lines.readLine()).isNull();
        }
        assertThatThrownBy(dump::join).isInstanceOf(CancellationException.class);
        assertThat(names()).isEmpty();
    }

    @Test
    void closingEndsWhatIsUnderWay() {
        JdbcDatabaseStore store = store("sleep 600");
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<DatabaseBackup> dump = store.backup(ID, progress -> {
            if (progress.phase() == Phase.DUMPING) {
                begun.complete(null);
            }
        });
        begun.join();

        store.close();

        assertThatThrownBy(dump::join).isInstanceOf(CancellationException.class);
    }

    @Test
    void aNameIsGivenOnce() {
        DatabaseBackup first = backup();

        assertThat(Failures.of(store("false").backup(ID, progress -> {})).reason())
                .isEqualTo(Reason.NAME_IN_USE);
        assertThat(store("false").verify(ID).join().backup().files()).isEqualTo(first.files());
    }

    // What is left of runs that were killed

    /** As it is when the process was killed before it wrote the manifest. */
    private void unfinished(DumpId id, Owner owner) throws IOException {
        Path home = dumps.resolve(id.value());
        Files.createDirectories(home.resolve(owner.data()));
        Files.writeString(home.resolve(owner.data()).resolve("a"), "half");
        Files.write(home.resolve(DumpDirectory.RUN), owner.toJson());
    }

    private static Owner ended() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sleep", "600").start();
        Owner owner = Owner.of(process.toHandle(), "dump.1");
        process.destroyForcibly().waitFor();
        return owner;
    }

    @Test
    void whatIsUnfinishedIsListedNeverGoodAndRemovedByTheNextDump() throws Exception {
        unfinished(OTHER, ended());
        Files.createDirectories(dumps.resolve(".x.01234567.deleted/y"));

        assertThat(list()).singleElement().extracting(DatabaseDump::state).isEqualTo(State.UNFINISHED);
        assertThat(Failures.of(store("false").verify(OTHER)).reason()).isEqualTo(Reason.DUMP_MISSING);
        assertThat(Failures.of(store("false").restore(OTHER, RestoreInto.DROPPED_DATABASE, p -> {}))
                        .reason())
                .isEqualTo(Reason.DUMP_MISSING);
        backup();

        assertThat(names()).containsExactly("one");
    }

    @Test
    void whatMayStillRunIsKept() throws IOException {
        unfinished(OTHER, Owner.here("dump.1"));
        Path elsewhere = dumps.resolve("elsewhere");
        unfinished(new DumpId("elsewhere"), new Owner(1, Optional.empty(), "dump.1"));

        backup();

        assertThat(list())
                .extracting(DatabaseDump::state)
                .containsExactly(State.RUNNING, State.COMPLETE, State.RUNNING);
        // Nothing was heard of it for an hour.
        Files.setLastModifiedTime(
                elsewhere.resolve(DumpDirectory.RUN),
                FileTime.from(Instant.now().minus(Duration.ofMinutes(61))));
        assertThat(list())
                .extracting(DatabaseDump::state)
                .containsExactly(State.UNFINISHED, State.COMPLETE, State.RUNNING);
    }

    @Test
    void aToolThatHasOutlivedItsProcessIsEnded() throws Exception {
        Process orphan = new ProcessBuilder("sleep", "600").start();
        unfinished(OTHER, ended());
        Files.write(
                dumps.resolve("other").resolve(DumpDirectory.TOOL),
                Owner.of(orphan.toHandle(), "dump.1").toJson());

        store("false").delete(OTHER).join();

        assertThat(orphan.isAlive()).isFalse();
        assertThat(list()).isEmpty();
    }

    @Test
    void aDirectoryOfSomebodyElseIsNeitherADumpNorRemoved() throws IOException {
        Files.createDirectories(dumps.resolve("mine"));
        Files.createDirectories(dumps.resolve(".hidden"));

        backup();

        assertThat(names()).contains("mine", ".hidden");
        assertThat(list()).extracting(DatabaseDump::state).containsExactly(State.UNREADABLE, State.COMPLETE);
    }

    @Test
    void aManifestOfALaterVersionIsKept() throws IOException {
        backup();
        Path manifest = dumps.resolve("one/manifest.json");
        Files.writeString(
                manifest, Files.readString(manifest).replace("\"formatVersion\" : 1", "\"formatVersion\" : 2"));

        assertThat(list()).singleElement().satisfies(dump -> {
            assertThat(dump.state()).isEqualTo(State.UNREADABLE);
            assertThat(dump.detail()).contains("its formatVersion is 2, and 1 is known");
        });
        store(WRITES).backup(OTHER, progress -> {}).join();
        assertThat(names()).contains("one");
    }

    @Test
    void aManifestThatIsNoTextBlocksNothingAndIsKept() throws IOException {
        backup();
        Files.write(dumps.resolve("one/manifest.json"), new byte[] {(byte) 0xff});

        store(WRITES).backup(OTHER, progress -> {}).join();

        assertThat(list()).extracting(DatabaseDump::state).containsExactly(State.UNREADABLE, State.COMPLETE);
        assertThat(list().get(0).detail()).contains("cannot be read").contains("MalformedInputException");
        assertThat(Failures.of(store("false").delete(ID)).reason()).isEqualTo(Reason.DUMP_DAMAGED);
        assertThat(names()).containsExactlyInAnyOrder("one", "other");
    }

    @Test
    void whatIsCompletedAtTheLastMomentIsKept() throws IOException {
        backup();

        boolean discarded = new DumpDirectory(dumps)
                .discard(new DatabaseDump(ID, State.UNFINISHED, Optional.empty(), "Nothing was heard of it."));

        assertThat(discarded).isFalse();
        assertThat(store("false").verify(ID).join().isGood()).isTrue();
    }

    // Verifying and deleting

    @Test
    void everyDifferenceFromTheManifestIsFound() throws IOException {
        DatabaseBackup backup = backup();
        Path home = dumps.resolve("one");
        Path first = home.resolve(backup.files().get(0).path());
        assertThat(store("false").verify(ID).join().isGood()).isTrue();

        Files.writeString(first, "atad\n");
        assertThat(store("false").verify(ID).join().problems())
                .singleElement()
                .asString()
                .contains("The contents of the file " + backup.files().get(0).path());
        Files.writeString(first, "dat");
        assertThat(store("false").verify(ID).join().problems())
                .singleElement()
                .asString()
                .contains("has 3 bytes");
        Files.delete(first);
        Files.writeString(first.resolveSibling("stranger"), "");
        assertThat(store("false").verify(ID).join().problems())
                .hasSize(2)
                .anySatisfy(problem -> assertThat(problem).endsWith("is missing."))
                .anySatisfy(problem -> assertThat(problem).endsWith("is not in the manifest."));
    }

    @Test
    void whatTheCommandThatVerifiesFindsIsAProblem() {
        backup();

        assertThat(dumping("false")
                        .verify("sh", "-c", "echo the snapshot is gone; exit 1")
                        .build(resources)
                        .verify(ID)
                        .join()
                        .problems())
                .singleElement()
                .asString()
                .contains("the snapshot is gone");
    }

    @Test
    void deletesWhatIsElsewhereByItsLabel() throws IOException {
        store("echo CAMUNDA_BACKUP_LABEL=snap-1").backup(ID, progress -> {}).join();
        Path told = temporary.resolve("told");

        dumping("false")
                .delete("sh", "-c", "echo $CAMUNDA_BACKUP_DUMP $CAMUNDA_BACKUP_LABEL > " + told)
                .build(resources)
                .delete(ID)
                .join();

        assertThat(told).hasContent("one snap-1");
        assertThat(list()).isEmpty();
        store("false").delete(ID).join();
    }

    // Restoring

    private CompletableFuture<SortedMap<Integer, ExporterPosition>> restore(RestoreInto into, String script) {
        return dumping("false").restore("sh", "-c", script).build(resources).restore(ID, into, progress -> {});
    }

    @Test
    void aDatabaseThatIsNotEmptyIsLeftAsItIs() {
        backup();

        DatabaseStoreException failure = Failures.of(restore(RestoreInto.EMPTY_DATABASE, "true"));

        assertThat(failure.reason()).isEqualTo(Reason.NOT_EMPTY);
        assertThat(failure).hasMessageContaining("the database holds EXPORTER_POSITION");
        assertThat(store("false").positions().join()).hasSize(2);
    }

    @Test
    void aRestoreGivesThePositionsAndSaysWhatMayBeDropped() {
        backup();
        Path told = temporary.resolve("told");

        assertThat(restore(RestoreInto.DROPPED_DATABASE, "echo $CAMUNDA_BACKUP_INTO > " + told)
                        .join())
                .isEqualTo(store("false").positions().join());
        assertThat(told).hasContent("DROPPED_DATABASE");
    }

    @Test
    void whatIsHalfRestoredIsRefusedUntilARestoreIsComplete() {
        backup();

        assertThat(Failures.of(restore(RestoreInto.DROPPED_DATABASE, "exit 1")).reason())
                .isEqualTo(Reason.TOOL_FAILED);

        assertThat(Failures.of(store("false").positions())).satisfies(failure -> {
            assertThat(failure.reason()).isEqualTo(Reason.HALF_RESTORED);
            assertThat(failure).hasMessageContaining("what is left of the restore of the dump one");
        });
        assertThat(Failures.of(store(WRITES).backup(OTHER, p -> {})).reason()).isEqualTo(Reason.HALF_RESTORED);
        restore(RestoreInto.DROPPED_DATABASE, "true").join();
        assertThat(store("false").positions().join()).hasSize(2);
    }

    @Test
    void aPoolThatCommitsNothingByItselfLosesNoMark() {
        backup();

        assertThat(Failures.of(dumping("false")
                                .dataSource(committingNothing())
                                .restore("false")
                                .build(resources)
                                .restore(ID, RestoreInto.DROPPED_DATABASE, progress -> {}))
                        .reason())
                .isEqualTo(Reason.TOOL_FAILED);

        assertThat(Failures.of(store("false").positions()))
                .hasMessageContaining("what is left of the restore of the dump one");
    }

    @Test
    void aDumpWithAnotherPrefixIsRefusedBeforeAnythingIsTouched() {
        backup();

        assertThat(Failures.of(dumping("false")
                        .tablePrefix("C8_")
                        .restore("true")
                        .build(resources)
                        .restore(ID, RestoreInto.DROPPED_DATABASE, progress -> {})))
                .hasMessageContaining("Its tables have the prefix \"\", and the tablePrefix is \"C8_\".");
        assertThat(store("false").positions().join()).hasSize(2);
    }

    @Test
    void otherPositionsThanTheManifestsAreNoRestore() throws SQLException {
        backup();
        sql("UPDATE EXPORTER_POSITION SET LAST_EXPORTED_POSITION = 8 WHERE PARTITION_ID = 1");

        assertThat(Failures.of(restore(RestoreInto.DROPPED_DATABASE, "true")))
                .hasMessageContaining("the exporter positions in the database are not those of its manifest");
        assertThat(Failures.of(store("false").positions()).reason()).isEqualTo(Reason.HALF_RESTORED);
    }

    @Test
    void aDamagedDumpIsRefusedBeforeAnythingIsTouched() throws IOException {
        DatabaseBackup backup = backup();
        Files.writeString(dumps.resolve("one").resolve(backup.files().get(0).path()), "x", StandardCharsets.UTF_8);

        assertThat(Failures.of(restore(RestoreInto.DROPPED_DATABASE, "true")).reason())
                .isEqualTo(Reason.DUMP_DAMAGED);
        assertThat(store("false").positions().join()).hasSize(2);
    }

    @Test
    void whatCannotBeRestoredByACommandIsRefused() {
        backup();

        assertThat(Failures.of(store("false").restore(ID, RestoreInto.DROPPED_DATABASE, progress -> {})))
                .hasMessageContaining("There is no command to restore it.");
    }

    // Describing

    @Test
    void nothingShowsThePassword() {
        JdbcDatabaseStore store = JdbcDatabaseStore.postgresql()
                .url("jdbc:postgresql://db.internal/camunda?sslmode=require&sslpassword=" + RealDatabase.PASSWORD)
                .user("camunda")
                .password(() -> RealDatabase.PASSWORD)
                .tablePrefix("C8_")
                .dumps(Path.of("/backups"))
                .build(resources);

        assertThat(store)
                .hasToString("PostgreSQL database db.internal:5432/camunda, table prefix C8_, dumps in /backups");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db/camunda?user=c&password=s3cret",
                "jdbc:mysql://camunda:s3cret@db/camunda",
                "jdbc:oracle:thin:camunda/s3cret@db:1521:camunda",
                "jdbc:sqlserver://db;Password=s3cret"
            })
    void aUrlWithAPasswordIsRefused(String url) {
        CommandsBuilder builder = JdbcDatabaseStore.commands("true").url(url).dumps(dumps);

        assertThatThrownBy(() -> builder.build(resources))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Leave it out, and say it with password(…)")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void otherUrlsAreNot() {
        for (String url : List.of(
                "jdbc:oracle:thin:@//db.internal:1521/camunda",
                "jdbc:sqlserver://db:1433;databaseName=camunda",
                "jdbc:postgresql://[::1]:5432/camunda?sslmode=require",
                "jdbc:h2:mem:camunda;DB_CLOSE_DELAY=-1")) {
            assertThat(Connections.withoutPassword(url)).isEqualTo(url);
        }
    }

    @Test
    void aDriverDoesNotShowThePasswordOfAKey() {
        assertThat(Failures.of(JdbcDatabaseStore.commands("true")
                        .url("jdbc:nowhere://db/camunda?sslpassword=" + RealDatabase.PASSWORD)
                        .dumps(dumps)
                        .build(resources)
                        .positions()))
                .hasMessageContaining("sslpassword=…")
                .hasMessageNotContaining(RealDatabase.PASSWORD);
    }

    @Test
    void toolsOfPostgreSqlAreNotLedElsewhereByWhatTheyInherit() {
        assertThat(List.of("PATH", "PGPASSFILE", "PGSSLROOTCERT")).allMatch(PostgreSql.INHERITED);
        assertThat(List.of("PGHOSTADDR", "PGSERVICE", "PGOPTIONS", "PGCLIENTENCODING"))
                .noneMatch(PostgreSql.INHERITED);
    }

    @Test
    void aUrlThatNamesNoServerIsRefused() {
        assertThatThrownBy(() -> JdbcDatabaseStore.mariadb()
                        .url("jdbc:mariadb://one,two/camunda?password=" + RealDatabase.PASSWORD)
                        .dumps(dumps)
                        .build(resources))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("jdbc:mariadb://host:3306/database")
                .hasMessageNotContaining(RealDatabase.PASSWORD);
    }

    /** Connections to the same database, as a pool gives them that was told so. */
    private DataSource committingNothing() {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    Connection connection = database.getConnection();
                    connection.setAutoCommit(false);
                    return connection;
                });
    }

    /** Connections to the same database, the third of which finds it changed: the positions were read with the second. */
    private DataSource changing(String statement) {
        AtomicInteger connections = new AtomicInteger();
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (connections.incrementAndGet() == 3) {
                        sql(statement);
                    }
                    return database.getConnection();
                });
    }
}
