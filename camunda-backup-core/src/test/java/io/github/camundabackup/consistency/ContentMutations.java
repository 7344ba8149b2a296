package io.github.camundabackup.consistency;

import io.github.camundabackup.internal.contents.ShardCheck;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.SnapshotName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What can be wrong with the indices in the snapshots. */
final class ContentMutations {
    private final CamundaLine line;
    private final Mutations.Collector all;

    ContentMutations(CamundaLine line, Mutations.Collector all) {
        this.line = line;
        this.all = all;
    }

    void ofAll() {
        List<SnapshotName> names = List.copyOf(new KnownBackup(line).indices.keySet());
        for (SnapshotName name : names) {
            add(name, FindingCode.INDEX_FOREIGN, "zeebe-record-archive");
            add(name, FindingCode.INDEX_FOREIGN, ".ds-zeebe-record_audit-2023.11.14-000001");
            add(name, FindingCode.INDEX_FOREIGN, "acme-operate-list-view-8.3.0_");
        }
        for (int i = 0; i < names.size(); i++) {
            SnapshotName name = names.get(i);
            SnapshotName next = names.get((i + 1) % names.size());
            all.add(
                    name + " holds what " + next + " holds",
                    FindingCode.INDEX_TWICE,
                    b -> b.indices.compute(name, (same, held) -> with(held, b.indices.getOrDefault(next, List.of()))));
        }
        all.add(
                "indices in no snapshot",
                FindingCode.INDEX_MISSING,
                b -> b.changeOutcome(metadata -> {
                    metadata.put("indicesMissing", "2");
                    metadata.put("missingIndices", "operate-batch-operation-1.0.0_2023-11-14");
                    return metadata;
                }));
        if (line.equals(CamundaLine.V8_8)) {
            all.add(
                    "a version that leaves indices out, and nobody compared",
                    FindingCode.INDICES_UNCERTAIN,
                    b -> b.changeOutcome(metadata -> {
                        metadata.remove("indicesMissing");
                        return metadata;
                    }));
        }
        all.add(
                "shards whose files are gone",
                FindingCode.SHARDS_UNREADABLE,
                b -> b.shards =
                        Optional.of(new ShardCheck(Map.of(names.get(0).toString(), "Gone."), Map.of(), Map.of())));
        all.add(
                "shards that nobody may look into",
                FindingCode.SOURCE_UNREADABLE,
                b -> b.shards = Optional.of(ShardCheck.notMade("The account may not.")));
        all.add(
                "contents that cannot be read",
                FindingCode.SOURCE_UNREADABLE,
                b -> b.unknownContents = List.of("The engine is away."));
    }

    private void add(SnapshotName name, FindingCode code, String index) {
        all.add(
                name + " holds " + index,
                code,
                b -> b.indices.compute(name, (same, held) -> with(held, List.of(index))));
    }

    private static List<String> with(List<String> held, List<String> more) {
        List<String> both = new ArrayList<>(held);
        both.addAll(more);
        return both;
    }
}
