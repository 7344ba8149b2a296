package io.github.camundabackup.test.internal.searchengine;

import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.internal.web.WebRequest;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import java.util.List;
import java.util.Optional;

/**
 * The policies by which old indices are deleted: {@code _ilm/policy/NAME} and {@code _plugins/_ism/policies/NAME}.
 * Guarded by the engine's lock.
 */
final class PolicyRest {
    private PolicyRest() {}

    static Optional<Object> answer(EngineState engine, WebRequest request, List<String> path) {
        boolean elastic = engine.engine() == SearchEngine.ELASTICSEARCH;
        List<String> policies = elastic ? List.of("_ilm", "policy") : List.of("_plugins", "_ism", "policies");
        if (path.size() != policies.size() + 1
                || !path.subList(0, policies.size()).equals(policies)) {
            return Optional.empty();
        }
        String name = path.get(policies.size());
        return switch (request.method()) {
            case "PUT" -> {
                engine.policies().add(name);
                yield Optional.of(SnapshotRest.ACKNOWLEDGED);
            }
            case "GET" -> {
                if (!engine.policies().contains(name)) {
                    throw elastic
                            ? EngineException.of(
                                    404, "resource_not_found_exception", "Lifecycle policy not found: " + name)
                            : EngineException.of(404, "status_exception", "Policy not found");
                }
                yield Optional.of(elastic ? Json.map(name, Json.map("version", 1)) : Json.map("_id", name));
            }
            default -> Optional.empty();
        };
    }
}
