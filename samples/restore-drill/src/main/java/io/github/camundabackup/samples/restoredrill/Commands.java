package io.github.camundabackup.samples.restoredrill;

import io.github.camundabackup.model.Component;
import io.github.camundabackup.restore.control.CommandControl;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.samples.quickstart.Environment;
import io.github.camundabackup.samples.quickstart.Environment.BadValueException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The commands that stop, restore and start a cluster: for each component for which there is a URL, {@code STOP_…} and
 * {@code START_…}, and for each broker {@code BROKER_0_CLEAR} and {@code BROKER_0_RESTORE}. All of them go through
 * {@code sh -c}.
 */
final class Commands {
    private static final String PREFIX = "CAMUNDA_BACKUP_";
    private static final Pattern BROKER = Pattern.compile("BROKER_(\\d{1,2})_(?:CLEAR|RESTORE)");
    /** By the variables' word for each, the components that are there. */
    private static final Map<String, List<Component>> COMPONENTS = components();

    private final Environment environment;
    private final int brokers;
    private final boolean given;

    private Commands(Environment environment, Iterable<String> variables) {
        this.environment = environment;
        brokers = brokers(variables);
        given = names(variables).stream()
                .anyMatch(name -> environment.text(name).isPresent());
        requireAllOrNone();
    }

    /** The variables' names that belong to commands, of as many brokers as there are names of. */
    static List<String> names(Iterable<String> variables) {
        Stream<String> components =
                COMPONENTS.keySet().stream().flatMap(name -> Stream.of("STOP_" + name, "START_" + name));
        return Stream.concat(components, ofBrokers(brokers(variables))).toList();
    }

    /**
     * @param variables all that are set
     * @throws BadValueException if some are given and not all that are needed
     */
    static Commands of(Environment environment, Iterable<String> variables) {
        return new Commands(environment, variables);
    }

    /** Whether there are any; otherwise an operator must do it by hand. */
    boolean areGiven() {
        return given;
    }

    int brokers() {
        return brokers;
    }

    CommandControl control(ClientResources resources) {
        CommandControl.Builder control = CommandControl.builder(resources);
        COMPONENTS.forEach((name, components) -> {
            // One process, one command.
            environment
                    .text("STOP_" + name)
                    .ifPresent(command -> components.forEach(component -> control.stop(
                            component, component.equals(components.get(0)) ? shell(command) : shell("true"))));
            environment
                    .text("START_" + name)
                    .ifPresent(command -> components.forEach(component -> control.start(
                            component, component.equals(components.get(0)) ? shell(command) : shell("true"))));
        });
        for (int broker = 0; broker < brokers; broker++) {
            // What comes after the command's text are the shell's arguments; they are handed on.
            String[] restore =
                    shell(environment.text(restore(broker)).orElseThrow().strip() + " \"$@\"", "restore");
            control.broker(broker, List.of(shell(environment.text(clear(broker)).orElseThrow())), List.of(restore));
        }
        return control.build();
    }

    private void requireAllOrNone() {
        List<String> strangers = COMPONENTS.keySet().stream()
                .filter(name -> !isConfigured(name))
                .flatMap(name -> Stream.of("STOP_" + name, "START_" + name))
                .filter(name -> environment.text(name).isPresent())
                .toList();
        if (!strangers.isEmpty()) {
            throw new BadValueException(listed(strangers) + ": there is no URL of that component.");
        }
        Stream<String> ofComponents = COMPONENTS.keySet().stream()
                .filter(this::isConfigured)
                .flatMap(name -> Stream.of("STOP_" + name, "START_" + name));
        // A cluster has at least one broker.
        List<String> missing = Stream.concat(ofComponents, ofBrokers(Math.max(1, brokers)))
                .filter(name -> environment.text(name).isEmpty())
                .toList();
        if (given && !missing.isEmpty()) {
            throw new BadValueException(
                    listed(missing) + ": missing. Give a command for each, or none at all to do everything by hand.");
        }
    }

    private static Stream<String> ofBrokers(int count) {
        return IntStream.range(0, count).boxed().flatMap(broker -> Stream.of(clear(broker), restore(broker)));
    }

    private boolean isConfigured(String name) {
        return environment.text(name + "_URL").isPresent();
    }

    private static int brokers(Iterable<String> variables) {
        int brokers = 0;
        for (String variable : variables) {
            Matcher matcher = BROKER.matcher(variable.startsWith(PREFIX) ? variable.substring(PREFIX.length()) : "");
            if (matcher.matches()) {
                brokers = Math.max(brokers, Integer.parseInt(matcher.group(1)) + 1);
            }
        }
        return brokers;
    }

    private static String clear(int broker) {
        return "BROKER_" + broker + "_CLEAR";
    }

    private static String restore(int broker) {
        return "BROKER_" + broker + "_RESTORE";
    }

    private static String listed(List<String> names) {
        return names.stream().map(name -> PREFIX + name).collect(Collectors.joining(", "));
    }

    private static String[] shell(String command, String... name) {
        return Stream.concat(Stream.of("sh", "-c", command), Stream.of(name)).toArray(String[]::new);
    }

    private static Map<String, List<Component>> components() {
        Map<String, List<Component>> components = new LinkedHashMap<>();
        components.put("ORCHESTRATION", List.of(Component.ZEEBE, Component.WEB_APPLICATIONS));
        components.put("ZEEBE", List.of(Component.ZEEBE));
        components.put("OPERATE", List.of(Component.OPERATE));
        components.put("TASKLIST", List.of(Component.TASKLIST));
        components.put("OPTIMIZE", List.of(Component.OPTIMIZE));
        return components;
    }
}
