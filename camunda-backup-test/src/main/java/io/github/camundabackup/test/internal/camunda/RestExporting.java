package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.internal.web.WebAnswer;
import io.github.camundabackup.test.internal.web.WebRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** {@code /v2/exporting}, whose statuses mean what they say. */
final class RestExporting implements RestResource {
    private final Exporting exporting;

    RestExporting(Exporting exporting) {
        this.exporting = exporting;
    }

    @Override
    public List<String> path() {
        return List.of("exporting");
    }

    @Override
    public Optional<WebAnswer> answer(WebRequest request, List<String> rest) {
        String call = (request.method() + " " + String.join("/", rest)).strip();
        return switch (call) {
            case "GET" -> Optional.of(WebAnswer.json(200, Json.map("status", status())));
            case "POST pause" ->
                Optional.of(switched(
                        request, request.isTrue("soft") ? Exporting.Phase.SOFT_PAUSED : Exporting.Phase.PAUSED));
            case "POST resume" -> Optional.of(switched(request, Exporting.Phase.EXPORTING));
            default -> Optional.empty();
        };
    }

    private String status() {
        Set<Exporting.Phase> phases = IntStream.rangeClosed(1, exporting.partitions())
                .mapToObj(exporting::phase)
                .collect(Collectors.toSet());
        return phases.size() == 1 ? phases.iterator().next().name() : "MIXED";
    }

    private WebAnswer switched(WebRequest request, Exporting.Phase phase) {
        return exporting.switchTo(phase)
                ? WebAnswer.empty(204)
                : RestApplication.problem(
                        request,
                        500,
                        "INTERNAL_ERROR",
                        "Expected 1 members of partition " + exporting.partitions()
                                + " but found 0, ensure that all replicas are up");
    }
}
