package io.github.camundabackup.internal.searchengine;

import io.github.camundabackup.error.RemoteCallException;
import io.github.camundabackup.error.SnapshotStoreException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.failure.FailureKind;
import io.github.camundabackup.internal.http.HttpAnswer;
import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.internal.searchengine.Dialect.Privilege;
import io.github.camundabackup.journal.BackupJournal;
import io.github.camundabackup.journal.JournalEntry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * The journal in the search engine: one document for each repository. A repository belongs to one cluster, since the
 * names of Camunda's snapshots do not distinguish clusters; and unlike addresses, its name is the same wherever a
 * backup is started from.
 *
 * <p>The index's name holds none of the words by which Camunda's restore procedure finds the indices that it has people
 * delete ({@code camunda}, {@code operate}, {@code tasklist}, {@code optimize}, {@code zeebe}), begins with no prefix
 * that Camunda or its exporters use, so that it is in no snapshot either, and has no dot in front, which would make it
 * a system index.
 */
final class EngineJournal implements BackupJournal {
    static final String INDEX = "hot-backup-journal";

    private static final int FORMAT_VERSION = 1;
    private static final int ATTEMPTS = 4;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final String WAY_OUT = " If an index template is the reason, take " + INDEX
            + " out of its patterns, or make a template for " + INDEX + " with a higher priority, and delete the index "
            + INDEX
            + " if there is one. To do without this journal, wrap the snapshot store in a ForwardingSnapshotStore"
            + " whose journal() is empty, and configure a DirectoryJournal, or accept that there is no lock.";

    private final Engine engine;
    private final String repository;

    EngineJournal(Engine engine, String repository) {
        this.engine = engine;
        this.repository = repository;
    }

    @Override
    public String description() {
        return "the journal of the repository " + repository + " in the index " + INDEX + " of " + engine;
    }

    // By its id a document is read as it is, with or without a refresh.
    @Override
    public CompletableFuture<Optional<JournalEntry>> read() {
        return engine.ask(document(HttpCall.get("read the journal", INDEX, "_doc", repository)))
                .thenApply(answer -> {
                    boolean noDocument = answer.status() == 404
                            && answer.jsonIfAny()
                                    .filter(json -> json.text("found").isPresent() && !json.isTrue("found"))
                                    .isPresent();
                    boolean noIndex = EngineError.of(answer)
                            .filter(EngineError::saysThatIndexIsMissing)
                            .isPresent();
                    return noDocument || noIndex
                            ? Optional.empty()
                            : Optional.of(entry(engine.require(answer, Privilege.KEEP_JOURNAL)));
                });
    }

    @Override
    public CompletableFuture<Optional<JournalEntry>> write(String text, Optional<JournalEntry> replaced) {
        CompletableFuture<Optional<JournalEntry>> written = replaced.isPresent()
                ? attempt(text, replaced, ATTEMPTS)
                : createIndex(ATTEMPTS)
                        .thenCompose(ready -> attempt(text, replaced, ATTEMPTS))
                        .thenCompose(this::requireReadable);
        return Futures.recover(
                written,
                failure -> CompletableFuture.failedFuture(
                        isRefusedForGood(failure, replaced.isEmpty()) ? withTheWayOut(failure) : failure));
    }

    /**
     * Nothing in it is searched for, so nothing in it is indexed. And it must not depend on index templates, which this
     * request overrides where the engine lets it: tested with each in RealEngineTemplatesIT.
     */
    private CompletableFuture<Void> createIndex(int attempts) {
        Map<String, Object> settings = new LinkedHashMap<>(engine.dialect().plainIndex());
        settings.put("number_of_shards", 1);
        settings.put("routing_partition_size", 1);
        settings.put("auto_expand_replicas", "0-1");
        settings.put("write", Map.of("wait_for_active_shards", "1"));
        settings.put("default_pipeline", "_none");
        settings.put("final_pipeline", "_none");
        settings.put("routing", Map.of("allocation", Map.of("enable", "all")));
        settings.put(
                "blocks",
                Map.of(
                        "read_only",
                        false,
                        "read_only_allow_delete",
                        false,
                        "read",
                        false,
                        "write",
                        false,
                        "metadata",
                        false));
        HttpCall call = HttpCall.put("create the index of the journal", INDEX)
                .json(Map.of(
                        "settings",
                        Map.of("index", settings),
                        "mappings",
                        Map.of(
                                "enabled",
                                false,
                                "_source",
                                Map.of("enabled", true, "includes", List.of("*"), "excludes", List.of("none")))));
        return Futures.recover(
                engine.readUnless(error -> error.is("resource_already_exists_exception"), call, Privilege.KEEP_JOURNAL)
                        .thenApply(created -> null),
                error -> isUnclear(error) && attempts > 1
                        ? engine.time().delay(PAUSE).thenCompose(passed -> createIndex(attempts - 1))
                        : CompletableFuture.failedFuture(error));
    }

