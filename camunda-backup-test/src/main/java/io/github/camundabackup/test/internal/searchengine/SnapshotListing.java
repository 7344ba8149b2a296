package io.github.camundabackup.test.internal.searchengine;

import io.github.camundabackup.test.internal.web.Json;
import io.github.camundabackup.test.internal.web.WebRequest;
import io.github.camundabackup.test.simulation.model.EngineVersion;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import io.github.camundabackup.test.simulation.model.SnapshotDamage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET _snapshot/{repository}/{names}}, with Elasticsearch's sorting and paging. */
final class SnapshotListing {
    private final EngineState engine;
    private final SnapshotJson json;

    SnapshotListing(EngineState engine, SnapshotJson json) {
        this.engine = engine;
        this.json = json;
    }

    Map<String, @Nullable Object> get(WebRequest request, String repositoryName, String names) {
        boolean missing = !engine.repositories().containsKey(repositoryName);
        if (missing && engine.version() == EngineVersion.ELASTICSEARCH_8_13) {
            Map<String, @Nullable Object> failure =
                    Json.map("type", "repository_missing_exception", "reason", "[" + repositoryName + "] missing");
            return Json.map(
                    "snapshots", List.of(), "failures", Json.map(repositoryName, failure), "total", 0, "remaining", 0);
        }
        SimulatedRepository repository = engine.repository(repositoryName);
        boolean verbose = !request.query("verbose", "true").equals("false");
        List<SimulatedSnapshot> selected = new ArrayList<>(select(request, repository, names));
        if (verbose) {
            leaveOutDamaged(request, repository, selected);
        }
        if (engine.engine() == SearchEngine.OPENSEARCH) {
            return Json.map("snapshots", rendered(repository, selected, verbose));
        }
        return page(request, repository, selected, verbose);
    }

    private List<SimulatedSnapshot> select(WebRequest request, SimulatedRepository repository, String names) {
        long now = engine.clock().now();
        List<SimulatedSnapshot> all = new ArrayList<>(repository.snapshots(now));
        all.sort(Comparator.comparingLong(SimulatedSnapshot::start).thenComparing(SimulatedSnapshot::name));
        if (names.equals("_current")) {
            return all.stream().filter(s -> s.isInProgress(now)).toList();
        }
        NamePatterns patterns = NamePatterns.of(names);
        NamePatterns.Selection selection =
                patterns.select(all.stream().map(SimulatedSnapshot::name).toList());
        if (!request.isTrue("ignore_unavailable")) {
            if (!selection.missing().isEmpty()) {
                throw EngineException.snapshotMissing(
                        repository.name(), selection.missing().get(0));
            }
            boolean matchesNothing = selection.names().isEmpty() && !names.equals("_all");
            if (matchesNothing && !engine.listsNothingAsAnEmptyList()) {
                throw EngineException.snapshotMissing(repository.name(), names);
            }
        }
        return all.stream().filter(s -> selection.names().contains(s.name())).toList();
    }

    /** The catalogue holds what a brief answer tells; all else is in a file of each snapshot. */
    private static void leaveOutDamaged(
            WebRequest request, SimulatedRepository repository, List<SimulatedSnapshot> selected) {
        selected.removeIf(snapshot -> {
            boolean damaged = snapshot.has(SnapshotDamage.DESCRIPTION);
            if (damaged && !request.isTrue("ignore_unavailable")) {
                throw EngineException.fileMissing(repository, snapshot);
            }
            return damaged;
        });
    }

    private List<Map<String, @Nullable Object>> rendered(
            SimulatedRepository repository, List<SimulatedSnapshot> snapshots, boolean verbose) {
        List<Map<String, @Nullable Object>> rendered = new ArrayList<>();
        for (SimulatedSnapshot snapshot : snapshots) {
            rendered.add(verbose ? json.complete(repository, snapshot) : json.brief(repository, snapshot));
        }
        return rendered;
    }

    private Map<String, @Nullable Object> page(
            WebRequest request, SimulatedRepository repository, List<SimulatedSnapshot> selected, boolean verbose) {
        String sort = request.query("sort", "start_time");
        boolean descending = request.query("order", "asc").equals("desc");
        Comparator<SimulatedSnapshot> order = order(sort).thenComparing(SimulatedSnapshot::name);
        List<SimulatedSnapshot> sorted = new ArrayList<>(selected);
        sorted.sort(descending ? order.reversed() : order);

        String from = request.query("from_sort_value", "");
        if (!from.isEmpty()) {
            sorted.removeIf(s -> isBefore(s, sort, from, descending));
        }
        int total = sorted.size();
        String after = request.query("after", "");
        if (!after.isEmpty()) {
            String last = new String(Base64.getUrlDecoder().decode(after), StandardCharsets.UTF_8);
            String lastName = last.substring(last.lastIndexOf(',') + 1);
            int position = sorted.stream().map(SimulatedSnapshot::name).toList().indexOf(lastName);
            sorted = sorted.subList(position + 1, sorted.size());
        }
        int offset = Math.min(Integer.parseInt(request.query("offset", "0")), sorted.size());
        sorted = sorted.subList(offset, sorted.size());
        int size = Integer.parseInt(request.query("size", "-1"));
        int shown = size < 0 ? sorted.size() : Math.min(size, sorted.size());
        List<SimulatedSnapshot> page = sorted.subList(0, shown);
        Map<String, @Nullable Object> answer = Json.map("snapshots", rendered(repository, page, verbose));
        if (shown > 0 && shown < sorted.size()) {
            SimulatedSnapshot last = page.get(shown - 1);
            String cursor = sortValue(last, sort) + "," + repository.name() + "," + last.name();
            answer.put("next", Base64.getUrlEncoder().encodeToString(cursor.getBytes(StandardCharsets.UTF_8)));
        }
        answer.put("total", total);
        answer.put("remaining", sorted.size() - shown);
        return answer;
    }

    private boolean isBefore(SimulatedSnapshot snapshot, String sort, String from, boolean descending) {
        int order = sort.equals("name")
                ? snapshot.name().compareTo(from)
                : Long.compare(Long.parseLong(sortValue(snapshot, sort)), Long.parseLong(from));
        return descending ? order > 0 : order < 0;
    }

    private Comparator<SimulatedSnapshot> order(String sort) {
        return switch (sort) {
            case "start_time" -> Comparator.comparingLong(SimulatedSnapshot::start);
            case "name", "repository" -> Comparator.comparing(SimulatedSnapshot::name);
            case "duration" -> Comparator.comparingLong(s -> s.end() - s.start());
            case "index_count", "shard_count" ->
                Comparator.comparingInt(s -> s.indices().size());
            case "failed_shard_count" ->
                Comparator.comparingInt(
                        s -> s.failedIndices(engine.clock().now()).size());
            default -> throw EngineException.of(400, "illegal_argument_exception", "unknown sort order [" + sort + "]");
        };
    }

    private String sortValue(SimulatedSnapshot snapshot, String sort) {
        return switch (sort) {
            case "name", "repository" -> snapshot.name();
            case "duration" -> String.valueOf((snapshot.end() - snapshot.start()) / 1_000_000);
            case "index_count", "shard_count" ->
                String.valueOf(snapshot.indices().size());
            case "failed_shard_count" ->
                String.valueOf(snapshot.failedIndices(engine.clock().now()).size());
            default -> String.valueOf(engine.clock().instant(snapshot.start()).toEpochMilli());
        };
    }
}
