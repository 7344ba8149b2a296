package io.github.camundabackup.component;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.endpoint.Wire;
import io.github.camundabackup.error.AccessDeniedException;
import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.ConfigurationMismatchException;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.error.UnexpectedAnswerException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.http.ActuatorApi;
import io.github.camundabackup.internal.http.HttpAnswer;
import io.github.camundabackup.internal.http.HttpApi;
import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.internal.http.RestApi;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.line.LineComponent;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.runtime.ClientResources;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds out what each configured endpoint serves, and whether that is what it was configured as. */
final class Discovery {
    private static final String EXPORTING = "exporting";
    private static final String PARTITIONS = "partitions";
    private static final String ASK = "find out what is served there";
    private static final String CLUSTER = "cluster";
    /** No cluster has a tenant of this name: Camunda allows no dashes in it. */
    private static final PhysicalTenant NO_TENANT = PhysicalTenant.of("no-such-tenant");

    private final ClusterEndpoints endpoints;
    private final CamundaLines lines;
    private final PhysicalTenant tenant;
    private final ClientResources resources;

    Discovery(ClusterEndpoints endpoints, ClientResources resources) {
        this.endpoints = endpoints;
        lines = endpoints.lines();
        tenant = endpoints.physicalTenant();
        this.resources = resources;
    }

    CompletableFuture<CamundaCluster> cluster() {
        Map<Endpoint, List<Component>> components = new LinkedHashMap<>();
        endpoints
                .all()
                .forEach((component, endpoint) -> components
                        .computeIfAbsent(endpoint, key -> new ArrayList<>())
                        .add(component));
        List<CompletableFuture<List<Served>>> answers = components.entrySet().stream()
                .map(entry -> served(entry.getKey(), entry.getValue()))
                .toList();
        CompletableFuture<List<Served>> restApi =
                endpoints.restApi().map(this::restApi).orElseGet(() -> CompletableFuture.completedFuture(List.of()));
        return Futures.all(answers).thenCombine(restApi, (served, rest) -> {
            List<Served> all = served.stream().flatMap(List::stream).toList();
            CamundaLine line = judge(all, rest);
            Map<Component, Wire> wires = new TreeMap<>();
            Stream.concat(all.stream(), rest.stream())
                    .filter(each -> each.restVersion().isPresent())
                    .forEach(each -> wires.put(each.component(), Wire.REST));
            return new CamundaCluster(endpoints, line, wires, resources);
        });
    }

    /** The REST API that is configured beside the management port: it stands for all that it could be asked for. */
    private CompletableFuture<List<Served>> restApi(Endpoint endpoint) {
        return RestApi.topology(HttpApi.of(endpoint, "the REST API", resources), ASK, tenant)
                .handle((topology, error) -> endpoints.all().keySet().stream()
                        .filter(component -> lines.component(component)
                                .flatMap(LineComponent::restPath)
                                .isPresent())
                        .map(component -> error == null
                                ? new Served(
                                        component,
                                        endpoint.uri(),
                                        Set.of(),
                                        Optional.of(topology.version()),
                                        Optional.empty())
                                : new Served(
                                        component,
                                        endpoint.uri(),
                                        Set.of(),
                                        Optional.empty(),
                                        Optional.of(problem(Futures.unwrap(error)))))
                        .toList());
    }

