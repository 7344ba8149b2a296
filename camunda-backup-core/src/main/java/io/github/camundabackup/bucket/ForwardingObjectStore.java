package io.github.camundabackup.bucket;

import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;

/** An object store that hands on every call to another one; to change single answers, or to give it another name. */
public abstract class ForwardingObjectStore implements ObjectStore {
    private final ObjectStore delegate;

    /**
     * @param delegate is closed with this
     */
    protected ForwardingObjectStore(ObjectStore delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    @Override
    public ObjectPage list(String prefix, Optional<String> page) {
        return delegate.list(prefix, page);
    }

    @Override
    public ObjectPage listFolder(String folder, Optional<String> page) {
        return delegate.listFolder(folder, page);
    }

    @Override
    public Optional<StoredObject> head(String key) {
        return delegate.head(key);
    }

    @Override
    public InputStream open(String key) {
        return delegate.open(key);
    }

    @Override
    public String description() {
        return delegate.description();
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
