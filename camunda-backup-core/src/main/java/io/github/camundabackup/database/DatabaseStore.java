package io.github.camundabackup.database;

import io.github.camundabackup.error.DatabaseStoreException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One relational database that Camunda exports to, and one place for its dumps.
 *
 * <p><strong>Rules for implementations.</strong> Thread-safe. No method blocks. What goes wrong comes through the
 * future, as a {@link DatabaseStoreException}; never as null or as an empty result. A dump counts once its manifest is
 * written, and that is written last: whatever is killed whenever leaves nothing that looks whole. Passwords are never on
 * a command line, in a message or in {@code toString}. No method has a default; {@link ForwardingDatabaseStore} is for
 * stores that change little.
 */
public interface DatabaseStore extends AutoCloseable {

    /** Which product, which database, where: for messages. Without secrets. Asks nothing. */
    String description();

    /** Asks the database what it is. */
    CompletableFuture<DatabaseInfo> info();

    /**
     * How far Zeebe has exported to the database, by partition.
     *
     * @return completes with nothing in it if the table of exporter positions is empty; exceptionally with the reasons
     *     {@code TABLE_MISSING}, {@code WRONG_PREFIX} or {@code HALF_RESTORED}, or because the database did not answer
     */
    CompletableFuture<SortedMap<Integer, ExporterPosition>> positions();

    /**
     * The version of Camunda whose schema the database has ({@code RDBMS_SCHEMA_VERSION}).
     *
     * @return empty if the schema does not say, as that of 8.9
     */
    CompletableFuture<Optional<String>> schemaVersion();

    /**
     * Dumps the database. What earlier runs have left unfinished is removed first, unless they may still run.
     *
     * @param id of the new dump
     * @param progress called now and then, by one thread at a time; what it throws is logged and otherwise ignored
     * @return completes when the dump is there, with its manifest. Cancelling it ends the dump; it is not done before
     *     nothing of the dump goes on. If it fails, nothing is left that counts
     */
    CompletableFuture<DatabaseBackup> backup(DumpId id, Consumer<DatabaseProgress> progress);

    /** All dumps, unfinished ones too, by id. */
    CompletableFuture<List<DatabaseDump>> list();

    /**
     * One dump, whether it is finished or not. Reads its manifest; {@link #verify} reads its files.
     *
     * @return empty if there is none
     */
    CompletableFuture<Optional<DatabaseDump>> get(DumpId id);

    /**
     * Reads all of a dump, and compares it with its manifest.
     *
     * @return completes with what was found; exceptionally with {@code DUMP_MISSING} if there is no finished dump
     */
    CompletableFuture<DumpVerification> verify(DumpId id);

    /**
     * Deletes a dump, finished or not. Deleting what is not there is a success.
     *
     * @return fails with {@code DUMP_RUNNING} if it is being made, with {@code DUMP_DAMAGED} if it cannot be read
     */
    CompletableFuture<Void> delete(DumpId id);

    /**
     * Restores a dump into the database, after {@link #verify}. Nothing of Camunda may run on it meanwhile.
     *
     * @param into what may be in the database now
     * @param progress as in {@link #backup}
     * @return completes with the positions in the restored database, which were found to be those of the dump. Cancelling
     *     it ends the restore; it is not done before nothing of it goes on. What is half restored is refused by every
     *     other method that reads the database ({@code HALF_RESTORED}), until a restore is complete
     */
    CompletableFuture<SortedMap<Integer, ExporterPosition>> restore(
            DumpId id, RestoreInto into, Consumer<DatabaseProgress> progress);

    /** Gives up what is under way, without waiting. Closing twice does nothing. */
    @Override
    void close();
}
