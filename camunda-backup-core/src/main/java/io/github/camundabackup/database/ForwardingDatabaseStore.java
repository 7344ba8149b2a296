package io.github.camundabackup.database;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A database store that hands on every call to another one; to change or to watch single ones. */
public abstract class ForwardingDatabaseStore implements DatabaseStore {
    private final DatabaseStore delegate;

    /**
     * @param delegate is closed with this
     */
    protected ForwardingDatabaseStore(DatabaseStore delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    @Override
    public String description() {
        return delegate.description();
    }

    @Override
    public CompletableFuture<DatabaseInfo> info() {
        return delegate.info();
    }

    @Override
    public CompletableFuture<SortedMap<Integer, ExporterPosition>> positions() {
        return delegate.positions();
    }

    @Override
    public CompletableFuture<Optional<String>> schemaVersion() {
        return delegate.schemaVersion();
    }

    @Override
    public CompletableFuture<DatabaseBackup> backup(DumpId id, Consumer<DatabaseProgress> progress) {
        return delegate.backup(id, progress);
    }

    @Override
    public CompletableFuture<List<DatabaseDump>> list() {
        return delegate.list();
    }

    @Override
    public CompletableFuture<Optional<DatabaseDump>> get(DumpId id) {
        return delegate.get(id);
    }

    @Override
    public CompletableFuture<DumpVerification> verify(DumpId id) {
        return delegate.verify(id);
    }

    @Override
    public CompletableFuture<Void> delete(DumpId id) {
        return delegate.delete(id);
    }

    @Override
    public CompletableFuture<SortedMap<Integer, ExporterPosition>> restore(
            DumpId id, RestoreInto into, Consumer<DatabaseProgress> progress) {
        return delegate.restore(id, into, progress);
    }

    /** The same as {@link #description()}. */
    @Override
    public String toString() {
        return description();
    }

    @Override
    public void close() {
        delegate.close();
    }
}
