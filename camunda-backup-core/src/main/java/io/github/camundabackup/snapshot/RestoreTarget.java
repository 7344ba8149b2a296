package io.github.camundabackup.snapshot;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The properties of an engine that a restore has to know beforehand.
 *
 * @param dataNodes how many nodes can hold shards
 * @param templatePatterns for which index names there are index templates, as patterns with {@code *}; empty if it is
 *     not known
 * @param nodes the nodes that can hold shards; none if it is not known
 * @param shardsOpen how many shards there are, copies counted; empty if it is not known
 * @param shardsMost how many there may be; empty if it is not known
 * @param bytesLeft how many more bytes fit onto the disks of all nodes, before the engine puts no shard there; empty if
 *     it is not known
 * @param aliases which aliases say which index is written to
 * @param deleting which snapshots of the store's repository are being deleted at the moment, which no engine restores
 * @param hindrances what else the engine says of itself that a restore meets
 */
public record RestoreTarget(
        int dataNodes,
        Optional<List<String>> templatePatterns,
        List<DataNode> nodes,
        OptionalLong shardsOpen,
        OptionalLong shardsMost,
        OptionalLong bytesLeft,
        List<WriteAlias> aliases,
        List<String> deleting,
        List<Hindrance> hindrances) {
    public RestoreTarget {
        templatePatterns = templatePatterns.map(List::copyOf);
        nodes = List.copyOf(nodes);
        Objects.requireNonNull(shardsOpen, "shardsOpen");
        Objects.requireNonNull(shardsMost, "shardsMost");
        Objects.requireNonNull(bytesLeft, "bytesLeft");
        aliases = List.copyOf(aliases);
        deleting = List.copyOf(deleting);
        hindrances = List.copyOf(hindrances);
    }

    /** One of which nothing else is known. */
    public RestoreTarget(int dataNodes, List<String> templatePatterns) {
        this(
                dataNodes,
                Optional.of(templatePatterns),
                List.of(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                List.of(),
                List.of(),
                List.of());
    }

    /**
     * A node that can hold shards.
     *
     * @param roles such as {@code data} and {@code data_hot}
     * @param attributes by which indices choose nodes, {@code _name}, {@code _host} and {@code _ip} among them
     */
    public record DataNode(List<String> roles, Map<String, String> attributes) {
        public DataNode {
            roles = List.copyOf(roles);
            attributes = Map.copyOf(attributes);
        }
    }

    /**
     * An alias that says of an index whether that is the one which is written to.
     *
     * @param written whether it is
     */
    public record WriteAlias(String alias, String index, boolean written) {}

    /**
     * Something that a restore meets.
     *
     * @param message what it is and what to do, as sentences
     */
    public record Hindrance(Kind kind, String message) {

        /** What it means for a restore. */
        public enum Kind {
            /** The engine refuses to restore anything. */
            BLOCKED,
            /** The engine would accept the restore, and put no shard on any node. */
            NOT_ALLOCATED,
            /** The restore goes on, and something is to be known. */
            NOTE
        }
    }
}
