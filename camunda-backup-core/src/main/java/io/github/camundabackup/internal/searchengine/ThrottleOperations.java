package io.github.camundabackup.internal.searchengine;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.internal.json.Document;
import io.github.camundabackup.internal.json.Json;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.internal.searchengine.Dialect.Privilege;
import io.github.camundabackup.snapshot.RestoreThrottles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Raises the limits of the whole engine. What they were is kept among the engine's settings too, below
 * {@code cluster.metadata}, where engines keep what users want to keep: so it is written with the very request that
 * raises them, and forgotten with the one that puts them back, and no kill can come in between. Elasticsearch documents
 * these settings ("user-defined cluster metadata"), and OpenSearch has them from there.
 *
 * <p>The limit of the repository is left as it is. To change it, the repository must be registered anew: by an account
 * that may send data to any place, from settings that engines do not show in full, as they keep secrets back.
 */
final class ThrottleOperations implements RestoreThrottles {
    /** The name of the note of what the limits were. */
    static final String NOTE = "cluster.metadata.raised-for-a-restore";

    private static final int FORMAT_VERSION = 1;
    private static final String TRANSIENT = "transient";
    private static final String PERSISTENT = "persistent";
    private static final String OWN = "the engine's own limit";
    private static final int MANY = 20;
    private static final List<Limit> LIMITS = List.of(
            new Limit("indices.recovery.max_bytes_per_sec", "0", "no limit", ThrottleOperations::slows),
            new Limit(
                    "cluster.routing.allocation.node_initial_primaries_recoveries",
                    String.valueOf(MANY),
                    String.valueOf(MANY),
                    value -> !value.matches("\\d{1,9}") || Integer.parseInt(value) < MANY));

    private final Engine engine;
    private final RepositoryOperations repository;

    ThrottleOperations(Engine engine, RepositoryOperations repository) {
        this.engine = engine;
        this.repository = repository;
    }

    /**
     * A setting of the engine.
     *
     * @param raised what it is raised to
     * @param words the same, for people
     * @param slows whether a value slows a restore down
     */
    private record Limit(String name, String raised, String words, Predicate<String> slows) {}

    /** A setting that was raised. */
    private record Raised(String kind, String name, Optional<String> was, Optional<String> raised) {}

    @Override
    public CompletableFuture<Limits> limits() {
        return settings()
                .thenCompose(now -> ofRepository().thenApply(left -> {
                    Settings settings = before(now);
                    List<String> sentences = new ArrayList<>(left.stream().toList());
                    now.note()
                            .ifPresent(note -> sentences.add("Limits are raised already, by "
                                    + note(note).text("by") + ". If that has ended, recover() puts them back."));
                    return new Limits(
                            settings.slowing().stream()
                                    .map(limit -> limit.name() + " from "
                                            + settings.effective(limit.name()).orElse(OWN) + " to " + limit.words())
                                    .toList(),
                            sentences);
                }));
    }

    /** As if what another restore has raised were put back. */
    private Settings before(Settings now) {
        Settings before = new Settings(
                new TreeMap<>(now.transients()), new TreeMap<>(now.persistent()), new TreeMap<>(now.defaults()));
        now.note()
                .ifPresent(note -> raised(note(note)).stream()
                        .filter(limit -> now.of(limit.kind(), limit.name()).equals(limit.raised()))
                        .forEach(limit -> limit.was()
                                .ifPresentOrElse(
                                        was -> before.kind(limit.kind()).put(limit.name(), was),
                                        () -> before.kind(limit.kind()).remove(limit.name()))));
        return before;
    }

    private Document note(String text) {
        try {
            return Document.read(text, "note of raised limits", FORMAT_VERSION);
        } catch (IllegalArgumentException e) {
            throw new CamundaBackupException(
                    "The setting " + NOTE + " of " + engine
                            + " cannot be read. Put back by hand what it names, and set it to null. " + e.getMessage(),
                    e);
        }
    }

    private static List<Raised> raised(Document note) {
        return note.json().at("limits").fields().entrySet().stream()
                .map(limit -> new Raised(
                        limit.getValue().text("kind").orElse(PERSISTENT),
                        limit.getKey(),
                        limit.getValue().text("was"),
                        limit.getValue().text("raised")))
                .toList();
    }

    private CompletableFuture<Optional<String>> ofRepository() {
        return Futures.recover(
                repository
                        .restoreLimit()
                        .thenApply(own -> own.filter(ThrottleOperations::slows)
                                .map(limit -> "The repository is registered with max_restore_bytes_per_sec=" + limit
                                        + ", which is not raised. For a faster restore, register it without.")),
                error -> error instanceof CamundaBackupException
                        ? CompletableFuture.completedFuture(Optional.of(
                                "It was not seen whether the repository has a limit of its own. " + error.getMessage()))
                        : CompletableFuture.failedFuture(error));
    }

    private static boolean slows(String bytesPerSecond) {
        return !bytesPerSecond.matches("(0|-1)[a-zA-Z]*");
    }

