package io.github.camundabackup.restore.control;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.process.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The commands of Zeebe's brokers, by the brokers' node ids. Immutable. */
final class BrokerCommands {
    private final Map<Integer, Broker> brokers;

    BrokerCommands(Map<Integer, Broker> brokers) {
        this.brokers = new TreeMap<>(brokers);
    }

    /**
     * What they lack. Each broker counts by its node id: two under the same one would be as many, and one of them not
     * restored.
     */
    Optional<String> problem(ZeebeRestore zeebe) {
        if (zeebe.brokers().isEmpty()) {
            return Optional.of(
                    "It is not configured how many brokers the cluster has, so it is not known whether each of them has"
                            + " commands. Say it with RestoreSettings.builder().brokers(…).");
        }
        if (zeebe.brokers().getAsInt() == 0) {
            return Optional.empty();
        }
        List<Integer> without = zeebe.nodeIds().stream()
                .filter(node -> !brokers.containsKey(node))
                .toList();
        List<Integer> strangers = brokers.keySet().stream()
                .filter(node -> !zeebe.nodeIds().contains(node))
                .toList();
        if (without.isEmpty() && strangers.isEmpty()) {
            return Optional.empty();
        }
        int all = zeebe.nodeIds().size();
        return Optional.of(Stream.of(
                                without.isEmpty()
                                        ? ""
                                        : "There are no commands to restore " + named(without) + " of " + all + ".",
                                strangers.isEmpty()
                                        ? ""
                                        : "There are commands to restore " + named(strangers) + ", which a cluster of "
                                                + all + " does not have.")
                        .filter(sentence -> !sentence.isEmpty())
                        .collect(Collectors.joining(" "))
                + " Give those of every broker under its own node id, from 0, or restore Zeebe by hand.");
    }

    /**
     * Clears the data of all brokers first, and then restores all at once: in some configurations they wait for each
     * other.
     */
    CompletableFuture<Void> restore(ZeebeRestore zeebe, Runner runner) {
        return Futures.all(brokers.values().stream()
                        .map(broker -> runner.run("clear the data of a broker", broker.clear(), Map.of()))
                        .toList())
                .thenCompose(cleared -> restoreAll(zeebe, runner));
    }

    private CompletableFuture<Void> restoreAll(ZeebeRestore zeebe, Runner runner) {
        Map<Integer, CompletableFuture<Void>> restores = new TreeMap<>();
        brokers.forEach((node, broker) -> restores.put(node, restore(node, broker, zeebe, runner)));
        return Futures.recover(
                CompletableFuture.allOf(restores.values().toArray(CompletableFuture<?>[]::new)),
                first -> CompletableFuture.failedFuture(failure(restores, first)));
    }

    /** An operator who goes on by hand must know which of the brokers are restored. */
    private static CamundaBackupException failure(Map<Integer, CompletableFuture<Void>> restores, Throwable first) {
        List<Integer> restored = new ArrayList<>();
        List<Integer> failed = new ArrayList<>();
        restores.forEach((node, restore) -> (restore.isCompletedExceptionally() ? failed : restored).add(node));
        CamundaBackupException failure = new CamundaBackupException(
                "Zeebe is restored on " + (restored.isEmpty() ? "no broker" : named(restored)) + ", and not on "
                        + named(failed) + ". " + first.getMessage(),
                first);
        restores.values()
                .forEach(restore -> restore.whenComplete((done, error) -> {
                    if (error != null && Futures.unwrap(error) != first) {
                        failure.addSuppressed(Futures.unwrap(error));
                    }
                }));
        return failure;
    }

    private static CompletableFuture<Void> restore(int node, Broker broker, ZeebeRestore zeebe, Runner runner) {
        List<String> command = new ArrayList<>(broker.restore());
        command.addAll(zeebe.command().subList(1, zeebe.command().size()));
        return runner.run("restore broker " + node, command, zeebe.environment(node))
                .thenAccept(output -> {
                    if (zeebe.successIn(output).isEmpty()) {
                        throw new CamundaBackupException("The restore application of broker " + node
                                + " ended with 0, and did not log that it restored backup " + zeebe.backupId() + "."
                                + Command.tail(output));
                    }
                });
    }

    private static String named(List<Integer> nodes) {
        return nodes.stream().map(node -> "broker " + node).collect(Collectors.joining(", "));
    }

    /**
     * The commands of one broker.
     *
     * @param clear deletes its data
     * @param restore runs the restore application; the backup id is appended
     */
    record Broker(List<String> clear, List<String> restore) {}

    /** Runs commands. */
    @FunctionalInterface
    interface Runner {
        /**
         * @param purpose as that of a {@link Command}
         * @return completes with its output
         */
        CompletableFuture<List<String>> run(String purpose, List<String> line, Map<String, String> environment);
    }
}
