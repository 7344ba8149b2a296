package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.test.internal.web.Application;
import io.github.camundabackup.test.internal.web.WebAnswer;
import io.github.camundabackup.test.internal.web.WebRequest;
import io.github.camundabackup.test.simulation.model.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;

/**
 * The physical tenants of an orchestration cluster, from 8.10: the actuator is told which one is meant by a parameter,
 * the REST API by the path. Thread-safe.
 *
 * @see <a href="https://github.com/camunda/camunda/pull/60456">camunda#60456: the actuator without the parameter acts on
 *     all of them</a>
 */
public final class PhysicalTenants {
    private static final String DEFAULT = "default";

    private final boolean known;
    private final Map<String, Member> members = new ConcurrentSkipListMap<>();

    /**
     * @param known whether the cluster's version knows tenants: before, it passes over the parameter
     */
    public PhysicalTenants(boolean known) {
        this.known = known;
    }

    private record Member(Map<Server, Application> applications, Predicate<String> tokens) {
        CompletableFuture<WebAnswer> answer(Server server, WebRequest request) {
            return Optional.ofNullable(applications.get(server)).orElseThrow().answer(request);
        }
    }

    /**
     * Adds a tenant.
     *
     * @param applications what answers for it at the cluster's servers
     * @param tokens which access tokens it accepts; the empty one stands for none
     */
    public void add(String id, Map<Server, Application> applications, Predicate<String> tokens) {
        members.put(id, new Member(Map.copyOf(applications), tokens));
    }

    /** Whether an access token is accepted by the tenant that a request is about. */
    public boolean accepts(WebRequest request, String token) {
        return Optional.ofNullable(members.get(tenantOfPath(request.segments())))
                .map(member -> member.tokens().test(token))
                .orElse(true);
    }

    /** What answers at one of the cluster's servers for all of its tenants. */
    public Application at(Server server) {
        return server == Server.REST_API ? this::rest : request -> actuator(server, request);
    }

    private CompletableFuture<WebAnswer> actuator(Server server, WebRequest request) {
        if (!known || !isAboutTenants(request)) {
            return member(DEFAULT).answer(server, request);
        }
        Optional<String> named = Optional.ofNullable(request.query().get("physicalTenant"));
        if (named.isEmpty()) {
            return all(server, request);
        }
        return members.containsKey(named.get())
                ? member(named.get()).answer(server, request)
                : CompletableFuture.completedFuture(SpringAnswers.message(
                        400,
                        "Unknown physical tenant '" + named.get() + "'. Configured physical tenants: "
                                + members.keySet()));
    }

    /** What changes something is done to all of them; a question is answered for the default tenant only. */
    private CompletableFuture<WebAnswer> all(Server server, WebRequest request) {
        if (request.method().equals("GET")) {
            return member(DEFAULT).answer(server, request);
        }
        List<CompletableFuture<WebAnswer>> answers = new ArrayList<>();
        members.values().forEach(member -> answers.add(member.answer(server, request)));
        return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                .thenApply(all -> answers.stream()
                        .map(CompletableFuture::join)
                        .filter(answer -> answer.status() >= 300)
                        .findFirst()
                        .orElseGet(() -> answers.get(0).join()));
    }

    private CompletableFuture<WebAnswer> rest(WebRequest request) {
        List<String> path = request.segments();
        String tenant = tenantOfPath(path);
        return members.containsKey(tenant)
                ? member(tenant).answer(Server.REST_API, isOfTenant(path) ? withoutTenant(request) : request)
                : CompletableFuture.completedFuture(WebAnswer.empty(404));
    }

    private Member member(String id) {
        return Optional.ofNullable(members.get(id)).orElseThrow();
    }

    private static boolean isAboutTenants(WebRequest request) {
        return request.segments().size() > 1 && !request.segments().get(1).equals("health");
    }

    private static boolean isOfTenant(List<String> path) {
        return path.size() > 1 && path.get(0).equals("physical-tenants");
    }

    private static String tenantOfPath(List<String> path) {
        return isOfTenant(path) ? path.get(1) : DEFAULT;
    }

    private static WebRequest withoutTenant(WebRequest request) {
        String path = request.path().replaceFirst("/physical-tenants/[^/]+", "");
        return new WebRequest(
                request.method(),
                request.base(),
                request.fullPath(),
                path,
                request.rawQuery(),
                request.contentType(),
                request.body());
    }
}