    @Override
    public CompletableFuture<Boolean> raise(String by) {
        return settings().thenCompose(settings -> {
            List<Limit> slowing = settings.slowing();
            if (settings.note().isPresent() || slowing.isEmpty()) {
                return CompletableFuture.completedFuture(false);
            }
            Changes changes = new Changes();
            Map<String, Object> kept = new LinkedHashMap<>();
            for (Limit limit : slowing) {
                // What is set for the time being hides what is set for good.
                String kind = settings.transients().containsKey(limit.name()) ? TRANSIENT : PERSISTENT;
                Map<String, Object> before = new LinkedHashMap<>();
                before.put("kind", kind);
                settings.of(kind, limit.name()).ifPresent(value -> before.put("was", value));
                before.put("raised", limit.raised());
                kept.put(limit.name(), before);
                changes.set(kind, limit.name(), limit.raised());
            }
            Map<String, Object> note = new LinkedHashMap<>();
            note.put("formatVersion", FORMAT_VERSION);
            note.put("by", by);
            note.put("repository", repository.name());
            note.put("limits", kept);
            changes.set(PERSISTENT, NOTE, new String(Json.write(note), StandardCharsets.UTF_8));
            return change("raise the limits of restores", changes).thenApply(done -> true);
        });
    }

    @Override
    public CompletableFuture<PutBack> putBack() {
        return settings()
                .thenCompose(settings -> settings.note()
                        .map(note -> putBack(settings, note(note)))
                        .orElseGet(() -> CompletableFuture.completedFuture(PutBack.nothing())));
    }

    private CompletableFuture<PutBack> putBack(Settings settings, Document note) {
        String from = note.text("repository");
        if (!from.equals(repository.name())) {
            return CompletableFuture.completedFuture(PutBack.leaving("Limits of the engine are raised by "
                    + note.text("by")
                    + ", from the repository " + from + ". They were left so, as it may go on: a restore from there, or"
                    + " recover() of its cluster, puts them back."));
        }
        Changes changes = new Changes();
        List<String> done = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (Raised limit : raised(note)) {
            Optional<String> now = settings.of(limit.kind(), limit.name());
            if (now.equals(limit.raised())) {
                changes.set(limit.kind(), limit.name(), limit.was().orElse(null));
                done.add(limit.name() + " to " + limit.was().orElse(OWN));
            } else if (!now.equals(limit.was())) {
                left.add("Somebody has changed " + limit.name() + " since the restore raised it: it is "
                        + now.map(value -> "set to " + value).orElse("not set any more")
                        + ", and was left so. Before, it was "
                        + limit.was().map(value -> "set to " + value).orElse("not set") + ".");
            }
        }
        changes.set(PERSISTENT, NOTE, null);
        return change("put back the limits of restores", changes)
                .thenApply(changed -> new PutBack(note.text("by"), done, left));
    }

    /** In one request, which has all of its effect or none, and the same however often it comes. */
    private CompletableFuture<Void> change(String action, Changes changes) {
        return engine.read(HttpCall.put(action, "_cluster", "settings").json(changes.byKind), Privilege.RAISE_LIMITS)
                .thenAccept(done -> {});
    }

    private CompletableFuture<Settings> settings() {
        return engine.read(
                        HttpCall.get("see how fast the engine restores", "_cluster", "settings")
                                .query("include_defaults", "true")
                                .query(
                                        "filter_path",
                                        "*.indices.recovery.max_bytes_per_sec,"
                                                + "*.cluster.routing.allocation.node_initial_primaries_recoveries,"
                                                + "*.cluster.metadata"),
                        Privilege.SEE_ENGINE)
                .thenApply(answer -> {
                    JsonValue json = answer.json();
                    if (!json.isObject()) {
                        throw answer.unexpected("these are no settings");
                    }
                    return new Settings(
                            Flattened.of("", json.at(TRANSIENT)),
                            Flattened.of("", json.at(PERSISTENT)),
                            Flattened.of("", json.at("defaults")));
                });
    }

    /** What the engine is set to; each kind hides those after it. */
    private record Settings(
            Map<String, String> transients, Map<String, String> persistent, Map<String, String> defaults) {
        Optional<String> of(String kind, String name) {
            return Optional.ofNullable(kind(kind).get(name));
        }

        Map<String, String> kind(String kind) {
            return kind.equals(TRANSIENT) ? transients : persistent;
        }

        Optional<String> effective(String name) {
            return of(TRANSIENT, name).or(() -> of(PERSISTENT, name)).or(() -> Optional.ofNullable(defaults.get(name)));
        }

        Optional<String> note() {
            return Optional.ofNullable(persistent.get(NOTE));
        }

        List<Limit> slowing() {
            return LIMITS.stream()
                    .filter(limit ->
                            effective(limit.name()).map(limit.slows()::test).orElse(true))
                    .toList();
        }
    }

    /** Changes of settings, by kind and name; without a value, what is set is taken away. */
    private static final class Changes {
        private final Map<String, Map<String, @Nullable String>> byKind = new TreeMap<>();

        void set(String kind, String name, @Nullable String value) {
            byKind.computeIfAbsent(kind, none -> new TreeMap<>()).put(name, value);
        }
    }
}
