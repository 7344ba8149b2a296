package io.github.camundabackup.test.internal.searchengine;

import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.internal.web.WebAnswer;
import io.github.camundabackup.test.simulation.model.BackupFate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Parts as real snapshots of a real engine, which decides itself how long they take. */
public final class ExternalSnapshots implements Snapshots {
    // No indices at all would mean all of them.
    private static final String MATCHES_NOTHING = "no-dated-indices-*";

    private final ExternalEngine engine;
    private final SimulatedClock clock;
    private final String repository;
    private final Map<String, Queue> queues = new ConcurrentHashMap<>();

    public ExternalSnapshots(ExternalEngine engine, SimulatedClock clock, String repository) {
        this.engine = engine;
        this.clock = clock;
        this.repository = repository;
    }

    @Override
    public boolean repositoryExists() {
        return engine.get(path("")).status() == 200;
    }

    @Override
    public List<Part> find(String prefix) {
        WebAnswer answer = engine.get(path("/" + ExternalEngine.encode(prefix) + "*?ignore_unavailable=true"));
        List<Part> parts = new ArrayList<>();
        if (answer.status() == 200
                && Json.object(answer.body()).orElse(Map.of()).get("snapshots") instanceof List<?> all) {
            for (Object snapshot : all) {
                parts.add(part((Map<?, ?>) snapshot));
            }
        }
        parts.sort(Comparator.comparing(Part::start).thenComparing(Part::name));
        return parts;
    }

    private static Part part(Map<?, ?> json) {
        Map<?, ?> metadata = json.get("metadata") instanceof Map<?, ?> present ? present : Map.of();
        List<String> failures = json.get("failures") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
        Instant start = time(json.get("start_time_in_millis"));
        // The beginning of time, as long as it has not ended.
        Instant end = time(json.get("end_time_in_millis"));
        return new Part(
                String.valueOf(json.get("snapshot")),
                String.valueOf(json.get("uuid")),
                String.valueOf(json.get("state")),
                start,
                end.isBefore(start) ? start : end,
                failures,
                metadata.get("partCount") == null ? 1 : Integer.parseInt(Objects.toString(metadata.get("partCount"))));
    }

    private static Instant time(@Nullable Object millis) {
        return Instant.ofEpochMilli(Long.parseLong(String.valueOf(millis)));
    }

    @Override
    public void take(Series series) {
        Queue queue = new Queue();
        queues.put(series.prefix(), queue);
        CompletableFuture<?> taken = CompletableFuture.completedFuture(null);
        for (int i = 0; i < series.parts().size(); i++) {
            int number = i;
            taken = taken.thenCompose(before -> next(series, queue, number));
        }
        taken.whenComplete((done, error) -> {
            if (!queue.stuck) {
                queues.remove(series.prefix(), queue);
            }
        });
    }

    private CompletableFuture<?> next(Series series, Queue queue, int number) {
        boolean afterUnluckyPart = number >= Math.min(2, series.parts().size() - 1);
        if (queue.cancelled || (afterUnluckyPart && series.fate() == BackupFate.STAYS_INCOMPLETE)) {
            return CompletableFuture.completedFuture(null);
        }
        if (afterUnluckyPart && series.fate() == BackupFate.STUCK) {
            queue.stuck = true;
            return CompletableFuture.completedFuture(null);
        }
        Duration pause =
                number == 2 && series.fate() == BackupFate.PAUSES_INCOMPLETE ? series.longPause() : Duration.ZERO;
        PlannedPart part = series.parts().get(number);
        return clock.until(SimulatedClock.plus(clock.now(), pause))
                .thenCompose(waited -> engine.put(
                        path("/" + ExternalEngine.encode(part.name()) + "?wait_for_completion=true"),
                        Json.map(
                                "indices",
                                part.indices().isEmpty() ? List.of(MATCHES_NOTHING) : part.indices(),
                                "ignore_unavailable",
                                true,
                                "include_global_state",
                                true,
                                "metadata",
                                part.metadata())));
    }

    @Override
    public boolean isTaking(String prefix) {
        return queues.keySet().stream().anyMatch(taking -> taking.startsWith(prefix));
    }

    @Override
    public void forgetQueue(String prefix) {
        queues.entrySet().removeIf(queue -> {
            boolean mine = queue.getKey().startsWith(prefix);
            if (mine) {
                queue.getValue().cancelled = true;
            }
            return mine;
        });
    }

    @Override
    public void delete(String prefix, Duration after) {
        forgetQueue(prefix);
        for (Part part : find(prefix)) {
            engine.delete(path("/" + ExternalEngine.encode(part.name())));
        }
    }

    private String path(String rest) {
        return "/_snapshot/" + ExternalEngine.encode(repository) + rest;
    }

    private static final class Queue {
        private volatile boolean cancelled;
        private volatile boolean stuck;
    }
}
