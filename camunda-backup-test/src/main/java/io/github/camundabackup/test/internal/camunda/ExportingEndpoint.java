package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.test.internal.searchengine.SimulatedClock;
import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.internal.web.WebAnswer;
import io.github.camundabackup.test.internal.web.WebRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /actuator/exporting}, whose HTTP status is 200 even when it failed. */
final class ExportingEndpoint implements ActuatorEndpoint {
    private final Exporting exporting;
    private final SimulatedClock clock;

    ExportingEndpoint(Exporting exporting, SimulatedClock clock) {
        this.exporting = exporting;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "exporting";
    }

    @Override
    public Optional<WebAnswer> answer(WebRequest request, List<String> rest) {
        if (rest.size() != 1) {
            return Optional.empty();
        }
        if (!request.method().equals("POST")) {
            return Optional.of(SpringAnswers.error(405, request, clock.instant()));
        }
        return Optional.of(
                switch (rest.get(0)) {
                    case "pause" ->
                        switched(request.isTrue("soft") ? Exporting.Phase.SOFT_PAUSED : Exporting.Phase.PAUSED);
                    case "resume" -> switched(Exporting.Phase.EXPORTING);
                    default -> inner(500, exception());
                });
    }

    private WebAnswer switched(Exporting.Phase phase) {
        if (exporting.switchTo(phase)) {
            return inner(204, null);
        }
        int partitions = exporting.partitions();
        return inner(
                500,
                Json.map(
                        "message",
                        "Expected 1 members of partition " + partitions
                                + " but found 0, ensure that all replicas are up"));
    }

    private static WebAnswer inner(int status, @Nullable Object body) {
        return WebAnswer.json(200, Json.map("body", body, "status", status, "contentType", null));
    }

    /** An exception that was never meant to be written as JSON. */
    private static Map<String, @Nullable Object> exception() {
        Map<String, @Nullable Object> frame = Json.map(
                "classLoaderName",
                "app",
                "moduleName",
                null,
                "moduleVersion",
                null,
                "methodName",
                "post",
                "fileName",
                "ExportingEndpoint.java",
                "lineNumber",
                46,
                "className",
                "io.camunda.zeebe.shared.management.ExportingEndpoint",
                "nativeMethod",
                false);
        return Json.map(
                "cause", null,
                "stackTrace", List.of(frame),
                "message", null,
                "suppressed", List.of(),
                "localizedMessage", null);
    }
}
