package io.github.camundabackup.restore.control;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.internal.concurrent.EndingFuture;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.input.Durations;
import io.github.camundabackup.internal.process.Command;
import io.github.camundabackup.internal.text.Phrases;
import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.runtime.ClientResources;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Stops and starts components with commands: scripts, {@code systemctl}, {@code kubectl scale}. A command has done its
 * work when it ends with 0; the restore application of a broker must also log that it succeeded. No shell is between:
 * what needs one is {@code sh -c …}. A command whose step is cancelled is ended, and killed if it does not end within
 * 10 s; so are the processes that it has started. Messages show a command's program and the end of its output, not its
 * arguments.
 */
public final class CommandControl implements ClusterControl {
    private final ClientResources resources;
    private final Duration timeout;
    private final Map<Component, List<String>> stops;
    private final Map<Component, List<String>> starts;
    private final BrokerCommands brokers;

    private CommandControl(Builder builder) {
        resources = builder.resources;
        timeout = builder.timeout;
        stops = new TreeMap<>(builder.stops);
        starts = new TreeMap<>(builder.starts);
        brokers = new BrokerCommands(builder.brokers);
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
                        missing("stop", components, stops),
                        brokers.problem(zeebe),
                        missing("start", components, starts))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Zeebe last, once the commands of the others have ended. */
    @Override
    public CompletableFuture<Void> stop(List<Component> components) {
        StartOrder order = StartOrder.of(components, CamundaLines.known());
        return each("stop", components, stops, List.of(order.others(), order.first()));
    }

    /**
     * Clears the data of all brokers first, and then restores all at once: in some configurations they wait for each
     * other.
     */
    @Override
    public CompletableFuture<Void> restoreZeebe(ZeebeRestore zeebe) {
        Optional<String> missing = brokers.problem(zeebe);
        return missing.isPresent()
                ? CompletableFuture.failedFuture(new CamundaBackupException(missing.get()))
                : untilDone(step ->
                        brokers.restore(zeebe, (purpose, line, environment) -> run(purpose, line, environment, step)));
    }

    /** Zeebe first, and the others once its command has ended. */
    @Override
    public CompletableFuture<Void> start(List<Component> components) {
        StartOrder order = StartOrder.of(components, CamundaLines.known());
        return each("start", components, starts, List.of(order.first(), order.others()));
    }

    private CompletableFuture<Void> each(
            String verb,
            List<Component> components,
            Map<Component, List<String>> commands,
            List<List<Component>> order) {
        Optional<String> missing = missing(verb, components, commands);
        if (missing.isPresent()) {
            return CompletableFuture.failedFuture(new CamundaBackupException(missing.get()));
        }
        return untilDone(step -> {
            CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
            for (List<Component> group : order) {
                done = done.thenCompose(before -> all(group.stream()
                        .map(component -> run(
                                verb + " " + component.displayName(),
                                commands.getOrDefault(component, List.of()),
                                Map.of(),
                                step))
                        .toList()));
            }
            return done;
        });
    }

    private static Optional<String> missing(
            String verb, List<Component> components, Map<Component, List<String>> commands) {
        List<Component> without = components.stream()
                .filter(component -> !commands.containsKey(component))
                .toList();
        return without.isEmpty()
                ? Optional.empty()
                : Optional.of("There is no command to " + verb + " " + Phrases.names(without)
                        + ". Give one for every component; a component that another one's command covers gets \"true\"."
                        + " What Zeebe's covers is stopped last and started first.");
    }

    private CompletableFuture<List<String>> run(
            String purpose, List<String> command, Map<String, String> environment, CompletableFuture<?> step) {
        return new Command(purpose, command, environment).run(resources, timeout, step);
    }

    private static CompletableFuture<Void> untilDone(Function<CompletableFuture<?>, CompletableFuture<Void>> commands) {
        EndingFuture<Void> step = new EndingFuture<>();
        commands.apply(step.givenUp()).whenComplete((done, error) -> {
            if (error == null) {
                step.complete(null);
            } else {
                step.completeExceptionally(
                        step.givenUp().isDone() ? new CancellationException() : Futures.unwrap(error));
            }
        });
        return step;
    }

    private static <T> CompletableFuture<Void> all(List<CompletableFuture<T>> futures) {
        return Futures.all(futures).thenAccept(done -> {});
    }

    /** Collects a {@link CommandControl}. Not thread-safe. */
    public static final class Builder {
        private final ClientResources resources;
        private final Map<Component, List<String>> stops = new TreeMap<>();
        private final Map<Component, List<String>> starts = new TreeMap<>();
        private final Map<Integer, BrokerCommands.Broker> brokers = new LinkedHashMap<>();
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
         * The commands of one broker. The restore command gets {@code --backupId=…} appended, and
         * {@code ZEEBE_BROKER_CLUSTER_NODEID} in its environment.
         *
         * @param nodeId the broker's node id, from 0
         * @param clear deletes the broker's data
         * @param restore runs the restore application, such as {@code /opt/camunda/bin/restore}, with the broker's
         *     configuration
         */
        public Builder broker(int nodeId, List<String> clear, List<String> restore) {
            brokers.put(
                    nodeId,
                    new BrokerCommands.Broker(
                            nonEmpty(clear.toArray(String[]::new)), nonEmpty(restore.toArray(String[]::new))));
            return this;
        }

        /**
         * How long a command may run before it is ended, and killed if it does not end within 10 s. Default: 1 h.
         *
         * @throws IllegalArgumentException if not greater than zero, or longer than a year
         */
        public Builder timeout(Duration timeout) {
            this.timeout = Durations.positive(timeout, "timeout");
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
