package io.github.camundabackup.test.internal.searchengine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is refused because of {@code index.blocks.*} and {@code cluster.blocks.*}. Called with the lock held. */
final class Blocks {
    private static final String CLUSTER_READ_ONLY = "[FORBIDDEN/6/cluster read-only (api)];";
    private static final String CLUSTER_ALLOWS_DELETION = "[FORBIDDEN/13/cluster read-only / allow delete (api)];";
    private static final String INDEX_READ_ONLY = "[FORBIDDEN/5/index read-only (api)];";

    private Blocks() {}

    static void refuseDeletion(SimulatedNode node, Collection<SimulatedIndex> indices) {
        refuse(403, indices.stream().collect(Collectors.toMap(SimulatedIndex::name, index -> {
            if (node.isTrue("cluster.blocks.read_only")) {
                return CLUSTER_READ_ONLY;
            }
            if (index.metadata().isTrue("index.blocks.read_only")) {
                return INDEX_READ_ONLY;
            }
            return index.metadata().isTrue("index.blocks.metadata") ? "[FORBIDDEN/9/index metadata (api)];" : "";
        })));
    }

    static void refuseWrite(SimulatedNode node, SimulatedIndex index) {
        String why = "";
        if (node.isTrue("cluster.blocks.read_only")) {
            why = CLUSTER_READ_ONLY;
        } else if (node.isTrue("cluster.blocks.read_only_allow_delete")) {
            why = CLUSTER_ALLOWS_DELETION;
        } else if (index.metadata().isTrue("index.blocks.read_only")) {
            why = INDEX_READ_ONLY;
        } else if (index.metadata().isTrue("index.blocks.write")) {
            why = "[FORBIDDEN/8/index write (api)];";
        }
        refuse(403, Map.of(index.name(), why));
        if (index.metadata().isTrue("index.blocks.read_only_allow_delete")) {
            refuse(
                    429,
                    Map.of(
                            index.name(),
                            "[TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has"
                                    + " read-only-allow-delete block];"));
        }
    }

    static void refuseRestore(SimulatedNode node) {
        List<String> why = new ArrayList<>();
        if (node.isTrue("cluster.blocks.read_only")) {
            why.add(CLUSTER_READ_ONLY);
        }
        if (node.isTrue("cluster.blocks.read_only_allow_delete")) {
            why.add(CLUSTER_ALLOWS_DELETION);
        }
        if (!why.isEmpty()) {
            throw EngineException.of(403, "cluster_block_exception", "blocked by: " + String.join("", why));
        }
    }

    private static void refuse(int status, Map<String, String> blocks) {
        String reason = blocks.entrySet().stream()
                .filter(block -> !block.getValue().isEmpty())
                .map(block -> "index [" + block.getKey() + "] blocked by: " + block.getValue())
                .sorted()
                .collect(Collectors.joining());
        if (!reason.isEmpty()) {
            throw EngineException.of(status, "cluster_block_exception", reason);
        }
    }
}
