package io.github.camundabackup.internal.searchengine;

import io.github.camundabackup.error.SnapshotStoreException;
import io.github.camundabackup.error.SnapshotStoreException.Reason;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.http.HttpAnswer;
import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.internal.searchengine.Dialect.Privilege;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Finds out why primary shards are not restored. An engine gives up a shard after some attempts, or at once if the
 * snapshot's files are damaged; the shard then stays unassigned, and only the explanation of its allocation says why
 * (tested with Elasticsearch 8.19.21 and OpenSearch 2.19.6).
 */
final class RestoreFailures {
    // The deciders of allocation that never change their decision by themselves, the more informative one first.
    private static final List<String> FINAL = List.of("restore_in_progress", "max_retry");
    // Shards that wait for others to be restored are not started either.
    private static final int EXPLAINED = 5;
    private static final int DECISIONS = 3;
    // What an engine gives as the reason why it gives up a shard that no node takes.
    private static final String NO_NODE = "restore_source[";

    private final Engine engine;

    RestoreFailures(Engine engine) {
        this.engine = engine;
    }

    /** Why, and what to do about it, as sentences; empty if none was given up, or if the account may not ask. */
    CompletableFuture<Optional<String>> of(Collection<String> indices) {
        Names.requireIndices(indices);
        List<Shard> waiting = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        CompletableFuture<Optional<String>> found = Sequence.forEach(
                        Batches.of(indices), batch -> notStarted(batch).thenAccept(waiting::addAll))
                .thenCompose(done -> Sequence.forEach(
                        waiting.subList(0, Math.min(waiting.size(), EXPLAINED)),
                        shard -> explain(shard).thenAccept(reason -> reason.ifPresent(reasons::add))))
                .thenApply(done -> reasons.stream().findFirst());
        return Futures.recover(
                found,
                error -> error instanceof SnapshotStoreException refused && refused.reason() == Reason.FORBIDDEN
                        ? CompletableFuture.completedFuture(Optional.empty())
                        : CompletableFuture.failedFuture(error));
    }

    private CompletableFuture<List<Shard>> notStarted(String batch) {
        return engine.ask(HttpCall.get("see which shards of " + batch + " are started", "_cluster", "health", batch)
                        .query("level", "shards")
                        .query("timeout", "0s")
                        .query("filter_path", "status,indices.*.shards.*.primary_active"))
                .thenApply(answer -> answer.json().at("indices").fields().entrySet().stream()
                        .flatMap(index -> notStarted(index.getKey(), index.getValue()))
                        .toList());
    }

    private static Stream<Shard> notStarted(String index, JsonValue health) {
        return health.at("shards").fields().entrySet().stream()
                .filter(shard -> !shard.getValue().isTrue("primary_active"))
                .map(shard -> new Shard(index, Integer.parseInt(shard.getKey())));
    }

    /** Empty if the engine still tries. An index that is gone meanwhile is no failure of this kind. */
    private CompletableFuture<Optional<String>> explain(Shard shard) {
        return engine.readUnless(
                        EngineError::saysThatIndexIsMissing,
                        HttpCall.post("ask why " + shard + " is not restored", "_cluster", "allocation", "explain")
                                .query(
                                        "filter_path",
                                        "current_state,unassigned_info.details,node_allocation_decisions.deciders")
                                .json(Map.of("index", shard.index(), "shard", shard.number(), "primary", true)),
                        Privilege.SEE_ENGINE)
                .thenApply(answer -> answer.map(HttpAnswer::json)
                        .filter(json -> json.text("current_state").orElse("").equals("unassigned"))
                        .flatMap(json -> FINAL.stream()
                                .flatMap(decider -> explanation(json, decider).stream())
                                .findFirst()
                                .map(explanation -> shard + " is not restored: " + reason(json, explanation))));
    }

    /**
     * A shard that no node may take when its restore begins is given up at once, and then what gives it up says no as
     * well: it is of no use beside the others that do.
     */
    private static String reason(JsonValue json, String explanation) {
        List<String> refusals = json.elements("node_allocation_decisions").stream()
                .flatMap(node -> node.elements("deciders").stream())
                .filter(decision -> !FINAL.contains(decision.text("decider").orElse(""))
                        && decision.text("decision").orElse("").equals("NO"))
                .map(decision -> decision.text("decider").orElse("") + ": "
                        + withoutStackTrace(decision.text("explanation").orElse("")))
                .distinct()
                .limit(DECISIONS)
                .toList();
        if (!refusals.isEmpty()) {
            return "no node takes it. " + String.join(". ", refusals)
                    + ". Change that, and restore again: what is whole is kept. Where the index's own settings are in the"
                    + " way, they can be left out (RestoreSettings.ignoreIndexSettings).";
        }
        String details = json.at("unassigned_info")
                .text("details")
                .map(RestoreFailures::withoutStackTrace)
                .orElse("");
        if (details.startsWith(NO_NODE)) {
            return explanation + ". No node took it then, and one would now. Restore again: what is whole is kept.";
        }
        return explanation + (details.isEmpty() || explanation.contains(details) ? "" : " (" + details + ")")
                + ". Restore another backup if the snapshot's files are damaged.";
    }

    private static Optional<String> explanation(JsonValue json, String decider) {
        return json.elements("node_allocation_decisions").stream()
                .flatMap(node -> node.elements("deciders").stream())
                .filter(decision -> decision.text("decider").orElse("").equals(decider)
                        && decision.text("decision").orElse("").equals("NO"))
                .flatMap(decision -> decision.text("explanation").stream())
                .map(RestoreFailures::withoutStackTrace)
                .findFirst();
    }

    /** One line: Elasticsearch sends the whole stack trace, of which only the causes are of use to an operator. */
    private static String withoutStackTrace(String text) {
        return text.replaceAll("\\R\\s+(at|\\.\\.\\.) .*", "")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private record Shard(String index, int number) {
        @Override
        public String toString() {
            return "shard " + number + " of the index " + index;
        }
    }
}
