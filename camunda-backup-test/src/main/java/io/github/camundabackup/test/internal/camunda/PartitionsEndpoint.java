package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.test.internal.searchengine.SimulatedClock;
import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.internal.web.WebAnswer;
import io.github.camundabackup.test.internal.web.WebRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /actuator/partitions} of a broker that leads all of them. */
final class PartitionsEndpoint implements ActuatorEndpoint {
    private final Exporting exporting;
    private final SimulatedClock clock;

    PartitionsEndpoint(Exporting exporting, SimulatedClock clock) {
        this.exporting = exporting;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "partitions";
    }

    @Override
    public Optional<String> variable() {
        return Optional.of("operation");
    }

    @Override
    public Optional<WebAnswer> answer(WebRequest request, List<String> rest) {
        if (!rest.isEmpty()) {
            return Optional.empty();
        }
        if (!request.method().equals("GET")) {
            return Optional.of(SpringAnswers.error(405, request, clock.instant()));
        }
        Map<String, @Nullable Object> partitions = new LinkedHashMap<>();
        for (int partition = 1; partition <= exporting.partitions(); partition++) {
            partitions.put(String.valueOf(partition), partition(partition));
        }
        return Optional.of(SpringAnswers.actuator(200, partitions));
    }

    private Map<String, @Nullable Object> partition(int partition) {
        return Json.map(
                "role",
                "LEADER",
                "processedPosition",
                exporting.processedPosition(partition),
                "snapshotId",
                null,
                "processedPositionInSnapshot",
                null,
                "streamProcessorPhase",
                exporting.isReplaying() ? "REPLAY" : "PROCESSING",
                "exporterPhase",
                exporting.phase(partition).name(),
                "exportedPosition",
                exporting.exportedPosition(partition),
                "clock",
                Json.map(
                        "instant", clock.instant().toString(),
                        "modificationType", "None",
                        "modification", Map.of()));
    }
}