    /**
     * What one endpoint serves.
     *
     * @param component as what it is configured
     * @param actuator names of actuator endpoints
     * @param restVersion the cluster's version, if it is the REST API that is served there
     * @param problem why it could not be asked
     */
    private record Served(
            Component component,
            URI uri,
            Set<String> actuator,
            Optional<String> restVersion,
            Optional<String> problem) {
        boolean has(String name) {
            return actuator.contains(name);
        }

        /** Where a component of the cluster has its backups there; empty if it has none there. */
        Optional<String> servedPath(LineComponent component) {
            return restVersion.isPresent()
                    ? component.restPath()
                    : component.path().filter(this::has);
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
        boolean mayBeRest = components.stream()
                .anyMatch(component -> lines.component(component)
                        .flatMap(LineComponent::restPath)
                        .isPresent());
        CompletableFuture<Found> index = http.sendRepeatable(HttpCall.get(ASK, "actuator"))
                .thenCompose(answer -> hasTenant(http, components, names(answer)))
                .thenApply(names -> new Found(names, Optional.empty(), Optional.empty()));
        CompletableFuture<Found> found = Futures.recover(
                index,
                error -> mayBeRest && isSomethingElse(error)
                        ? rest(http, error)
                        : CompletableFuture.failedFuture(error));
        return Futures.recover(
                        found,
                        error -> isNotFound(error)
                                ? probe(http, name)
                                        .thenCompose(names -> hasTenant(http, components, names))
                                        .thenApply(names -> new Found(names, Optional.empty(), Optional.empty()))
                                : CompletableFuture.failedFuture(error))
                .exceptionally(
                        error -> new Found(Set.of(), Optional.empty(), Optional.of(problem(Futures.unwrap(error)))))
                .thenApply(seen -> components.stream()
                        .map(component -> new Served(
                                component, endpoint.uri(), seen.actuator(), seen.restVersion(), seen.problem()))
                        .toList());
    }

    /**
     * Whether the cluster has the physical tenant that is meant. An actuator of before 8.10 passes over the name of a
     * tenant, and would do to the whole cluster what is meant for the tenant: so it must refuse one that cannot be.
     *
     * @param served what is served there
     * @return the same
     */
    private CompletableFuture<Set<String>> hasTenant(HttpApi http, List<Component> components, Set<String> served) {
        if (tenant.isDefault() || !components.contains(Component.ZEEBE) || !served.contains(EXPORTING)) {
            return CompletableFuture.completedFuture(served);
        }
        if (!served.contains(CLUSTER)) {
            return CompletableFuture.failedFuture(
                    new ConfigurationMismatchException(List.of("Whether there is a physical tenant " + tenant
                            + " cannot be found out at " + http.endpoint().uri() + ", which does not serve /actuator/"
                            + CLUSTER
                            + ". Expose it (management.endpoints.web.exposure.include).")));
        }
        return http.sendRepeatable(aboutTenant(tenant)).thenCompose(answer -> {
            if (isUnknownTenant(answer)) {
                throw new ConfigurationMismatchException(List.of("The cluster at "
                        + http.endpoint().uri() + " has no physical tenant " + tenant
                        + ". Give one of camunda.physical-tenants of its configuration."
                        + answer.serverMessage()
                                .map(words -> " It says: " + words)
                                .orElse("")));
            }
            if (!answer.isSuccess()) {
                throw answer.rejected("");
            }
            return http.sendRepeatable(aboutTenant(NO_TENANT)).thenApply(other -> {
                if (other.isSuccess()) {
                    throw new ConfigurationMismatchException(List.of("The cluster at "
                            + http.endpoint().uri() + " knows no physical tenants, and so has no " + tenant
                            + ": there are some from Camunda 8.10 on. Leave physicalTenant out."));
                }
                if (!isUnknownTenant(other)) {
                    throw other.rejected(
                            "It was asked for a tenant that cannot be, which is refused with 400 where there are"
                                    + " physical tenants.");
                }
                return served;
            });
        });
    }

    private static boolean isUnknownTenant(HttpAnswer answer) {
        return answer.status() == 400 || answer.status() == 404;
    }

    private static HttpCall aboutTenant(PhysicalTenant tenant) {
        return ActuatorApi.about(
                Optional.of(tenant), HttpCall.get("find out whether there is a physical tenant", "actuator", CLUSTER));
    }

    private static boolean isNotFound(Throwable error) {
        return error instanceof RequestRejectedException refused && refused.status() == 404;
    }

    private record Found(Set<String> actuator, Optional<String> restVersion, Optional<String> problem) {}

    /** Whether an answer came, and none of a management port's. */
    private static boolean isSomethingElse(Throwable error) {
        return error instanceof UnexpectedAnswerException
                || (error instanceof RequestRejectedException refused && refused.status() < 500);
    }

    /** The application's own port refuses the path of an actuator in many ways, and has the REST API from 8.10 on. */
    private CompletableFuture<Found> rest(HttpApi http, Throwable noActuator) {
        return Futures.recover(
                RestApi.topology(http, ASK, tenant)
                        .thenApply(topology -> new Found(Set.of(), Optional.of(topology.version()), Optional.empty())),
                error -> CompletableFuture.failedFuture(
                        error instanceof AccessDeniedException && !(noActuator instanceof AccessDeniedException)
                                ? error
                                : noActuator));
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
                    "A management port answers this with an index of what it serves. Check the port and the context"
                            + " path.");
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

    /**
     * The index can be switched off (management.endpoints.web.discovery.enabled); then the endpoints themselves are
     * tried.
     */
    private CompletableFuture<Set<String>> probe(HttpApi http, String name) {
        Stream<String> others = tenant.isDefault() ? Stream.of(PARTITIONS) : Stream.of(PARTITIONS, CLUSTER);
        List<CompletableFuture<Optional<String>>> tries = Stream.concat(lines.paths().stream(), others)
                .map(endpoint -> http.sendRepeatable(HttpCall.get(ASK, "actuator", endpoint))
                        .thenApply(answer -> isServed(answer) ? Optional.of(endpoint) : Optional.<String>empty()))
                .toList();
        return Futures.all(tries).thenApply(found -> {
            Set<String> names = found.stream().flatMap(Optional::stream).collect(Collectors.toCollection(TreeSet::new));
            if (names.isEmpty()) {
                throw new ConfigurationMismatchException(
                        List.of(name + " at " + http.endpoint().uri()
                                + " has none of Camunda's endpoints below /actuator. Check the context path (such as"
                                + " http://host:9600/orchestration), and that this is the management port (8092 for"
                                + " Optimize, to which its context path does not apply)."));
            }
            // Exporting has no GET, so it cannot be tried without effect.
            names.add(EXPORTING);
            return names;
        });
    }

    /**
     * A component answers with JSON, and refuses with a message or, where something went wrong in it (Tasklist 8.6), in
     * the form of Spring. Other kinds of servers refuse in other words.
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

    private CamundaLine judge(List<Served> all, List<Served> restApi) {
        List<String> problems = Stream.concat(all.stream(), restApi.stream())
                .flatMap(served -> served.problem().stream())
                .distinct()
                .collect(Collectors.toCollection(ArrayList::new));
        Optional<CamundaLine> ofVersion = Stream.concat(restApi.stream(), all.stream())
                .flatMap(served -> served.restVersion().stream())
                .findFirst()
                .flatMap(version -> lineOf(version, problems));
        Optional<CamundaLine> line = all.stream()
                .filter(served -> served.component().equals(Component.ZEEBE))
                .filter(served -> served.problem().isEmpty())
                .findFirst()
                .flatMap(zeebe -> line(zeebe, ofVersion, problems));
        all.stream()
                .filter(served ->
                        served.problem().isEmpty() && !served.component().equals(Component.ZEEBE))
                .forEach(served -> line.or(() -> shownBy(served))
                        .ifPresentOrElse(known -> check(served, known, problems), () -> checkAlone(served, problems)));
        if (!problems.isEmpty()) {
            throw new ConfigurationMismatchException(problems);
        }
        return line.orElseThrow();
    }

    /** The line of a version that a REST API tells. */
    private Optional<CamundaLine> lineOf(String version, List<String> problems) {
        Optional<CamundaLine> stated = endpoints.line();
        Optional<CamundaLine> newest = lines.all().stream()
                .filter(line -> restPath(line, Component.ZEEBE).isPresent())
                .reduce((older, newer) -> newer);
        Optional<CamundaLine> line = stated.filter(own -> own.includes(version))
                .or(() -> lines.ofVersion(version))
                // What is not known is later than all that is.
                .or(() -> newest.map(CamundaLine::orLater));
        if (line.flatMap(of -> restPath(of, Component.ZEEBE)).isEmpty()) {
            problems.add("The REST API is that of Camunda " + version
                    + ", which has nothing for backups: they are asked for at the management port, by default"
                    + " 9600, up to 8.9.");
            return Optional.empty();
        }
        if (stated.isPresent() && !stated.equals(line)) {
            problems.add("The line is configured as that of " + stated.get().displayName()
                    + ", but the cluster is of Camunda " + version
                    + ". Leave the line out to have it discovered, or check the URI.");
        }
        return line;
    }

    /** The line that Zeebe's endpoint shows; the stated one, if it is one of several that look the same. */
    private Optional<CamundaLine> line(Served zeebe, Optional<CamundaLine> ofVersion, List<String> problems) {
        if (zeebe.restVersion().isPresent()) {
            ofVersion.flatMap(line -> forgotten(zeebe, line)).ifPresent(problems::add);
            return ofVersion;
        }
        Optional<CamundaLine> stated = endpoints.line().or(() -> ofVersion);
        if (!zeebe.has(EXPORTING)) {
            problems.add(zeebe.describe()
                    + ", but not \"exporting\", so it is not the management port of Zeebe's gateway or of the"
                    + " orchestration cluster, or the endpoint is not exposed"
                    + " (management.endpoints.web.exposure.include).");
            return Optional.empty();
        }
        List<CamundaLine> candidates = candidates(zeebe).stream()
                .filter(candidate -> tenant.isDefault() || candidate.hasPhysicalTenants())
                .toList();
        if (candidates.isEmpty()) {
            problems.add(zeebe.describe() + ", but neither " + expectedOfZeebe()
                    + ". Expose the one of your version (management.endpoints.web.exposure.include).");
            return Optional.empty();
        }
        CamundaLine first = candidates.get(0);
        CamundaLine shown = candidates.size() == 1 ? first : first.orLater();
        if (stated.isPresent() && !candidates.contains(stated.get())) {
            problems.add("The line is configured as that of " + stated.get().displayName()
                    + ", but the cluster speaks as " + shown.displayName()
                    + ". Leave the line out to have it discovered, or check the URI of Zeebe.");
            return Optional.of(shown);
        }
        CamundaLine line = stated.orElse(shown);
        forgotten(zeebe, line).ifPresent(problems::add);
        return Optional.of(line);
    }

    /** Those lines whose Zeebe has its backups where this one has, the most telling path first. */
    private List<CamundaLine> candidates(Served zeebe) {
        List<CamundaLine> candidates = lines.all().stream()
                .filter(line -> path(line, Component.ZEEBE).filter(zeebe::has).isPresent())
                .toList();
        // An orchestration cluster may serve the older path, too.
        return candidates.stream()
                .map(line -> path(line, Component.ZEEBE).orElseThrow())
                .reduce((older, newer) -> newer)
                .map(newest -> candidates.stream()
                        .filter(line -> path(line, Component.ZEEBE).equals(Optional.of(newest)))
                        .toList())
                .orElse(List.of());
    }

    private String expectedOfZeebe() {
        return lines.all().stream()
                .collect(Collectors.groupingBy(
                        line -> path(line, Component.ZEEBE).orElse(""), LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(entry -> "\"" + entry.getKey() + "\" ("
                        + entry.getValue().get(0).displayName()
                        + (entry.getValue().size() == 1 ? "" : " and later") + ")")
                .collect(Collectors.joining(" nor "));
    }

    /** A component that Zeebe's process serves and that is not configured would be missing from the backup. */
    private Optional<String> forgotten(Served zeebe, CamundaLine line) {
        boolean namesOthers = endpoints.all().keySet().stream()
                .anyMatch(configured -> line.component(configured).isEmpty());
        return line.components().stream()
                .filter(component -> component.isInZeebesProcess()
                        && !component.component().equals(Component.ZEEBE)
                        && zeebe.servedPath(component).isPresent()
                        && endpoints.of(component.component()).isEmpty())
                .findFirst()
                // Otherwise the error about the others says already what to configure.
                .filter(component -> !namesOthers)
                .map(component -> "Zeebe at " + zeebe.uri() + " serves the "
                        + component.component().displayName() + " too (\""
                        + zeebe.servedPath(component).orElse("")
                        + "\"), which would be missing from the backup. Configure orchestrationCluster instead"
                        + " of zeebe.");
    }

    /**
     * The line that an endpoint gives away although Zeebe could not be asked: one that serves there what no other line
     * does.
     */
    private Optional<CamundaLine> shownBy(Served served) {
        Set<String> ofOthers = lines.all().stream()
                .filter(line -> line.component(served.component()).isPresent())
                .flatMap(line -> line.components().stream())
                .flatMap(component -> component.path().stream())
                .collect(Collectors.toSet());
        return lines.all().stream()
                .filter(line -> line.component(served.component()).isEmpty())
                .filter(line -> line.components().stream()
                        .flatMap(component -> component.path().stream())
                        .anyMatch(path -> served.has(path) && !ofOthers.contains(path)))
                .findFirst()
                .map(CamundaLine::orLater);
    }

    private static void check(Served served, CamundaLine line, List<String> problems) {
        if (line.component(served.component()).flatMap(served::servedPath).isPresent()
                && served.restVersion().isPresent()) {
            return;
        }
        String name = served.component().displayName();
        Optional<LineComponent> component = line.component(served.component());
        if (component.isEmpty()) {
            problems.add(name + " is configured with an endpoint of its own (" + served.uri()
                    + "), but the cluster is of " + line.displayName() + ", "
                    + line.elsewhere(served.component())
                            .orElse("which has no such component. State the line that has it."));
        } else {
            check(served, component.get(), problems);
        }
    }

    /** As the other one, for when no line is known: what any line says of the component. */
    private void checkAlone(Served served, List<String> problems) {
        boolean knownPath = lines.all().stream()
                .flatMap(line -> path(line, served.component()).stream())
                .anyMatch(served::has);
        lines.component(served.component())
                .filter(component -> !knownPath || isForeignProcess(served, component))
                .ifPresent(component -> check(served, component, problems));
    }

    private static void check(Served served, LineComponent component, List<String> problems) {
        String path = component.path().orElse("");
        if (isForeignProcess(served, component)) {
            problems.add(served.describe() + ", which is Zeebe, and not "
                    + served.component().displayName() + ". " + component.endpointAdvice());
        } else if (!served.has(path)) {
            problems.add(served.describe() + ", but not \"" + path + "\". " + component.endpointAdvice());
        }
    }

    private static boolean isForeignProcess(Served served, LineComponent component) {
        return served.has(PARTITIONS) && !component.isInZeebesProcess();
    }

    private static Optional<String> restPath(CamundaLine line, Component component) {
        return line.component(component).flatMap(LineComponent::restPath);
    }

    private static Optional<String> path(CamundaLine line, Component component) {
        return line.component(component).flatMap(LineComponent::path);
    }
}
