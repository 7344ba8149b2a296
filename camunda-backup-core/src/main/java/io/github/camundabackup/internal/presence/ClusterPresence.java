package io.github.camundabackup.internal.presence;

import io.github.camundabackup.component.ClusterEndpoints;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.error.UnreachableException;
import io.github.camundabackup.error.UnreachableException.Reason;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.http.HttpApi;
import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.runtime.TimeSource;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The presence of a cluster's processes: one that answers runs, one that refuses connections does not, and of all
 * others it is not known.
 */
public final class ClusterPresence {
    private static final Duration LATEST_REFUSAL = Duration.ofSeconds(2);

    private final List<Site> sites;

    private ClusterPresence(List<Site> sites) {
        this.sites = sites;
    }

    /**
     * Asks every endpoint once, the brokers' among them. Changes nothing.
     *
     * @return never fails because of what an endpoint does
     */
    public static CompletableFuture<ClusterPresence> ask(ClusterEndpoints endpoints, ClientResources resources) {
        return ask(endpoints, endpoints.all().keySet(), resources);
    }

    /**
     * As {@link #ask(ClusterEndpoints, ClientResources)}, for some components.
     *
     * @param components with Zeebe, its brokers are asked too. Those without an endpoint are not asked
     */
    public static CompletableFuture<ClusterPresence> ask(
            ClusterEndpoints endpoints, Collection<Component> components, ClientResources resources) {
        Map<Endpoint, String> names = new LinkedHashMap<>();
        endpoints.all().forEach((component, endpoint) -> {
            if (components.contains(component)) {
                names.merge(endpoint, component.displayName(), (one, other) -> one + " and " + other);
            }
        });
        if (components.contains(Component.ZEEBE)) {
            endpoints.brokers().forEach(broker -> names.putIfAbsent(broker, "a broker of Zeebe"));
        }
        return Futures.all(names.entrySet().stream()
                        .map(entry -> ask(entry.getKey(), entry.getValue(), resources))
                        .toList())
                .thenApply(ClusterPresence::new);
    }

    private static CompletableFuture<Site> ask(Endpoint endpoint, String name, ClientResources resources) {
        TimeSource time = resources.time();
        long asked = time.nanoTime();
        // Not repeated: a refused connection is the answer that is hoped for.
        return HttpApi.withoutTokens(endpoint, name, resources)
                .send(HttpCall.get("find out whether it runs", "actuator"))
                .handle((answer, error) -> {
                    String where = name + " at " + endpoint.uri();
                    if (error == null) {
                        String sign = "it answers with status " + answer.status();
                        return new Site(where, sign, answer.status() < 500 ? "" : sign);
                    }
                    String reason = String.valueOf(Futures.unwrap(error).getMessage());
                    return new Site(
                            where,
                            isDown(Futures.unwrap(error), Duration.ofNanos(time.nanoTime() - asked))
                                    ? ""
                                    : "it is not known to be down: " + reason,
                            reason);
                });
    }

    /**
     * An operating system that gives up a silent host ends in the same exception as a refusal; but a refusal takes no
     * longer than any answer, and no system gives up so soon.
     */
    private static boolean isDown(Throwable error, Duration after) {
        return error instanceof UnreachableException unreachable
                && unreachable.reason() == Reason.REFUSED
                && after.compareTo(LATEST_REFUSAL) < 0;
    }

    /** Whether all refuse connections. */
    public boolean allDown() {
        return running().isEmpty();
    }

    /**
     * Those that answer, or of which it is not known that they do not run: each as a sentence. Empty if all are down.
     */
    public List<String> running() {
        return sites.stream()
                .filter(site -> !site.sign().isEmpty())
                .map(site -> site.name() + " is not stopped: " + site.sign())
                .toList();
    }

    /**
     * Those that do not answer, or only with an error as a proxy does before what is behind it has started: each as a
     * sentence.
     */
    public List<String> silent() {
        return sites.stream()
                .filter(site -> !site.silence().isEmpty())
                .map(site -> site.name() + " does not answer: " + site.silence())
                .toList();
    }

    @Override
    public String toString() {
        return allDown() ? "nothing runs" : String.join("; ", running());
    }

    /**
     * One endpoint.
     *
     * @param name what is there, and where
     * @param sign what says that it runs, or may run; empty if it does not
     * @param silence what came instead of an answer; empty if it answers
     */
    private record Site(String name, String sign, String silence) {}
}
