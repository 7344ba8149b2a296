package io.github.camundabackup.test.runs;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.endpoint.Wire;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.test.engine.Stores;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import io.github.camundabackup.test.simulation.model.Server;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A cluster of 8.10 with the default tenant and two physical ones, whose ids and index prefixes begin alike. */
final class TenantScene implements AutoCloseable {
    /** The ids are Camunda's kind; the prefixes of indices are free, and the one begins as the other. */
    static final String EU = "eu";

    static final String WEST = "euwest";
    static final String EU_INDICES = "eu-";
    static final String WEST_INDICES = "eu-west-";

    private final Stores stores;
    private final ClientResources resources;
    private final SimulatedCluster cluster;
    private final SimulatedCluster eu;
    private final SimulatedCluster west;

    /**
     * @param changes for the cluster and its tenants
     */
    TenantScene(
            SearchEngine engine,
            Stores stores,
            ClientResources resources,
            UnaryOperator<SimulatedCluster.Builder> changes) {
        this.stores = stores;
        this.resources = resources;
        UnaryOperator<SimulatedCluster.Builder> all = builder -> changes.apply(
                builder.line(CamundaLine.V8_10).engine(engine).partitions(2).duration(Duration.ofSeconds(2)));
        cluster = all.apply(SimulatedCluster.builder()).build();
        eu = changes.apply(tenant(EU).indexPrefix(EU_INDICES)).build();
        west = changes.apply(tenant(WEST).indexPrefix(WEST_INDICES).optimizeIndexPrefix(WEST_INDICES + "optimize-"))
                .build();
    }

    private SimulatedCluster.Builder tenant(String id) {
        return SimulatedCluster.builder()
                .partitions(3)
                .duration(Duration.ofSeconds(2))
                .physicalTenantOf(cluster, id);
    }

    /** The default tenant; the others' requests to the orchestration cluster are recorded here. */
    SimulatedCluster cluster() {
        return cluster;
    }

    SimulatedCluster eu() {
        return eu;
    }

    SimulatedCluster west() {
        return west;
    }

    /** A client of one tenant, with that one's Optimize, repository and records. */
    CamundaBackupClient.Builder client(SimulatedCluster tenant, Wire wire) {
        CamundaBackupClient.Builder client = Scene.client(tenant, stores, resources);
        if (wire == Wire.REST) {
            client.restApi(Endpoint.builder(tenant.uri(Server.REST_API))
                    .requestTimeout(Duration.ofSeconds(30))
                    .build());
        }
        return tenant == cluster
                ? client
                : client.physicalTenant(tenant == eu ? EU : WEST).recordIndexPrefix(prefix(tenant) + "zeebe-record");
    }

    /** The index prefixes of a tenant. */
    RestoreSettings.Builder restore(SimulatedCluster tenant) {
        String prefix = prefix(tenant);
        return RestoreSettings.builder()
                .indexPrefixes(
                        Component.WEB_APPLICATIONS, prefix + "operate-", prefix + "tasklist-", prefix + "camunda-")
                .indexPrefixes(Component.OPTIMIZE, prefix + "optimize-")
                .indexPrefixes(Component.ZEEBE_RECORDS, prefix + "zeebe-record");
    }

    String prefix(SimulatedCluster tenant) {
        return tenant == cluster ? "" : tenant == eu ? EU_INDICES : WEST_INDICES;
    }

    /** All indices of all tenants, with their documents. */
    Map<String, Long> documents(CamundaBackupClient any) {
        return any.snapshotStore().listIndices(List.of("*")).join().stream()
                .filter(index -> !index.name().equals("hot-backup-journal"))
                .collect(Collectors.toMap(IndexInfo::name, IndexInfo::documents));
    }

    @Override
    public void close() {
        west.close();
        eu.close();
        cluster.close();
    }
}
