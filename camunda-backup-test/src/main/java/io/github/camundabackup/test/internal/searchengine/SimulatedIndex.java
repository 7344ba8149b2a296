package io.github.camundabackup.test.internal.searchengine;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An index: its documents by id, and whether it is open. A mutable object; guarded by the engine's lock. */
final class SimulatedIndex {
    /** What one document takes up, for all that counts bytes. */
    static final long BYTES_PER_DOCUMENT = 512;

    private final String name;
    private final String uuid;
    private final Map<String, Object> documents;
    private final Map<String, Revision> revisions = new HashMap<>();
    private final long created;
    private final String recoverySource;
    private final long recoveryBegan;
    private final long recoveredAt;
    private IndexMetadata metadata = IndexMetadata.NONE;
    private boolean refusedByNode;
    private boolean open = true;
    private long nextSequenceNumber;
    private int written;

    SimulatedIndex(String name, String uuid, Map<String, Object> documents, long created) {
        this(name, uuid, documents, created, "", 0, 0);
    }

    /**
     * @param created when it was made; of a restored one, when its original was
     * @param recoverySource repository and snapshot that it is restored from, separated by a slash; empty for none
     * @param recoveryBegan when its restore began
     * @param recoveredAt when its restore ends; never, if the engine has given it up
     */
    SimulatedIndex(
            String name,
            String uuid,
            Map<String, Object> documents,
            long created,
            String recoverySource,
            long recoveryBegan,
            long recoveredAt) {
        this.name = name;
        this.uuid = uuid;
        this.created = created;
        this.documents = new LinkedHashMap<>();
        // What is there from the beginning was not written.
        documents.forEach((id, document) -> {
            this.documents.put(id, document);
            revise(id);
        });
        this.recoverySource = recoverySource;
        this.recoveryBegan = recoveryBegan;
        this.recoveredAt = recoveredAt;
    }

    String name() {
        return name;
    }

    String uuid() {
        return uuid;
    }

    long created() {
        return created;
    }

    IndexMetadata metadata() {
        return metadata;
    }

    void setMetadata(IndexMetadata metadata) {
        this.metadata = metadata;
    }

    /** Whether it is given up because no node took it, and not because of its files. */
    boolean isRefusedByNode() {
        return refusedByNode;
    }

    void setRefusedByNode(boolean refused) {
        refusedByNode = refused;
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

    boolean isGivenUp() {
        return recoveredAt == SimulatedClock.NEVER;
    }

    /** How many of its bytes are restored: evenly until the end. */
    long recoveredBytes(long now) {
        if (isRecovered(now)) {
            return bytes();
        }
        return isGivenUp() ? 0 : (long) ((double) bytes() * (now - recoveryBegan) / (recoveredAt - recoveryBegan));
    }

    /** Adds a document or replaces it. */
    Revision put(String id, Object document) {
        documents.put(id, document);
        written++;
        return revise(id);
    }

    /** Deletes a document, which is counted as a change also if it is not there. */
    Revision delete(String id) {
        documents.remove(id);
        return revise(id);
    }

    @Nullable
    Object get(String id) {
        return documents.get(id);
    }

    /** The last change of a document; empty if there is no such document. */
    Optional<Revision> revision(String id) {
        return documents.containsKey(id) ? Optional.ofNullable(revisions.get(id)) : Optional.empty();
    }

    private Revision revise(String id) {
        Revision last = revisions.get(id);
        Revision revision = new Revision(nextSequenceNumber++, last == null ? 1 : last.version() + 1);
        revisions.put(id, revision);
        return revision;
    }

    /**
     * A change of a document.
     *
     * @param sequenceNumber counts the changes of the index, from 0
     * @param version counts the changes of the document, from 1, its deletions among them
     */
    record Revision(long sequenceNumber, long version) {}

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
