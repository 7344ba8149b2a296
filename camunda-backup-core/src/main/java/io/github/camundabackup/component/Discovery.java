package io.github.camundabackup.component;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.ConfigurationMismatchException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.http.HttpAnswer;
import io.github.camundabackup.internal.http.HttpApi;
import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.Protocol;
import io.github.camundabackup.runtime.ClientResources;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** Finds out what each configured endpoint serves, and whether that is what it was configured as. */
final class Discovery {
    private static final String BACKUPS = "backups";
    private static final String BACKUP_HISTORY = "backupHistory";
    private static final String BACKUP_RUNTIME = "backupRuntime";
    private static final String EXPORTING = "exporting";
    private static final String PARTITIONS = "partitions";

    private final ClusterEndpoints endpoints;
    private final ClientResources resources;

    Discovery(ClusterEndpoints endpoints, ClientResources resources) {
        this.endpoints = endpoints;
        this.resources = resources;
    }

    CompletableFuture<Protocol> protocol() {
        Map<Endpoint, List<Component>> components = new LinkedHashMap<>();
        endpoints
                .all()
                .forEach((component, endpoint) -> components
                        .computeIfAbsent(endpoint, key -> new ArrayList<>())
                        .add(component));
        List<CompletableFuture<List<Served>>> answers = components.entrySet().stream()
                .map(entry -> served(entry.getKey(), entry.getValue()))
                .toList();
        return Futures.all(answers)
                .thenApply(served -> judge(served.stream().flatMap(List::stream).toList()));
    }

    /**
     * What one endpoint serves.
     *
     * @param component as what it is configured
     * @param actuator names of actuator endpoints
     * @param problem why it could not be asked
     */
    private record Served(Component component, URI uri, Set<String> actuator, Optional<String> problem) {
        boolean has(String name) {
            return actuator.contains(name);
        }

        String describe() {
            return component.displayName() + " at " + uri + " serves "
                    + (actuator.isEmpty() ? "no actuator endpoints" : "the actuator endpoints " + actuator);
        }
    }

    /** One endpoint may be configured as several components: it is asked once. */
    private CompletableFuture<List<Served>> served(Endpoint endpoint, List<Component> components) {
        String name = components.stream().map(Component::displayName).collect(Collectors.joining(" and "));
        HttpApi http = HttpApi.of(endpoint, name, resources);
        CompletableFuture<Set<String>> index = http.sendRepeatable(
                        HttpCall.get("find out what is served there", "actuator"))
                .thenCompose(answer ->
                        answer.status() == 404 ? probe(http, name) : CompletableFuture.completedFuture(names(answer)));
        return index.handle((names, error) -> {
            Optional<String> problem =
                    Optional.ofNullable(error).map(Futures::unwrap).map(Discovery::problem);
            return components.stream()
                    .map(component -> new Served(component, endpoint.uri(), error == null ? names : Set.of(), problem))
                    .toList();
        });
    }

    private static String problem(Throwable error) {
        if (error instanceof CamundaBackupException known) {
            return String.valueOf(known.getMessage());
        }
        throw new CompletionException(error);
    }

