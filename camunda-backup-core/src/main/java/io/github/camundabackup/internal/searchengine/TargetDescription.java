package io.github.camundabackup.internal.searchengine;

import io.github.camundabackup.error.SnapshotStoreException;
import io.github.camundabackup.error.SnapshotStoreException.Reason;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.http.HttpAnswer;
import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.internal.searchengine.Dialect.Privilege;
import io.github.camundabackup.snapshot.RestoreTarget;
import io.github.camundabackup.snapshot.RestoreTarget.DataNode;
import io.github.camundabackup.snapshot.RestoreTarget.Hindrance;
import io.github.camundabackup.snapshot.RestoreTarget.Hindrance.Kind;
import io.github.camundabackup.snapshot.RestoreTarget.WriteAlias;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what a restore has to know of the engine beforehand. */
final class TargetDescription {
    private static final String ENABLE = "cluster.routing.allocation.enable";
    private static final String LIFT = "Change that first (PUT _cluster/settings).";

    private final Engine engine;
    private final String repository;

    TargetDescription(Engine engine, String repository) {
        this.engine = engine;
        this.repository = repository;
    }

    CompletableFuture<RestoreTarget> describe() {
        return health().thenCompose(this::describe);
    }

    private CompletableFuture<RestoreTarget> describe(Health health) {
        List<Hindrance> unseen = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<Optional<List<String>>> patterns =
                unlessForbidden(patterns().thenApply(Optional::of), Optional.empty(), unseen);
        CompletableFuture<Map<String, String>> settings = unlessForbidden(clusterSettings(), Map.of(), unseen);
        CompletableFuture<List<DataNode>> nodes = unlessForbidden(nodes(), List.of(), unseen);
        CompletableFuture<OptionalLong> bytes =
                settings.thenCompose(known -> unlessForbidden(disks(known, health), OptionalLong.empty(), unseen));
        CompletableFuture<List<WriteAlias>> aliases = unlessForbidden(writeAliases(), List.of(), unseen);
        CompletableFuture<List<String>> running = unlessForbidden(running(), List.of(), unseen);
        CompletableFuture<List<Deletion>> deleted = unlessForbidden(deletions(), List.of(), unseen);
        return Futures.all(Stream.of(patterns, settings, nodes, bytes, aliases, running, deleted)
                        .map(answer -> answer.thenApply(done -> true))
                        .toList())
                .thenApply(done -> new RestoreTarget(
                        health.dataNodes(),
                        patterns.join(),
                        nodes.join(),
                        OptionalLong.of(health.shards()),
                        most(settings.join(), health.dataNodes()),
                        bytes.join(),
                        aliases.join(),
                        deleted.join().stream()
                                .filter(deletion -> deletion.repository().equals(repository))
                                .map(Deletion::snapshot)
                                .toList(),
                        Stream.concat(
                                        hindrances(settings.join(), running.join(), deleted.join()).stream(),
                                        unseen.stream())
                                .toList()));
    }

    /** What an account may not see is not checked, and said. */
    private static <T> CompletableFuture<T> unlessForbidden(
            CompletableFuture<T> answer, T otherwise, List<Hindrance> unseen) {
        return Futures.recover(answer, error -> {
            if (error instanceof SnapshotStoreException refused && refused.reason() == Reason.FORBIDDEN) {
                unseen.add(new Hindrance(Kind.NOTE, "Not checked: " + refused.getMessage()));
                return CompletableFuture.completedFuture(otherwise);
            }
            return CompletableFuture.failedFuture(error);
        });
    }

    private static OptionalLong most(Map<String, String> settings, int dataNodes) {
        String each = settings.getOrDefault("cluster.max_shards_per_node", "");
        return each.matches("\\d{1,9}") ? OptionalLong.of(Long.parseLong(each) * dataNodes) : OptionalLong.empty();
    }

