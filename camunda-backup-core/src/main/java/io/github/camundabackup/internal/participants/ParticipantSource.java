package io.github.camundabackup.internal.participants;

import io.github.camundabackup.component.CamundaCluster;
import io.github.camundabackup.component.ClusterEndpoints;
import io.github.camundabackup.component.Participant;
import io.github.camundabackup.component.RecordsClient;
import io.github.camundabackup.component.SnapshotBackupClient;
import io.github.camundabackup.line.LineComponent;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Finds the participants of a cluster's backups. Immutable. */
public final class ParticipantSource {
    private final ClusterEndpoints endpoints;
    private final SnapshotStore store;
    private final ClientResources resources;
    private final List<Participant> own;
    private final Optional<RecordsClient> records;

    /**
     * @param recordsPattern the indices of the exported records; empty to leave them out
     */
    public ParticipantSource(
            ClusterEndpoints endpoints,
            SnapshotStore store,
            Optional<String> recordsPattern,
            ClientResources resources) {
        this.endpoints = endpoints;
        this.store = store;
        this.resources = resources;
        own = endpoints.participants().stream()
                .<Participant>map(participant -> new UserParticipant(participant, resources))
                .toList();
        records = recordsPattern.map(pattern -> RecordsClient.create(store, pattern, resources.time()));
    }

    public ClusterEndpoints endpoints() {
        return endpoints;
    }

    public ClientResources resources() {
        return resources;
    }

    /** Everything that can be asked at all: the configured components, and what a user added. */
    public List<Component> configured() {
        return Stream.concat(endpoints.all().keySet().stream(), own.stream().map(Participant::component))
                .distinct()
                .sorted()
                .toList();
    }

    /** Asks the cluster what it is, and finds all that take part. Fails as {@link CamundaCluster#discover}. */
    public CompletableFuture<Participants> discover() {
        return CamundaCluster.discover(endpoints, resources).thenApply(cluster -> {
            List<Participant> all = new ArrayList<>();
            cluster.snapshotClients().forEach(client -> all.add(participant(client)));
            all.addAll(withoutCluster().toList());
            all.add(new ZeebeParticipant(cluster.zeebe(), mayTellCheckpoints(cluster), resources.time()));
            return new Participants(cluster, all);
        });
    }

    private Participant participant(SnapshotBackupClient client) {
        return endpoints
                .externalBackup(client.component())
                .<Participant>map(how -> new ExternalParticipant(how, client.ofRepository(store), resources))
                .orElseGet(() -> new SnapshotParticipant(client, store));
    }

    /** From outside, the lines from 8.8 on look alike. */
    private static boolean mayTellCheckpoints(CamundaCluster cluster) {
        Optional<LineComponent> zeebe = cluster.line().component(Component.ZEEBE);
        return cluster.lines().all().stream()
                .flatMap(line -> line.component(Component.ZEEBE).stream())
                .anyMatch(other -> other.tellsCheckpoints() && other.path().equals(zeebe.flatMap(LineComponent::path)));
    }

    /**
     * A participant that can be asked for its part although the cluster cannot; empty if there is none for this
     * component. The snapshot of the exported records can, also where they are not backed up any more.
     */
    public Optional<Participant> withoutCluster(Component component) {
        return withoutCluster()
                .filter(participant -> participant.component().equals(component))
                .findFirst()
                .or(() -> component.equals(Component.ZEEBE_RECORDS)
                        ? Optional.of(records(RecordsClient.create(store, "zeebe-record_*", resources.time())))
                        : Optional.empty());
    }

    private Stream<Participant> withoutCluster() {
        return Stream.concat(own.stream(), records.map(this::records).stream());
    }

    private Participant records(RecordsClient client) {
        return new RecordsParticipant(client, store);
    }
}
