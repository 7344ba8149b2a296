package io.github.camundabackup.restore.plan.rules;

import io.github.camundabackup.internal.text.Phrases;
import io.github.camundabackup.restore.plan.Obstacle.Code;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.RestoreTarget;
import io.github.camundabackup.snapshot.RestoreTarget.DataNode;
import io.github.camundabackup.snapshot.RestoreTarget.WriteAlias;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules on what makes an engine refuse a restore, or restore nothing, once the indices are deleted (all tried with
 * Elasticsearch 8.19.21 and OpenSearch 2.19.6).
 *
 * <p>No engine says what the indices in a snapshot are set to. What is deleted is of the same kinds, and is taken for
 * it.
 */
final class TargetRules {
    private final PlanFacts facts;
    private final RestoreSettings settings;
    private final Set<String> deletions;
    private final BiConsumer<Code, String> obstacles;
    private final Consumer<String> warnings;

    TargetRules(
            PlanFacts facts,
            RestoreSettings settings,
            List<String> deletions,
            BiConsumer<Code, String> obstacles,
            Consumer<String> warnings) {
        this.facts = facts;
        this.settings = settings;
        this.deletions = new HashSet<>(deletions);
        this.obstacles = obstacles;
        this.warnings = warnings;
    }

    void apply() {
        if (!settings.indexSettings().areUnchanged()) {
            warnings.accept(
                    "All indices are restored " + settings.indexSettings() + ", and not as the backup holds them.");
        }
        Map<String, Map<String, String>> deleted = new TreeMap<>(facts.indexSettings());
        deleted.keySet().retainAll(deletions);
        blocksAndPolicies(deleted);
        facts.target().ifPresent(target -> {
            target.hindrances().forEach(hindrance -> {
                switch (hindrance.kind()) {
                    case BLOCKED -> obstacles.accept(Code.ENGINE_BLOCKED, hindrance.message());
                    case NOT_ALLOCATED -> obstacles.accept(Code.NOT_ALLOCATED, hindrance.message());
                    case NOTE -> warnings.accept(hindrance.message());
                }
            });
            deleting(target);
            shards(target);
            disk(target);
            if (!settings.names().areScratch()) {
                filters(target.nodes(), deleted);
                aliases(target.aliases());
            }
        });
    }

    private void blocksAndPolicies(Map<String, Map<String, String>> deleted) {
        IndexBlocks.againstDeletion(deleted)
                .ifPresent(blocked -> obstacles.accept(
                        Code.ENGINE_BLOCKED,
                        "The engine refuses to delete " + blocked + ". Lift the blocks (PUT <index>/_settings)."));
        Map<String, Map<String, String>> then = new TreeMap<>();
        deleted.forEach((index, set) -> then.put(index, settings.indexSettings().applyTo(set)));
        // Those against deletion are said already, and must be lifted, but may be in the snapshots as well.
        IndexPolicies.warning(then, facts.missingPolicies())
                .ifPresent(warning -> warnings.accept("If the backup holds the same: " + warning));
        IndexBlocks.warning(then).ifPresent(warning -> warnings.accept("If the backup holds the same: " + warning));
    }

    private void deleting(RestoreTarget target) {
        facts.snapshots().stream()
                .map(snapshot -> snapshot.name().toString())
                .filter(target.deleting()::contains)
                .forEach(snapshot -> obstacles.accept(
                        Code.SNAPSHOT_UNUSABLE,
                        "The snapshot " + snapshot
                                + " is being deleted at the moment. The engine refuses to restore it, and it will be gone. Restore"
                                + " another backup."));
    }

