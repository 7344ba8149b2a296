package io.github.camundabackup.test.internal.searchengine;

import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.internal.web.WebRequest;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import io.github.camundabackup.test.simulation.model.SnapshotDamage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The requests below {@code /_snapshot}. Called with the engine's lock held. */
final class SnapshotRest {
    static final Map<String, @Nullable Object> ACKNOWLEDGED = Json.map("acknowledged", true);

    private final EngineState engine;
    private final SnapshotJson json;
    private final SnapshotListing listing;
    private final RestoreRest restores;

    SnapshotRest(EngineState engine) {
        this.engine = engine;
        json = new SnapshotJson(engine);
        listing = new SnapshotListing(engine, json);
        restores = new RestoreRest(engine);
    }

    /**
     * @param path what follows {@code _snapshot}
     * @return empty if there is no such call
     */
    Optional<CompletableFuture<Object>> answer(WebRequest request, List<String> path) {
        String call = request.method() + " " + path.size() + (path.isEmpty() ? "" : special(path.get(path.size() - 1)));
        return switch (call) {
            case "GET 0" -> now(repositories("_all"));
            case "GET 1" -> now(repositories(path.get(0)));
            case "GET 1_status" -> now(status(List.copyOf(engine.repositories().values()), ""));
            case "PUT 1", "POST 1" -> now(register(request, path.get(0)));
            case "DELETE 1" -> now(unregister(path.get(0)));
            case "POST 2_verify" -> now(verify(path.get(0)));
            case "GET 2_status" -> now(status(List.of(engine.repository(path.get(0))), ""));
            case "GET 2" -> now(listing.get(request, path.get(0), path.get(1)));
            case "PUT 2", "POST 2" -> Optional.of(create(request, path.get(0), path.get(1)));
            case "DELETE 2" -> now(delete(path.get(0), path.get(1)));
            case "GET 3_status" -> now(status(List.of(engine.repository(path.get(0))), path.get(1)));
            case "POST 3_restore" ->
                Optional.of(restores.restore(request, engine.repository(path.get(0)), path.get(1)));
            default -> Optional.empty();
        };
    }

    private static String special(String segment) {
        return List.of("_status", "_verify", "_restore").contains(segment) ? segment : "";
    }

    private static Optional<CompletableFuture<Object>> now(Object answer) {
        return Optional.of(CompletableFuture.completedFuture(answer));
    }

    private Map<String, @Nullable Object> repositories(String names) {
        NamePatterns patterns = NamePatterns.of(names);
        NamePatterns.Selection selection = patterns.select(engine.repositories().keySet());
        selection.missing().stream().findFirst().ifPresent(missing -> {
            throw EngineException.repositoryMissing(missing);
        });
        Map<String, @Nullable Object> found = new LinkedHashMap<>();
        for (String name : selection.names()) {
            SimulatedRepository repository = engine.repository(name);
            found.put(name, Json.map("type", repository.type(), "settings", texts(repository.settings())));
        }
        return found;
    }

    /** Settings come back as texts. */
    private static Map<String, @Nullable Object> texts(Map<String, Object> settings) {
        Map<String, @Nullable Object> texts = new LinkedHashMap<>();
        settings.forEach((name, value) -> texts.put(name, String.valueOf(value)));
        return texts;
    }

    @SuppressWarnings("unchecked")
    private Object register(WebRequest request, String name) {
        Map<String, Object> body = request.json()
                .orElseThrow(() -> EngineException.of(400, "parse_exception", "request body is required"));
        Object settings = body.getOrDefault("settings", Map.of());
        engine.register(name, String.valueOf(body.get("type")), (Map<String, Object>) settings);
        return ACKNOWLEDGED;
    }

    private Object unregister(String name) {
        engine.unregister(name);
        return ACKNOWLEDGED;
    }

    private Object verify(String name) {
        engine.repository(name);
        refuseIfUnusable(name);
        return Json.map("nodes", Json.map("simulated-node-1", Json.map("name", "simulated-1")));
    }

    private void refuseIfUnusable(String name) {
        if (engine.isUnusable()) {
            throw EngineException.of(
                    500, "repository_verification_exception", "[" + name + "] path  is not accessible on master node");
        }
    }

    private Object status(List<SimulatedRepository> repositories, String names) {
        long now = engine.clock().now();
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        for (SimulatedRepository repository : repositories) {
            if (names.isEmpty()) {
                repository.snapshots(now).stream()
                        .filter(snapshot -> snapshot.isInProgress(now))
                        .forEach(snapshot -> found.add(json.status(repository, snapshot)));
            } else {
                for (String name : NamePatterns.of(names).patterns()) {
                    SimulatedSnapshot snapshot = repository
                            .find(name, now)
                            .orElseThrow(() -> EngineException.snapshotMissing(repository.name(), name));
                    refuseIfDamaged(repository, snapshot);
                    found.add(json.status(repository, snapshot));
                }
            }
        }
        return Json.map("snapshots", found);
    }

