package io.github.camundabackup.component;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.Protocol;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the components of one Camunda cluster are. Immutable. */
public final class ClusterEndpoints {
    private final Map<Component, Endpoint> endpoints;
    private final Endpoint zeebe;
    private final List<Endpoint> brokers;
    private final @Nullable Protocol protocol;

    private ClusterEndpoints(Builder builder) {
        endpoints = Collections.unmodifiableMap(new EnumMap<>(builder.endpoints));
        zeebe = Objects.requireNonNull(endpoints.get(Component.ZEEBE));
        brokers = builder.brokers.isEmpty() ? List.of(zeebe) : List.copyOf(builder.brokers);
        protocol = builder.protocol;
    }

    /** Collects endpoints. */
    public static Builder builder() {
        return new Builder();
    }

    /** The endpoint of a component, if one is configured. */
    public Optional<Endpoint> of(Component component) {
        return Optional.ofNullable(endpoints.get(component));
    }

    /** The endpoint of Zeebe's gateway, or of the orchestration cluster. */
    public Endpoint zeebe() {
        return zeebe;
    }

    /** The components for which an endpoint is configured, in the order of {@link Component}; always with Zeebe. */
    public Map<Component, Endpoint> all() {
        return endpoints;
    }

    /** Where partitions can be asked for their exporters' phases; by default the endpoint of Zeebe. */
    public List<Endpoint> brokers() {
        return brokers;
    }

    /** The protocol that the user stated; empty if it is to be discovered. */
    public Optional<Protocol> protocol() {
        return Optional.ofNullable(protocol);
    }

    @Override
    public String toString() {
        return endpoints.toString();
    }

    /** Collects {@link ClusterEndpoints}. Not thread-safe. */
    public static final class Builder {
        private final Map<Component, Endpoint> endpoints = new EnumMap<>(Component.class);
        private final List<Endpoint> brokers = new ArrayList<>();
        private @Nullable Protocol protocol;

        private Builder() {}

        /** The orchestration cluster of 8.8 and later, which is Zeebe and the web applications on one management port. */
        public Builder orchestrationCluster(URI uri) {
            return orchestrationCluster(Endpoint.of(uri));
        }

        /** As {@link #orchestrationCluster(URI)}. */
        public Builder orchestrationCluster(Endpoint endpoint) {
            return zeebe(endpoint).webApplications(endpoint);
        }

        /** Zeebe's gateway, or a broker with an embedded one: its management port. Required. */
        public Builder zeebe(URI uri) {
            return zeebe(Endpoint.of(uri));
        }

        /** As {@link #zeebe(URI)}. */
        public Builder zeebe(Endpoint endpoint) {
            return put(Component.ZEEBE, endpoint);
        }

        /** The web applications of 8.8 and later, where they run apart from Zeebe. Default: none. */
        public Builder webApplications(Endpoint endpoint) {
            return put(Component.WEB_APPLICATIONS, endpoint);
        }

        /** Operate's management port, up to 8.7. Default: none. */
        public Builder operate(URI uri) {
            return operate(Endpoint.of(uri));
        }

        /** As {@link #operate(URI)}. */
        public Builder operate(Endpoint endpoint) {
            return put(Component.OPERATE, endpoint);
        }

        /** Tasklist's management port, up to 8.7. Default: none. */
        public Builder tasklist(URI uri) {
            return tasklist(Endpoint.of(uri));
        }

        /** As {@link #tasklist(URI)}. */
        public Builder tasklist(Endpoint endpoint) {
            return put(Component.TASKLIST, endpoint);
        }

        /** Optimize's management port, usually 8092. Default: none. */
        public Builder optimize(URI uri) {
            return optimize(Endpoint.of(uri));
        }

        /** As {@link #optimize(URI)}. */
        public Builder optimize(Endpoint endpoint) {
            return put(Component.OPTIMIZE, endpoint);
        }

        /**
         * Adds the management port of a broker. Where all brokers are given, it can be confirmed from their own partitions that exporting
         * is paused and resumed. Default: the endpoint of Zeebe, which is enough for a single broker with an embedded gateway.
         */
        public Builder broker(Endpoint endpoint) {
            brokers.add(Objects.requireNonNull(endpoint, "endpoint"));
            return this;
        }

        /** States the protocol, so that a cluster of another version is an error. Default: what is discovered. */
        public Builder protocol(Protocol protocol) {
            this.protocol = Objects.requireNonNull(protocol, "protocol");
            return this;
        }

        /**
         * @throws IllegalStateException if there is no endpoint of Zeebe, or endpoints exclude each other
         */
        public ClusterEndpoints build() {
            if (!endpoints.containsKey(Component.ZEEBE)) {
                throw new IllegalStateException(
                        "There is no endpoint of Zeebe. Configure orchestrationCluster (8.8 and later), or zeebe"
                                + " (up to 8.7), with the management port, by default 9600.");
            }
            boolean old = endpoints.containsKey(Component.OPERATE) || endpoints.containsKey(Component.TASKLIST);
            boolean recent = endpoints.containsKey(Component.WEB_APPLICATIONS);
            if (old && (recent || protocol == Protocol.FROM_8_8)) {
                throw new IllegalStateException(
                        "Operate and Tasklist have endpoints of their own up to 8.7, and are part of the"
                                + " orchestration cluster's web applications from 8.8 on. Configure zeebe, operate and tasklist, or"
                                + " orchestrationCluster alone.");
            }
            if (recent && protocol == Protocol.UP_TO_8_7) {
                throw new IllegalStateException(
                        "There is no orchestration cluster up to 8.7. Configure zeebe, operate and tasklist.");
            }
            return new ClusterEndpoints(this);
        }

        private Builder put(Component component, Endpoint endpoint) {
            endpoints.put(component, Objects.requireNonNull(endpoint, "endpoint"));
            return this;
        }
    }
}