    private static Set<String> names(HttpAnswer index) {
        if (!index.isSuccess()) {
            throw index.rejected(
                    "A management port answers this with an index of what it serves. Check the port and the context path.");
        }
        JsonValue links = index.json().at("_links");
        if (!links.isObject()) {
            throw index.unexpected(
                    "it is no index of actuator endpoints. Check that this is a management port and the context path");
        }
        return links.fields().keySet().stream()
                .filter(name -> !name.equals("self") && !name.contains("-"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The index can be switched off (management.endpoints.web.discovery.enabled); then the endpoints themselves are tried. */
    private static CompletableFuture<Set<String>> probe(HttpApi http, String name) {
        List<CompletableFuture<Optional<String>>> tries =
                List.of(BACKUPS, BACKUP_HISTORY, BACKUP_RUNTIME, PARTITIONS).stream()
                        .map(endpoint -> http.sendRepeatable(
                                        HttpCall.get("find out what is served there", "actuator", endpoint))
                                .thenApply(
                                        answer -> isServed(answer) ? Optional.of(endpoint) : Optional.<String>empty()))
                        .toList();
        return Futures.all(tries).thenApply(found -> {
            Set<String> names = found.stream().flatMap(Optional::stream).collect(Collectors.toCollection(TreeSet::new));
            if (names.isEmpty()) {
                throw new ConfigurationMismatchException(
                        List.of(name + " at " + http.endpoint().uri()
                                + " has none of Camunda's endpoints below /actuator. Check the context path (such as"
                                + " http://host:9600/orchestration), and that this is the management port (8092 for Optimize, to which its"
                                + " context path does not apply)."));
            }
            // Exporting has no GET, so it cannot be tried without effect.
            names.add(EXPORTING);
            return names;
        });
    }

    /**
     * A component answers with JSON, and refuses with a message or, where something went wrong in it (Tasklist 8.6), in the form of
     * Spring. Other kinds of servers refuse in other words.
     */
    private static boolean isServed(HttpAnswer answer) {
        if (answer.status() == 401 || answer.status() == 403) {
            throw answer.rejected("");
        }
        return !answer.saysThatNothingIsServedHere()
                && answer.jsonIfAny()
                        .filter(json -> answer.isSuccess()
                                || json.text("message").isPresent()
                                || json.text("errorMessage").isPresent()
                                || (json.text("timestamp").isPresent()
                                        && json.text("path").isPresent()))
                        .isPresent();
    }

    private Protocol judge(List<Served> all) {
        List<String> problems = all.stream()
                .flatMap(served -> served.problem().stream())
                .distinct()
                .collect(Collectors.toCollection(ArrayList::new));
        Optional<Protocol> found = all.stream()
                .filter(served -> served.component() == Component.ZEEBE)
                .filter(served -> served.problem().isEmpty())
                .findFirst()
                .flatMap(zeebe -> zeebe(zeebe, problems));
        endpoints
                .protocol()
                .ifPresent(
                        stated -> found.filter(protocol -> protocol != stated)
                                .ifPresent(
                                        protocol -> problems.add(
                                                "The protocol is configured as that of " + stated.displayName()
                                                        + ", but the cluster speaks that of " + protocol.displayName()
                                                        + ". Leave the protocol out to have it discovered, or check the URI of Zeebe.")));
        all.stream()
                .filter(served -> served.problem().isEmpty() && served.component() != Component.ZEEBE)
                .forEach(served -> check(served, found, problems));
        if (!problems.isEmpty()) {
            throw new ConfigurationMismatchException(problems);
        }
        return found.orElseThrow();
    }

    private Optional<Protocol> zeebe(Served zeebe, List<String> problems) {
        if (!zeebe.has(EXPORTING)) {
            problems.add(
                    zeebe.describe()
                            + ", but not \"exporting\", so it is not the management port of Zeebe's gateway or of the"
                            + " orchestration cluster, or the endpoint is not exposed (management.endpoints.web.exposure.include).");
            return Optional.empty();
        }
        if (zeebe.has(BACKUP_RUNTIME)) {
            if (zeebe.has(BACKUP_HISTORY)
                    && endpoints.of(Component.WEB_APPLICATIONS).isEmpty()
                    && !hasOldApplications()) {
                problems.add("Zeebe at " + zeebe.uri()
                        + " serves the web applications too (\"backupHistory\"), which would be missing"
                        + " from the backup. Configure orchestrationCluster instead of zeebe.");
            }
            return Optional.of(Protocol.FROM_8_8);
        }
        if (zeebe.has(BACKUPS)) {
            return Optional.of(Protocol.UP_TO_8_7);
        }
        problems.add(zeebe.describe()
                + ", but neither \"backupRuntime\" (8.8 and later) nor \"backups\" (up to 8.7). Expose the one of"
                + " your version (management.endpoints.web.exposure.include).");
        return Optional.empty();
    }

    /** Then the error about these says already what to configure. */
    private boolean hasOldApplications() {
        return endpoints.of(Component.OPERATE).isPresent()
                || endpoints.of(Component.TASKLIST).isPresent();
    }

    private static void check(Served served, Optional<Protocol> protocol, List<String> problems) {
        switch (served.component()) {
            case OPTIMIZE -> {
                if (!served.has(BACKUPS) || served.has(PARTITIONS)) {
                    problems.add(served.describe()
                            + ", which is not what Optimize serves. Configure Optimize's management port, by"
                            + " default 8092, without a context path.");
                }
            }
            case OPERATE, TASKLIST -> application(served, protocol, problems);
            case WEB_APPLICATIONS -> {
                if (!served.has(BACKUP_HISTORY)) {
                    problems.add(served.describe() + ", but not \"backupHistory\". "
                            + (protocol.filter(Protocol.UP_TO_8_7::equals).isPresent()
                                    ? "This is a cluster of 8.5 to 8.7: configure zeebe, operate and tasklist instead of"
                                            + " orchestrationCluster."
                                    : "With a relational database as secondary storage there is none; otherwise the web applications run"
                                            + " elsewhere: configure webApplications with their management port."));
                }
            }
            case ZEEBE, ZEEBE_RECORDS -> {
                // Zeebe is judged first, and the records have no endpoint.
            }
        }
    }

    private static void application(Served served, Optional<Protocol> protocol, List<String> problems) {
        String name = served.component().displayName();
        if (served.has(BACKUP_HISTORY)
                || protocol.filter(Protocol.FROM_8_8::equals).isPresent()) {
            problems.add(name + " is configured with an endpoint of its own (" + served.uri()
                    + "), but the cluster is of 8.8 or later, where it is part of the web applications. Configure"
                    + " orchestrationCluster, and neither operate nor tasklist.");
        } else if (served.has(PARTITIONS)) {
            problems.add(served.describe()
                    + ", which is Zeebe. Where Operate and Tasklist run in one process with Zeebe, only Zeebe's"
                    + " backups can be reached: run " + name
                    + " as a process of its own, and configure its management port.");
        } else if (!served.has(BACKUPS)) {
            problems.add(served.describe() + ", but not \"backups\". Check that this is the management port of " + name
                    + ", and that the endpoint is exposed (management.endpoints.web.exposure.include).");
        }
    }
}
