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
        return engine.ask(HttpCall.get("read the journal", INDEX, "_doc", repository))
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
        return (replaced.isPresent() ? CompletableFuture.<Void>completedFuture(null) : createIndex())
                .thenCompose(ready -> attempt(text, replaced, ATTEMPTS));
    }

    /** Nothing in it is searched for, so nothing in it is indexed; and it must not depend on what templates say. */
    private CompletableFuture<Void> createIndex() {
        HttpCall call = HttpCall.put("create the index of the journal", INDEX)
                .json(Map.of(
                        "settings",
                        Map.of(
                                "index",
                                Map.of(
                                        "number_of_shards",
                                        1,
                                        "auto_expand_replicas",
                                        "0-1",
                                        "default_pipeline",
                                        "_none",
                                        "final_pipeline",
                                        "_none")),
                        "mappings",
                        Map.of(
                                "enabled",
                                false,
                                "_source",
                                Map.of("enabled", true),
                                "_routing",
                                Map.of("required", false))));
        return Futures.recover(
                engine.readUnless(error -> error.is("resource_already_exists_exception"), call, Privilege.KEEP_JOURNAL)
                        .thenApply(created -> null),
                error -> CompletableFuture.failedFuture(
                        error instanceof SnapshotStoreException refused
                                        && refused.reason() == SnapshotStoreException.Reason.OTHER
                                ? refusedByTemplates(refused)
                                : error));
    }

    /** Such as a template that makes every index a data stream. */
    private static SnapshotStoreException refusedByTemplates(SnapshotStoreException refused) {
        return new SnapshotStoreException(
                refused.reason(),
                refused.getMessage() + " Nothing was changed. If an index template is the reason, take " + INDEX
                        + " out of its patterns, or make a template for " + INDEX
                        + " with a higher priority. To do without this journal, wrap the snapshot store in a"
                        + " ForwardingSnapshotStore whose journal() is empty, and configure a DirectoryJournal, or accept"
                        + " that there is no lock.",
                refused);
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
        HttpCall call = HttpCall.put("write the journal", INDEX, "_doc", repository);
        HttpCall conditional = replaced.map(JournalEntry::version)
                .map(version -> version.split("/", 2))
                .map(version -> call.query("if_seq_no", version[0]).query("if_primary_term", version[1]))
                .orElseGet(() -> call.query("op_type", "create"));
        return conditional.json(Map.of("formatVersion", FORMAT_VERSION, "text", text));
    }

    private static boolean isUnclear(Throwable failure) {
        return FailureKind.of(failure) == FailureKind.TRANSIENT
                || (failure instanceof RemoteCallException call && call.mayHaveHappened());
    }

    private static JournalEntry entry(HttpAnswer answer) {
        JsonValue source = answer.json().at("_source");
        long format = source.number("formatVersion").orElse(0);
        if (format != FORMAT_VERSION || source.text("text").isEmpty()) {
            throw answer.unexpected("it is no journal that this version of the library can read");
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
