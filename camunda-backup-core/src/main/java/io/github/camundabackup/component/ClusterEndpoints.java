package io.github.camundabackup.component;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.endpoint.Wire;
import io.github.camundabackup.exporting.ExportingClient;
import io.github.camundabackup.internal.text.Phrases;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.line.LineComponent;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.runtime.ClientResources;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The endpoints of one Camunda cluster's components. Immutable. */
public final class ClusterEndpoints {
    private final Map<Component, Endpoint> endpoints;
    private final Endpoint zeebe;
    private final @Nullable Endpoint restApi;
    private final List<Endpoint> brokers;
    private final List<Participant> participants;
    private final @Nullable CamundaLine line;
    private final @Nullable ExternalBackup webApplicationsBackup;
    private final PhysicalTenant tenant;

    private ClusterEndpoints(Builder builder) {
        endpoints = Collections.unmodifiableMap(new TreeMap<>(builder.endpoints));
        zeebe = Objects.requireNonNull(endpoints.get(Component.ZEEBE));
        restApi = builder.restApi;
        brokers = builder.brokers.isEmpty() ? List.of(zeebe) : List.copyOf(builder.brokers);
        participants = List.copyOf(builder.participants);
        line = builder.line;
        webApplicationsBackup = builder.webApplicationsBackup;
        tenant = builder.tenant;
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

    /** The REST API, if it is configured beside the management port. */
    public Optional<Endpoint> restApi() {
        return Optional.ofNullable(restApi);
    }

    /**
     * Where Zeebe is asked for backups, and to pause exporting: the REST API if it is configured, otherwise the
     * endpoint of Zeebe.
     */
    public Endpoint gateway() {
        return restApi().orElse(zeebe);
    }

    /**
     * A client of Zeebe's exporters. How the gateway is asked is known where the REST API is configured beside the
     * management port; otherwise it is found out.
     *
     * @param resources must stay open as long as the client is used
     */
    public ExportingClient exporting(ClientResources resources) {
        boolean named = line().map(CamundaLines::of).orElseGet(this::lines).all().stream()
                .filter(each -> each.has(endpoints.keySet()))
                .flatMap(each -> each.component(Component.ZEEBE).stream())
                .anyMatch(LineComponent::namesPhysicalTenant);
        return ExportingClient.create(
                gateway(),
                restApi().map(rest -> Wire.REST),
                brokers,
                Optional.of(tenant).filter(any -> named),
                resources);
    }

    /** The physical tenant that is meant: the default one, unless another is configured. */
    public PhysicalTenant physicalTenant() {
        return tenant;
    }

    /** The components for which an endpoint is configured, in the order of reports; always with Zeebe. */
    public Map<Component, Endpoint> all() {
        return endpoints;
    }

    /** Where partitions can be asked for their exporters' phases; by default the endpoint of Zeebe. */
    public List<Endpoint> brokers() {
        return brokers;
    }

    /** What takes part in backups besides the components of Camunda. */
    public List<Participant> participants() {
        return participants;
    }

    /** How a component's part is taken; empty where the component takes it itself. */
    public Optional<ExternalBackup> externalBackup(Component component) {
        return component.equals(Component.WEB_APPLICATIONS)
                ? Optional.ofNullable(webApplicationsBackup)
                : Optional.empty();
    }

    /** The line that the user stated; empty if it is to be discovered. */
    public Optional<CamundaLine> line() {
        return Optional.ofNullable(line);
    }

    /** The lines that the cluster may be of: those of this library, and the one that the user stated. */
    public CamundaLines lines() {
        return CamundaLines.known().with(line());
    }

    @Override
    public String toString() {
        return (tenant.isDefault() ? "" : "physical tenant " + tenant + " of ")
                + endpoints
                + restApi().map(rest -> ", REST API at " + rest).orElse("");
    }

    /** Collects {@link ClusterEndpoints}. Not thread-safe. */
    public static final class Builder {
        private final Map<Component, Endpoint> endpoints = new TreeMap<>();
        private final List<Endpoint> brokers = new ArrayList<>();
        private final List<Participant> participants = new ArrayList<>();
        private @Nullable CamundaLine line;
        private @Nullable Endpoint restApi;
        private @Nullable ExternalBackup webApplicationsBackup;
        private PhysicalTenant tenant = PhysicalTenant.DEFAULT;

        private Builder() {}

        /**
         * The orchestration cluster of 8.8 and later, which is Zeebe and the web applications: its management port, by
         * default 9600, or from 8.10 on the application's port with the REST API, by default 8080. Which of the two it
         * is, is found out. The REST API does not tell positions: give it together with {@link #broker}, or use
         * {@link #restApi}, to have the pause proven.
         */
        public Builder orchestrationCluster(URI uri) {
            return orchestrationCluster(Endpoint.of(uri));
        }

        /** As {@link #orchestrationCluster(URI)}. */
        public Builder orchestrationCluster(Endpoint endpoint) {
            return zeebe(endpoint).webApplications(endpoint);
        }

        /**
         * The REST API of the orchestration cluster, from 8.10 on, beside its management port: the application's port,
         * by default 8080. Backups and pauses are asked for there, with the permissions of this endpoint's credentials
         * (BACKUP:CREATE, BACKUP:READ, EXPORTER:PAUSE), and what only brokers know is read at the management ports. Both
         * must answer. Default: none; everything is asked for at one port.
         */
        public Builder restApi(URI uri) {
            return restApi(Endpoint.of(uri));
        }

        /** As {@link #restApi(URI)}. */
        public Builder restApi(Endpoint endpoint) {
            restApi = Objects.requireNonNull(endpoint, "endpoint");
            return this;
        }

        /**
         * The physical tenant of the orchestration cluster whose backups these are, from 8.10 on; the endpoint of
         * Optimize is that tenant's. Default: the default tenant, which is all that most clusters have. Of a cluster
         * with more of them, requests are about the default tenant alone then, too: the actuator, which without that
         * acts on all tenants, is told so in each request.
         *
         * @param id as in {@code camunda.physical-tenants} of the cluster's configuration, such as {@code eu}
         * @throws IllegalArgumentException if it cannot be the id of one
         */
        public Builder physicalTenant(String id) {
            tenant = PhysicalTenant.of(id);
            return this;
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
        public Builder webApplications(URI uri) {
            return webApplications(Endpoint.of(uri));
        }

        /** As {@link #webApplications(URI)}. */
        public Builder webApplications(Endpoint endpoint) {
            return put(Component.WEB_APPLICATIONS, endpoint);
        }

        /**
         * The web applications of 8.8 and later take no backups themselves, as their account in the search engine may not:
         * this takes them, with Camunda's standalone backup application. Default: the web applications are asked.
         */
        public Builder webApplicationsBackup(ExternalBackup backup) {
            webApplicationsBackup = Objects.requireNonNull(backup, "backup");
            return this;
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
         * Adds the management port of a broker. Where all brokers are given, it can be confirmed from their own
         * partitions that exporting is paused and resumed. Default: the endpoint of Zeebe, which is enough for a single
         * broker with an embedded gateway.
         */
        public Builder broker(URI uri) {
            return broker(Endpoint.of(uri));
        }

        /** As {@link #broker(URI)}. */
        public Builder broker(Endpoint endpoint) {
            brokers.add(Objects.requireNonNull(endpoint, "endpoint"));
            return this;
        }

        /** States the line, so that a cluster of another one is an error. Default: what is discovered. */
        public Builder line(CamundaLine line) {
            this.line = Objects.requireNonNull(line, "line");
            return this;
        }

        /**
         * Adds something that takes part in every backup, and that this library does not know: it is planned, run,
         * reported, checked and recovered like Camunda's own components. Default: none.
         *
         * @throws IllegalArgumentException if there is one of this component already, or it is one of Camunda's
         */
        public Builder participant(Participant participant) {
            Component component = participant.component();
            if (Component.known().contains(component)
                    || participants.stream().anyMatch(added -> added.component().equals(component))) {
                throw new IllegalArgumentException("There is a participant of " + component.displayName()
                        + " already. Give this one a component of its own, with Component.of.");
            }
            participants.add(participant);
            return this;
        }

        /** A component that only a line of the user's own has: its management port. Default: none. */
        public Builder component(Component component, Endpoint endpoint) {
            return put(Objects.requireNonNull(component, "component"), endpoint);
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
            if (webApplicationsBackup != null && !endpoints.containsKey(Component.WEB_APPLICATIONS)) {
                throw new IllegalStateException("The backup of the web applications is taken " + webApplicationsBackup
                        + ", but there is no endpoint of them. Configure orchestrationCluster.");
            }
            CamundaLines lines = line == null ? CamundaLines.known() : CamundaLines.of(line);
            boolean oneLineHasAll = lines.all().stream()
                    .anyMatch(each -> endpoints.keySet().stream()
                            .allMatch(component -> each.component(component).isPresent()));
            if (!oneLineHasAll) {
                throw new IllegalStateException(contradiction());
            }
            if (!tenant.isDefault() && lines.all().stream().noneMatch(CamundaLine::hasPhysicalTenants)) {
                throw new IllegalStateException("The physical tenant " + tenant + " is configured, and the line of "
                        + lines.all().get(0).displayName()
                        + ": there are physical tenants from Camunda 8.10 on. Leave one of the two out.");
            }
            return new ClusterEndpoints(this);
        }

        private String contradiction() {
            boolean recent = endpoints.containsKey(Component.WEB_APPLICATIONS);
            boolean old = endpoints.containsKey(Component.OPERATE) || endpoints.containsKey(Component.TASKLIST);
            if (recent && !old && Optional.of(CamundaLine.UP_TO_8_7).equals(Optional.ofNullable(line))) {
                return "There is no orchestration cluster up to 8.7. Configure zeebe, operate and tasklist.";
            }
            return old
                    ? "Operate and Tasklist have endpoints of their own up to 8.7, and are part of the orchestration"
                            + " cluster's web applications from 8.8 on. Configure zeebe, operate and tasklist, or"
                            + " orchestrationCluster alone."
                    : "No line of Camunda has all of these components: " + Phrases.names(endpoints.keySet())
                            + ". State the line that has them.";
        }

        private Builder put(Component component, Endpoint endpoint) {
            endpoints.put(component, Objects.requireNonNull(endpoint, "endpoint"));
            return this;
        }
    }
}