    /**
     * What the engine has accepted it may keep in parts only, as a template of the index says. What it does not say now
     * is no reason to forget that it was written.
     */
    private CompletableFuture<Optional<JournalEntry>> requireReadable(Optional<JournalEntry> written) {
        return written.isEmpty()
                ? CompletableFuture.completedFuture(written)
                : Futures.recover(
                        read().thenApply(found -> written),
                        failure -> FailureKind.of(failure) == FailureKind.NONSENSE
                                ? CompletableFuture.failedFuture(failure)
                                : CompletableFuture.completedFuture(written));
    }

    /** An error inside of an engine may pass, but not that of one that cannot make the index or the first document. */
    private static boolean isRefusedForGood(Throwable failure, boolean first) {
        return switch (FailureKind.of(failure)) {
            case OTHER ->
                failure instanceof SnapshotStoreException || (first && failure instanceof RemoteCallException);
            case NONSENSE -> first;
            case DENIED, TRANSIENT, GONE, CONFLICT -> false;
        };
    }

    private static SnapshotStoreException withTheWayOut(Throwable refused) {
        return new SnapshotStoreException(SnapshotStoreException.Reason.OTHER, refused.getMessage() + WAY_OUT, refused);
    }

    /** Every attempt names the version that it replaces, so that at most one of them has an effect. */
    private CompletableFuture<Optional<JournalEntry>> attempt(
            String text, Optional<JournalEntry> replaced, int attempts) {
        CompletableFuture<Optional<JournalEntry>> sent = engine.sendUnless(
                        error -> error.is("version_conflict_engine_exception") || error.saysThatIndexIsMissing(),
                        put(text, replaced),
                        Privilege.KEEP_JOURNAL)
                .thenApply(answer -> answer.map(accepted -> new JournalEntry(text, version(accepted))));
        return sent.handle((written, error) -> {
                    if (error == null && written.isPresent()) {
                        return CompletableFuture.completedFuture(written);
                    }
                    Throwable failure = error == null ? null : Futures.unwrap(error);
                    if (failure != null && !isUnclear(failure)) {
                        return CompletableFuture.<Optional<JournalEntry>>failedFuture(failure);
                    }
                    return read().thenCompose(found -> {
                        if (found.map(JournalEntry::text).equals(Optional.of(text))) {
                            return CompletableFuture.completedFuture(found);
                        }
                        boolean unchanged =
                                found.map(JournalEntry::version).equals(replaced.map(JournalEntry::version));
                        if (failure == null || !unchanged) {
                            return CompletableFuture.completedFuture(Optional.<JournalEntry>empty());
                        }
                        return attempts <= 1
                                ? CompletableFuture.<Optional<JournalEntry>>failedFuture(failure)
                                : engine.time()
                                        .delay(PAUSE)
                                        .thenCompose(passed -> attempt(text, replaced, attempts - 1));
                    });
                })
                .thenCompose(next -> next);
    }

    private HttpCall put(String text, Optional<JournalEntry> replaced) {
        HttpCall call = document(HttpCall.put("write the journal", INDEX, "_doc", repository));
        HttpCall conditional = replaced.map(JournalEntry::version)
                .map(version -> version.split("/", 2))
                .map(version -> call.query("if_seq_no", version[0]).query("if_primary_term", version[1]))
                .orElseGet(() -> call.query("op_type", "create"));
        return conditional.json(Map.of("formatVersion", FORMAT_VERSION, "text", text));
    }

    /** A template may demand routing, and Elasticsearch does not let an index deny it. */
    private HttpCall document(HttpCall call) {
        return call.query("routing", repository);
    }

    private static boolean isUnclear(Throwable failure) {
        return FailureKind.of(failure) == FailureKind.TRANSIENT
                || (failure instanceof RemoteCallException call && call.mayHaveHappened());
    }

    private static JournalEntry entry(HttpAnswer answer) {
        JsonValue source = answer.json().at("_source");
        long format = source.number("formatVersion").orElse(0);
        if (format != FORMAT_VERSION || source.text("text").isEmpty()) {
            throw answer.unexpected(
                    "it is no journal that this version of the library can read, or an index template of " + INDEX
                            + " keeps parts of it away");
        }
        return new JournalEntry(source.text("text").get(), version(answer));
    }

    private static String version(HttpAnswer answer) {
        JsonValue json = answer.json();
        OptionalLong number = json.number("_seq_no");
        OptionalLong term = json.number("_primary_term");
        if (number.isEmpty() || term.isEmpty()) {
            throw answer.unexpected("it has no _seq_no and _primary_term");
        }
        return number.getAsLong() + "/" + term.getAsLong();
    }

    @Override
    public String toString() {
        return description();
    }
}
