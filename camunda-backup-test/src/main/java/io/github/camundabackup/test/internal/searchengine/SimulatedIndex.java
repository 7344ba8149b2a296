package io.github.camundabackup.test.internal.searchengine;

import java.util.LinkedHashMap;
import java.util.Map;

/** An index: its documents by id, and whether it is open. A mutable object; guarded by the engine's lock. */
final class SimulatedIndex {
    /** What one document takes up, for all that counts bytes. */
    static final long BYTES_PER_DOCUMENT = 512;

    private final String name;
    private final String uuid;
    private final Map<String, Object> documents;
    private final String recoverySource;
    private final long recoveredAt;
    private boolean open = true;
    private int written;

    SimulatedIndex(String name, String uuid, Map<String, Object> documents) {
        this(name, uuid, documents, "", 0);
    }

    /**
     * @param recoverySource repository and snapshot that it is restored from, separated by a slash; empty for none
     * @param recoveredAt when its restore ends
     */
    SimulatedIndex(String name, String uuid, Map<String, Object> documents, String recoverySource, long recoveredAt) {
        this.name = name;
        this.uuid = uuid;
        this.documents = new LinkedHashMap<>(documents);
        this.recoverySource = recoverySource;
        this.recoveredAt = recoveredAt;
    }

    String name() {
        return name;
    }

    String uuid() {
        return uuid;
    }

    boolean isOpen() {
        return open;
    }

    void setOpen(boolean open) {
        this.open = open;
    }

    String recoverySource() {
        return recoverySource;
    }

    boolean isRecovered(long now) {
        return now >= recoveredAt;
    }

    void put(String id, Object document) {
        documents.put(id, document);
        written++;
    }

    /** As they are now. */
    Map<String, Object> documents() {
        return new LinkedHashMap<>(documents);
    }

    /** How many documents were written since the index was made or restored. */
    int written() {
        return written;
    }

    int count() {
        return documents.size();
    }

    long bytes() {
        return documents.size() * BYTES_PER_DOCUMENT;
    }
}