    /**
     * The status call reads a file of each shard. OpenSearch answers for a missing one as for a snapshot that is not
     * there.
     */
    private void refuseIfDamaged(SimulatedRepository repository, SimulatedSnapshot snapshot) {
        if (snapshot.has(SnapshotDamage.DESCRIPTION)) {
            throw EngineException.fileMissing(repository, snapshot);
        }
        if (snapshot.has(SnapshotDamage.SHARDS)) {
            throw switch (engine.engine()) {
                case ELASTICSEARCH -> EngineException.fileMissing(repository, snapshot);
                case OPENSEARCH -> EngineException.snapshotMissing(repository.name(), snapshot.name());
            };
        }
    }

    @SuppressWarnings("unchecked")
    private CompletableFuture<Object> create(WebRequest request, String repositoryName, String name) {
        SimulatedRepository repository = engine.repository(repositoryName);
        refuseName(repositoryName, name);
        if (repository.find(name, engine.clock().now()).isPresent()) {
            String type = engine.engine() == SearchEngine.ELASTICSEARCH
                    ? "snapshot_name_already_in_use_exception"
                    : "invalid_snapshot_name_exception";
            throw invalidName(repositoryName, name, type, "snapshot with the same name already exists");
        }
        if (repository.isReadOnly()) {
            throw EngineException.of(
                    500,
                    "repository_exception",
                    "[" + repositoryName + "] cannot create snapshot in a readonly repository");
        }
        refuseIfUnusable(repositoryName);
        Map<String, Object> body = request.json().orElse(Map.of());
        NamePatterns.Selection selection =
                NamePatterns.ofJson(body.get("indices")).select(engine.indices().keySet());
        if (!selection.missing().isEmpty() && !Boolean.TRUE.equals(body.get("ignore_unavailable"))) {
            throw EngineException.indexNotFound(selection.missing().get(0));
        }
        SimulatedSnapshot snapshot = engine.snapshot(
                repository,
                name,
                List.copyOf(selection.names()),
                (Map<String, Object>) body.get("metadata"),
                !Boolean.FALSE.equals(body.get("include_global_state")));
        if (!request.isTrue("wait_for_completion")) {
            return CompletableFuture.completedFuture(Json.map("accepted", true));
        }
        return engine.clock().until(snapshot.end()).thenApply(done -> {
            synchronized (engine.lock()) {
                return Json.map("snapshot", json.complete(repository, snapshot));
            }
        });
    }

    private static void refuseName(String repository, String name) {
        String why = "";
        if (name.chars().anyMatch(Character::isWhitespace)) {
            why = "must not contain whitespace";
        } else if (!name.equals(name.toLowerCase(Locale.ROOT))) {
            why = "must be lowercase";
        } else if (name.contains(",") || name.contains("#")) {
            why = "must not contain '" + (name.contains(",") ? "," : "#") + "'";
        } else if (name.startsWith("_")) {
            why = "must not start with '_'";
        } else if (name.matches(".*[\\\\/*?\"<>|].*")) {
            why = "must not contain the following characters [ , \", *, \\, <, |, ,, >, /, ?]";
        }
        if (!why.isEmpty()) {
            throw invalidName(repository, name, "invalid_snapshot_name_exception", why);
        }
    }

    private static EngineException invalidName(String repository, String name, String type, String why) {
        return EngineException.of(
                400, type, "[" + repository + ":" + name + "] Invalid snapshot name [" + name + "], " + why);
    }

    private Object delete(String repositoryName, String names) {
        SimulatedRepository repository = engine.repository(repositoryName);
        if (repository.isReadOnly()) {
            throw EngineException.of(
                    500,
                    "repository_exception",
                    "[" + repositoryName + "] cannot delete snapshots from a readonly repository");
        }
        long now = engine.clock().now();
        NamePatterns.Selection selection = NamePatterns.of(names)
                .select(repository.snapshots(now).stream()
                        .map(SimulatedSnapshot::name)
                        .toList());
        if (!selection.missing().isEmpty()) {
            throw EngineException.snapshotMissing(
                    repositoryName, selection.missing().get(0));
        }
        repository.snapshots(now).stream()
                .filter(snapshot -> selection.names().contains(snapshot.name()))
                .forEach(snapshot -> snapshot.delete(now));
        return ACKNOWLEDGED;
    }
}