    /** What indices of the backup take up is known from those that there are. */
    private void shards(RestoreTarget target) {
        if (target.shardsMost().isEmpty() || target.shardsOpen().isEmpty()) {
            return;
        }
        long most = target.shardsMost().getAsLong();
        int replicas = settings.indexSettings()
                .replicas()
                .orElseGet(() -> among(this::isDeleted)
                        .mapToInt(IndexInfo::replicas)
                        .min()
                        .orElse(0));
        long held = facts.snapshots().stream()
                .mapToLong(snapshot -> snapshot.info().shardsTotal())
                .sum();
        long kept = among(index -> facts.restored().containsKey(index.name()) && !deletions.contains(index.name()))
                .mapToLong(IndexInfo::primaries)
                .sum();
        long needed = (held - kept) * (1 + replicas);
        long left = target.shardsOpen().getAsLong()
                - among(this::isDeleted)
                        .mapToLong(index -> index.primaries() * (1L + index.replicas()))
                        .sum();
        if (needed > 0 && left + needed > most) {
            obstacles.accept(
                    Code.TOO_MANY_SHARDS,
                    "The backup needs " + needed + " shards, copies counted, beside " + Math.max(0, left)
                            + " others, and the engine takes " + most
                            + ". It refuses more when the indices are deleted already. Raise cluster.max_shards_per_node, add"
                            + " data nodes, or delete other indices.");
        }
    }

    private void disk(RestoreTarget target) {
        target.bytesLeft().ifPresent(free -> {
            long held = facts.shards().bytes().values().stream()
                    .mapToLong(bytes -> bytes)
                    .sum();
            // What is kept is there already, and is no larger than the snapshots say.
            long there = among(index -> isDeleted(index) || facts.restored().containsKey(index.name()))
                    .mapToLong(IndexInfo::bytes)
                    .sum();
            if (held > 0 && held > free + there) {
                obstacles.accept(
                        Code.DISK_TOO_SMALL,
                        "The snapshots hold " + megabytes(held)
                                + ", copies not counted, and the disks of the data nodes take "
                                + megabytes(Math.max(0, free + there))
                                + " more once the indices are deleted (GET _cat/allocation; up to"
                                + " cluster.routing.allocation.disk.watermark.high). Free disk space, or add data nodes.");
            }
        });
    }

    private static String megabytes(long bytes) {
        return ((bytes + (1L << 20) - 1) >> 20) + " MB";
    }

    private void filters(List<DataNode> nodes, Map<String, Map<String, String>> deleted) {
        if (nodes.isEmpty()) {
            return;
        }
        Map<String, List<String>> homeless = new TreeMap<>();
        deleted.forEach((index, set) -> {
            Map<String, String> then =
                    AllocationFilters.of(settings.indexSettings().applyTo(set));
            if (nodes.stream().noneMatch(node -> AllocationFilters.accept(node, then))) {
                homeless.computeIfAbsent(then.toString().replaceAll("[{}]", ""), key -> new ArrayList<>())
                        .add(index);
            }
        });
        homeless.forEach((filters, indices) -> obstacles.accept(
                Code.NOT_ALLOCATED,
                "No data node is what " + Phrases.some(indices) + " "
                        + (indices.size() == 1 ? "is" : "are") + " set to: " + filters
                        + ". If the backup holds the same, the engine restores nothing of it. Leave that out of the restore"
                        + " (RestoreSettings.ignoreIndexSettings(\"index.routing.allocation.*\")), or give nodes these attributes or"
                        + " roles."));
    }

    /** Where an index says whether it is written to, its snapshot may say the contrary. */
    private void aliases(List<WriteAlias> aliases) {
        Set<String> wanted =
                IndexRules.wanted(facts.snapshots(), settings.names()).keySet();
        Map<String, List<String>> replaced = aliases.stream()
                .filter(alias -> wanted.contains(alias.index()) && deletions.contains(alias.index()))
                .collect(Collectors.groupingBy(
                        WriteAlias::alias, Collectors.mapping(WriteAlias::index, Collectors.toList())));
        aliases.stream()
                .filter(alias ->
                        alias.written() && !deletions.contains(alias.index()) && replaced.containsKey(alias.alias()))
                .forEach(alias -> obstacles.accept(
                        Code.ALIAS_CONFLICT,
                        "The alias " + alias.alias() + " is written to in " + alias.index()
                                + ", which stays, and was perhaps written to in "
                                + Phrases.some(replaced.getOrDefault(alias.alias(), List.of()))
                                + " when the backup was taken. The engine refuses two such indices when the indices are deleted"
                                + " already. Take the alias from the one that stays (POST _aliases), or accept this if the backup"
                                + " holds none that is written to."));
    }

    private boolean isDeleted(IndexInfo index) {
        return deletions.contains(index.name());
    }

    private Stream<IndexInfo> among(Predicate<IndexInfo> wanted) {
        return facts.indices().stream().filter(wanted);
    }
}
