package io.github.camundabackup.restore;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.runtime.ClientResources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Stops and starts components with commands: scripts, {@code systemctl}, {@code kubectl scale}. A command has done its work when it ends
 * with 0; the restore application of a broker must also log that it succeeded. No shell is between: what needs one is
 * {@code sh -c …}. A command whose step is cancelled is ended. Messages show a command's program and the end of its output, not its arguments.
 */
public final class CommandControl implements ComponentControl {
    private final ClientResources resources;
    private final Duration timeout;
    private final Map<Component, List<String>> stops;
    private final Map<Component, List<String>> starts;
    private final Map<Integer, BrokerCommands> brokers;

    private CommandControl(Builder builder) {
        resources = builder.resources;
        timeout = builder.timeout;
        stops = new EnumMap<>(builder.stops);
        starts = new EnumMap<>(builder.starts);
        brokers = new LinkedHashMap<>(builder.brokers);
    }

    /**
     * Collects commands.
     *
     * @param resources must stay open as long as the control is used
     */
    public static Builder builder(ClientResources resources) {
        return new Builder(resources);
    }

    @Override
    public List<String> problems(List<Component> components, ZeebeRestore zeebe) {
        return Stream.of(
                        missing("stop", components, stops), missingBrokers(zeebe), missing("start", components, starts))
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public CompletableFuture<Void> stop(List<Component> components) {
        return each("stop", components, stops);
    }

    /** Clears the data of all brokers first, and then restores all at once: in some configurations they wait for each other. */
    @Override
    public CompletableFuture<Void> restoreZeebe(ZeebeRestore zeebe) {
        Optional<String> missing = missingBrokers(zeebe);
        if (missing.isPresent()) {
            return CompletableFuture.failedFuture(new CamundaBackupException(missing.get()));
        }
        return untilDone(step -> all(brokers.values().stream()
                        .map(broker -> run("clear the data of a broker", broker.clear(), Map.of(), step))
                        .toList())
                .thenCompose(cleared -> all(brokers.entrySet().stream()
                        .map(broker -> restore(broker.getKey(), broker.getValue(), zeebe, step))
                        .toList())));
    }

    @Override
    public CompletableFuture<Void> start(List<Component> components) {
        return each("start", components, starts);
    }

    private CompletableFuture<Void> restore(
            int nodeId, BrokerCommands broker, ZeebeRestore zeebe, CompletableFuture<?> step) {
        List<String> command = new ArrayList<>(broker.restore());
        command.addAll(zeebe.command().subList(1, zeebe.command().size()));
        return run("restore broker " + nodeId, command, zeebe.environment(nodeId), step)
                .thenAccept(output -> {
                    if (zeebe.successIn(output).isEmpty()) {
                        throw new CamundaBackupException("The restore application of broker " + nodeId
                                + " ended with 0, and did not log that it restored backup " + zeebe.backupId() + "."
                                + Command.tail(output));
                    }
                });
    }

    private CompletableFuture<Void> each(
            String verb, List<Component> components, Map<Component, List<String>> commands) {
        Optional<String> missing = missing(verb, components, commands);
        if (missing.isPresent()) {
            return CompletableFuture.failedFuture(new CamundaBackupException(missing.get()));
        }
        return untilDone(step -> all(components.stream()
                .map(component -> run(
                        verb + " " + component.displayName(),
                        commands.getOrDefault(component, List.of()),
                        Map.of(),
                        step))
                .toList()));
    }

    private static Optional<String> missing(
            String verb, List<Component> components, Map<Component, List<String>> commands) {
        List<Component> without = components.stream()
                .filter(component -> !commands.containsKey(component))
                .toList();
        return without.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "There is no command to " + verb + " " + PlanText.names(without)
                                + ". Give one for every component; a component that another one's command covers gets \"true\".");
    }

    /** Each by its node id: two brokers under the same one would be as many, and one of them not restored. */
    private Optional<String> missingBrokers(ZeebeRestore zeebe) {
        if (zeebe.brokers().isEmpty()) {
            return Optional.of(
                    "Nobody has said how many brokers the cluster has, so it is not known whether each of them has"
                            + " commands. Say it with RestoreSettings.builder().brokers(…).");
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

    private static String named(List<Integer> nodes) {
        return nodes.stream().map(node -> "broker " + node).collect(Collectors.joining(", "));
    }

    private CompletableFuture<List<String>> run(
            String purpose, List<String> command, Map<String, String> environment, CompletableFuture<?> step) {
        return new Command(purpose, command, environment).run(resources, timeout, step);
    }

    /** A step whose commands are ended when it is cancelled. */
    private static CompletableFuture<Void> untilDone(Function<CompletableFuture<?>, CompletableFuture<Void>> commands) {
        CompletableFuture<Void> step = new CompletableFuture<>();
        commands.apply(step).whenComplete((done, error) -> {
            if (error == null) {
                step.complete(null);
            } else {
                step.completeExceptionally(Futures.unwrap(error));
            }
        });
        return step;
    }

    private static <T> CompletableFuture<Void> all(List<CompletableFuture<T>> futures) {
        return Futures.all(futures).thenAccept(done -> {});
    }

    /**
     * The commands of one broker.
     *
     * @param clear deletes its data
     * @param restore runs the restore application; the backup id is appended
     */
    private record BrokerCommands(List<String> clear, List<String> restore) {}

    /** Collects a {@link CommandControl}. Not thread-safe. */
    public static final class Builder {
        private final ClientResources resources;
        private final Map<Component, List<String>> stops = new EnumMap<>(Component.class);
        private final Map<Component, List<String>> starts = new EnumMap<>(Component.class);
        private final Map<Integer, BrokerCommands> brokers = new LinkedHashMap<>();
        private Duration timeout = Duration.ofHours(1);

        private Builder(ClientResources resources) {
            this.resources = Objects.requireNonNull(resources, "resources");
        }

        /** The command that stops a component, and ends when it is stopped. */
        public Builder stop(Component component, String... command) {
            stops.put(component, nonEmpty(command));
            return this;
        }

        /** The command that starts a component. */
        public Builder start(Component component, String... command) {
            starts.put(component, nonEmpty(command));
            return this;
        }

        /**
         * The commands of one broker. The restore command gets {@code --backupId=…} appended, and {@code ZEEBE_BROKER_CLUSTER_NODEID} in its
         * environment.
         *
         * @param nodeId the broker's node id, from 0
         * @param clear deletes the broker's data
         * @param restore runs the restore application, such as {@code /opt/camunda/bin/restore}, with the broker's configuration
         */
        public Builder broker(int nodeId, List<String> clear, List<String> restore) {
            brokers.put(
                    nodeId,
                    new BrokerCommands(
                            nonEmpty(clear.toArray(String[]::new)), nonEmpty(restore.toArray(String[]::new))));
            return this;
        }

        /**
         * How long a command may run before it is ended. Default: 1 h.
         *
         * @throws IllegalArgumentException if not greater than zero
         */
        public Builder timeout(Duration timeout) {
            if (timeout.isZero() || timeout.isNegative()) {
                throw new IllegalArgumentException("The timeout must be greater than zero, but was " + timeout + ".");
            }
            this.timeout = timeout;
            return this;
        }

        public CommandControl build() {
            return new CommandControl(this);
        }

        private static List<String> nonEmpty(String... command) {
            if (command.length == 0 || command[0].isBlank()) {
                throw new IllegalArgumentException("A command has at least the name of a program.");
            }
            return List.of(command);
        }
    }
}
