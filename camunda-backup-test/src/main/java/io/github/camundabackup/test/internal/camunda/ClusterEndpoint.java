package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.internal.web.WebAnswer;
import io.github.camundabackup.test.internal.web.WebRequest;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@code /actuator/cluster}: one broker, which has all partitions. */
final class ClusterEndpoint implements ActuatorEndpoint {
    private final int partitions;
    private final SearchEngine engine;

    ClusterEndpoint(int partitions, SearchEngine engine) {
        this.partitions = partitions;
        this.engine = engine;
    }

    @Override
    public String name() {
        return "cluster";
    }

    @Override
    public Optional<WebAnswer> answer(WebRequest request, List<String> rest) {
        if (!rest.isEmpty() || !request.method().equals("GET")) {
            return Optional.empty();
        }
        Map<String, ?> exporter = Json.map("id", engine.name().toLowerCase(Locale.ROOT), "state", "ENABLED");
        List<?> held = IntStream.rangeClosed(1, partitions)
                .mapToObj(id -> Json.map(
                        "id",
                        id,
                        "state",
                        "ACTIVE",
                        "priority",
                        1,
                        "config",
                        Map.of("exporting", Map.of("exporters", List.of(exporter)))))
                .toList();
        Map<String, ?> broker = Json.map(
                "id", 0, "state", "ACTIVE", "version", 0, "lastUpdatedAt", "0000-01-01T00:00:00Z", "partitions", held);
        return Optional.of(WebAnswer.json(200, Json.map("version", 1, "brokers", List.of(broker))));
    }
}