    private static List<Hindrance> hindrances(
            Map<String, String> settings, List<String> running, List<Deletion> deleted) {
        List<Hindrance> hindrances = new ArrayList<>();
        for (String block : List.of("cluster.blocks.read_only", "cluster.blocks.read_only_allow_delete")) {
            if (settings.getOrDefault(block, "").equals("true")) {
                hindrances.add(new Hindrance(
                        Kind.BLOCKED, "The engine is set to " + block + ", and restores nothing. " + LIFT));
            }
        }
        String enable = settings.getOrDefault(ENABLE, "all").toLowerCase(Locale.ROOT);
        if (enable.equals("none")) {
            hindrances.add(new Hindrance(
                    Kind.NOT_ALLOCATED,
                    "The engine is set to " + ENABLE + "=none: it gives up every shard at once. " + LIFT));
        } else if (!enable.equals("all")) {
            hindrances.add(new Hindrance(
                    Kind.NOTE,
                    "The engine is set to " + ENABLE + "=" + enable
                            + ": what is restored gets no copies (replicas) before that is all."));
        }
        if (!running.isEmpty()) {
            hindrances.add(new Hindrance(
                    Kind.NOTE,
                    "Snapshots are being made: " + String.join(", ", running)
                            + ". As long as they hold an index that is deleted first, the restore waits for them."));
        }
        if (!deleted.isEmpty()) {
            hindrances.add(new Hindrance(
                    Kind.NOTE,
                    "Snapshots are being deleted: "
                            + deleted.stream()
                                    .map(deletion -> deletion.repository() + ":" + deletion.snapshot())
                                    .collect(Collectors.joining(", "))
                            + ". The engine restores none of them; of others it does."));
        }
        return hindrances;
    }

    private CompletableFuture<Map<String, String>> clusterSettings() {
        return engine.read(
                        HttpCall.get("see what the engine is set to", "_cluster", "settings")
                                .query("include_defaults", "true")
                                .query(
                                        "filter_path",
                                        "*.cluster.max_shards_per_node,*.cluster.blocks,"
                                                + "*.cluster.routing.allocation.enable,*.cluster.routing.allocation.disk"),
                        Privilege.SEE_ENGINE)
                .thenApply(answer -> {
                    Map<String, String> settings = new TreeMap<>();
                    // Each one overrides those before.
                    for (String kind : List.of("defaults", "persistent", "transient")) {
                        settings.putAll(Flattened.of("", answer.json().at(kind)));
                    }
                    return settings;
                });
    }

    private CompletableFuture<List<DataNode>> nodes() {
        return engine.read(
                        HttpCall.get("list the nodes", "_nodes")
                                .query(
                                        "filter_path",
                                        "nodes.*.name,nodes.*.host,nodes.*.ip,nodes.*.roles,nodes.*.attributes"),
                        Privilege.SEE_ENGINE)
                .thenApply(answer -> answer.json().at("nodes").fields().entrySet().stream()
                        .map(node -> node(node.getKey(), node.getValue()))
                        .filter(node -> node.roles().stream().anyMatch(role -> role.startsWith("data")))
                        .toList());
    }

    private static DataNode node(String id, JsonValue node) {
        Map<String, String> attributes = new TreeMap<>();
        node.at("attributes")
                .fields()
                .forEach((name, value) -> attributes.put(name, value.text().orElse("")));
        attributes.put("_id", id);
        for (String name : List.of("name", "host", "ip")) {
            node.text(name).ifPresent(value -> attributes.put("_" + name, value));
        }
        return new DataNode(
                node.elements("roles").stream()
                        .flatMap(role -> role.text().stream())
                        .toList(),
                attributes);
    }

    private CompletableFuture<OptionalLong> disks(Map<String, String> settings, Health health) {
        DiskWatermarks watermarks = new DiskWatermarks(settings, health.dataNodes());
        return engine.read(
                        HttpCall.get("see how full the disks are", "_cat", "allocation")
                                .query("format", "json")
                                .query("bytes", "b")
                                .query("h", "node,disk.avail,disk.total"),
                        Privilege.SEE_ENGINE)
                .thenApply(answer -> {
                    long left = 0;
                    boolean known = false;
                    for (JsonValue node : answer.json().elements()) {
                        OptionalLong free = node.number("disk.avail");
                        OptionalLong total = node.number("disk.total");
                        // What is on no node has a row of its own.
                        if (free.isPresent() && total.isPresent()) {
                            known = true;
                            left += free.getAsLong() - watermarks.reserve(total.getAsLong());
                        }
                    }
                    return known ? OptionalLong.of(left) : OptionalLong.empty();
                });
    }

