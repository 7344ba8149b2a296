package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.test.internal.searchengine.SimulatedClock;
import io.github.camundabackup.test.internal.web.Application;
import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.internal.web.WebAnswer;
import io.github.camundabackup.test.internal.web.WebRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A Spring Boot application's {@code /actuator}, with the endpoints that it has. */
public final class ActuatorApplication implements Application {
    private final List<ActuatorEndpoint> endpoints;
    private final SimulatedClock clock;
    private final Object lock;

    ActuatorApplication(List<ActuatorEndpoint> endpoints, SimulatedClock clock, Object lock) {
        this.endpoints = List.copyOf(endpoints);
        this.clock = clock;
        this.lock = lock;
    }

    @Override
    public CompletableFuture<WebAnswer> answer(WebRequest request) {
        synchronized (lock) {
            return CompletableFuture.completedFuture(
                    route(request).orElseGet(() -> SpringAnswers.error(404, request, clock.instant())));
        }
    }

    private Optional<WebAnswer> route(WebRequest request) {
        List<String> path = request.segments();
        if (path.isEmpty() || !path.get(0).equals("actuator")) {
            return Optional.empty();
        }
        if (path.size() == 1) {
            return Optional.of(
                    request.method().equals("GET")
                            ? SpringAnswers.actuator(200, links(request))
                            : SpringAnswers.error(405, request, clock.instant()));
        }
        if (path.equals(List.of("actuator", "health"))) {
            return Optional.of(SpringAnswers.actuator(200, Json.map("status", "UP")));
        }
        return endpoints.stream()
                .filter(endpoint -> endpoint.name().equals(path.get(1)))
                .findFirst()
                .flatMap(endpoint -> endpoint.answer(request, path.subList(2, path.size())));
    }

    private Map<String, @Nullable Object> links(WebRequest request) {
        String self = request.base() + "/actuator";
        Map<String, @Nullable Object> links = Json.map("self", link(self, false));
        links.put("health", link(self + "/health", false));
        for (ActuatorEndpoint endpoint : endpoints) {
            links.put(endpoint.name(), link(self + "/" + endpoint.name(), false));
            endpoint.variable()
                    .ifPresent(variable -> links.put(
                            endpoint.name() + "-" + variable,
                            link(self + "/" + endpoint.name() + "/{" + variable + "}", true)));
        }
        return Json.map("_links", links);
    }

    private static Map<String, @Nullable Object> link(String href, boolean templated) {
        return Json.map("href", href, "templated", templated);
    }
}
