package io.github.camundabackup.test.internal.searchengine;

import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.internal.web.WebRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code _index_template}. Called with the engine's lock held. */
final class TemplateRest {
    private TemplateRest() {}

    static Optional<Object> answer(EngineState engine, WebRequest request, List<String> path) {
        if (request.method().equals("GET") && path.isEmpty()) {
            return Optional.of(list(engine));
        }
        if (request.method().equals("DELETE") && path.size() == 1) {
            NamePatterns.of(path.get(0))
                    .select(engine.templates().keySet())
                    .names()
                    .forEach(name -> engine.templates().remove(name));
            return Optional.of(SnapshotRest.ACKNOWLEDGED);
        }
        return Optional.empty();
    }

    private static Object list(EngineState engine) {
        List<Object> templates = new ArrayList<>();
        engine.templates()
                .forEach((name, pattern) -> templates.add(Json.map(
                        "name",
                        name,
                        "index_template",
                        Json.map("index_patterns", List.of(pattern), "template", Map.of(), "composed_of", List.of()))));
        return Json.map("index_templates", templates);
    }
}
