package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.internal.web.WebAnswer;
import io.github.camundabackup.test.internal.web.WebRequest;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code /actuator/exporters}: the one exporter that there is. */
final class ExportersEndpoint implements ActuatorEndpoint {
    private final SearchEngine engine;

    ExportersEndpoint(SearchEngine engine) {
        this.engine = engine;
    }

    @Override
    public String name() {
        return "exporters";
    }

    @Override
    public Optional<WebAnswer> answer(WebRequest request, List<String> rest) {
        if (!rest.isEmpty() || !request.method().equals("GET")) {
            return Optional.empty();
        }
        String id = engine.name().toLowerCase(Locale.ROOT);
        return Optional.of(WebAnswer.json(200, List.of(Json.map("exporterId", id, "status", "ENABLED"))));
    }
}