    private CompletableFuture<List<WriteAlias>> writeAliases() {
        return engine.read(
                        HttpCall.get("see which aliases are written to", "_alias")
                                .query("filter_path", "*.aliases.*.is_write_index"),
                        Privilege.SEE_INDICES)
                .thenApply(answer -> answer.json().fields().entrySet().stream()
                        .flatMap(index -> index.getValue().at("aliases").fields().entrySet().stream()
                                .map(alias -> new WriteAlias(
                                        alias.getKey(),
                                        index.getKey(),
                                        alias.getValue().isTrue("is_write_index"))))
                        .toList());
    }

    private CompletableFuture<List<String>> running() {
        return engine.read(
                        HttpCall.get("see which snapshots are being made", "_snapshot", "_status")
                                .query("filter_path", "snapshots.snapshot,snapshots.repository"),
                        Privilege.SEE_SNAPSHOTS)
                .thenApply(answer -> answer.json().elements("snapshots").stream()
                        .map(snapshot -> snapshot.text("repository").orElse("") + ":"
                                + snapshot.text("snapshot").orElse(""))
                        .toList());
    }

    /** Of deletions neither the list of running snapshots tells nor that of pending tasks, in both engines. */
    private CompletableFuture<List<Deletion>> deletions() {
        return engine.read(
                        HttpCall.get("see which snapshots are being deleted", "_cluster", "state", "customs")
                                .query("filter_path", "snapshot_deletions"),
                        Privilege.SEE_ENGINE)
                .thenApply(answer -> answer.json().at("snapshot_deletions").elements("snapshot_deletions").stream()
                        .flatMap(deletion -> deletion.elements("snapshots").stream()
                                .flatMap(snapshot -> snapshot.text().stream())
                                .map(snapshot ->
                                        new Deletion(deletion.text("repository").orElse(""), snapshot)))
                        .toList());
    }

    private record Deletion(String repository, String snapshot) {}

    /**
     * The engine's health.
     *
     * @param shards all of open indices, copies counted, also those that are on no node
     */
    private record Health(int dataNodes, long shards) {}

    /** From the state of the cluster, as Elasticsearch's minimal distribution serves nothing at the root. */
    CompletableFuture<Optional<String>> engineId() {
        return engine.read(
                        HttpCall.get("tell this engine from others", "_cluster", "state", "version")
                                .query("filter_path", "cluster_uuid"),
                        Privilege.SEE_ENGINE)
                .thenApply(answer -> Optional.of(answer.json()
                        .text("cluster_uuid")
                        // What a node says that is not part of a cluster yet.
                        .filter(uuid -> !uuid.isEmpty() && !uuid.equals("_na_"))
                        .orElseThrow(() -> answer.unexpected("there is no id of the cluster in it"))));
    }

    private CompletableFuture<Health> health() {
        return engine.read(
                        HttpCall.get("count the data nodes", "_cluster", "health")
                                .query(
                                        "filter_path",
                                        "number_of_data_nodes,active_shards,initializing_shards,unassigned_shards"),
                        Privilege.SEE_ENGINE)
                .thenApply(answer -> new Health(
                        Math.toIntExact(answer.json()
                                .number("number_of_data_nodes")
                                .orElseThrow(() -> answer.unexpected("there is no number of data nodes in it"))),
                        answer.json().number("active_shards").orElse(0)
                                + answer.json().number("initializing_shards").orElse(0)
                                + answer.json().number("unassigned_shards").orElse(0)));
    }

    private CompletableFuture<List<String>> patterns() {
        return engine.read(
                        HttpCall.get("list the index templates", "_index_template")
                                .query("filter_path", "index_templates.index_template.index_patterns"),
                        Privilege.SEE_TEMPLATES)
                .thenApply(TargetDescription::patterns);
    }

    private static List<String> patterns(HttpAnswer answer) {
        JsonValue json = answer.json();
        if (!json.isObject()) {
            throw answer.unexpected("it is no list of index templates");
        }
        return json.elements("index_templates").stream()
                .flatMap(template -> template.at("index_template").elements("index_patterns").stream())
                .flatMap(pattern -> pattern.text().stream())
                .toList();
    }
}
