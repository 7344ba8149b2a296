package io.github.camundabackup.internal.recoverymode;

import io.github.camundabackup.internal.http.RestApi;
import io.github.camundabackup.internal.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A cluster as its topology shows it.
 *
 * @param version of the gateway that was asked
 * @param brokerVersions of all brokers that there are
 * @param brokersMissing how many brokers the gateway does not see
 * @param partitions how many partitions there are
 * @param replicas each partition on each broker that has it
 */
public record ClusterState(
        String version, Set<String> brokerVersions, int brokersMissing, int partitions, List<Replica> replicas) {
    private static final String RECOVERING = "recovering";
    private static final String ACTIVE = "active";

    public ClusterState {
        brokerVersions = Set.copyOf(brokerVersions);
        replicas = List.copyOf(replicas);
    }

    static ClusterState of(RestApi.Topology topology) {
        List<JsonValue> brokers = topology.body().elements("brokers");
        long size = topology.body().number("clusterSize").orElse(0);
        return new ClusterState(
                topology.version(),
                brokers.stream()
                        .flatMap(broker -> broker.text("version").stream())
                        .collect(Collectors.toCollection(TreeSet::new)),
                (int) Math.max(0, size - brokers.size()),
                topology.partitions(),
                brokers.stream()
                        .flatMap(broker -> broker.elements("partitions").stream()
                                .map(partition -> new Replica(
                                        id(broker),
                                        (int) partition.number("partitionId").orElse(0),
                                        partition.text("role").orElse(""),
                                        partition.text("state"))))
                        .toList());
    }

    private static String id(JsonValue broker) {
        return broker.text("brokerId")
                .orElseGet(() -> broker.number("nodeId").isPresent()
                        ? String.valueOf(broker.number("nodeId").getAsLong())
                        : "?");
    }

    /** Whether it tells states of partitions at all, as from 8.10 on. */
    public boolean tellsStates() {
        return replicas.stream().anyMatch(replica -> replica.state().isPresent());
    }

    /** Whether all partitions are in recovery mode, on all brokers. */
    public boolean isRecovering() {
        return isWhole() && replicas.stream().allMatch(replica -> replica.is(RECOVERING));
    }

    /** Whether any partition is in recovery mode. */
    public boolean isPartlyRecovering() {
        return replicas.stream().anyMatch(replica -> replica.is(RECOVERING));
    }

    /** Whether all partitions are processing, on all brokers, and each has a leader. */
    public boolean isProcessing() {
        return isWhole()
                && replicas.stream().allMatch(replica -> replica.is(ACTIVE))
                && IntStream.rangeClosed(1, partitions)
                        .allMatch(partition -> replicas.stream().anyMatch(replica -> replica.leads(partition)));
    }

    private boolean isWhole() {
        return brokersMissing == 0
                && IntStream.rangeClosed(1, partitions)
                        .allMatch(id -> replicas.stream().anyMatch(replica -> replica.partition() == id));
    }

    /** The states in words, without a full stop. */
    @Override
    public String toString() {
        Map<String, List<String>> byState = replicas.stream()
                .collect(Collectors.groupingBy(
                        replica -> replica.state().orElse("of no known state"),
                        TreeMap::new,
                        Collectors.mapping(Replica::toString, Collectors.toList())));
        String states = byState.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + String.join(", ", entry.getValue()))
                .collect(Collectors.joining("; "));
        boolean leaderless = brokersMissing == 0 && byState.keySet().equals(Set.of(ACTIVE)) && !isProcessing();
        return (states.isEmpty() ? "no partition is seen" : states)
                + (brokersMissing == 0 ? "" : "; " + brokersMissing + " brokers are missing")
                + (leaderless ? "; not every partition has a leader" : "");
    }

    /**
     * A partition on a broker.
     *
     * @param broker its id
     * @param partition its number
     * @param role as {@code leader}
     * @param state as {@code active}; empty before 8.10
     */
    public record Replica(String broker, int partition, String role, Optional<String> state) {
        private boolean is(String wanted) {
            return state.equals(Optional.of(wanted));
        }

        private boolean leads(int wanted) {
            return partition == wanted && role.equals("leader");
        }

        @Override
        public String toString() {
            return "partition " + partition + " on broker " + broker;
        }
    }
}
