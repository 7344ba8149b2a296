package io.github.camundabackup.samples.documentation;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.elasticsearch.ElasticsearchSnapshotStore;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.restore.plan.RestoreSettings;
import java.net.URI;

/** For docs/guide/physical-tenants.md. */
final class PhysicalTenantSnippets {
    /** A client of one tenant. */
    static CamundaBackupClient tenant() {
        // snippet
        CamundaBackupClient client = CamundaBackupClient.builder()
                .physicalTenant("eu")
                .orchestrationCluster(URI.create("http://camunda.internal:9600"))
                .optimize(URI.create("http://optimize-eu.internal:8092"))
                .recordIndexPrefix("eu-zeebe-record")
                .snapshotStore(ElasticsearchSnapshotStore.builder()
                        .endpoint(URI.create("http://elasticsearch.internal:9200"))
                        .repository("camunda-eu")
                        .build())
                .build();
        // end
        return client;
    }

    /** The prefixes of one tenant's indices. */
    static RestoreSettings restore() {
        // snippet
        RestoreSettings settings = RestoreSettings.builder()
                .indexPrefixes(Component.WEB_APPLICATIONS, "eu-operate-", "eu-tasklist-", "eu-camunda-")
                .indexPrefixes(Component.OPTIMIZE, "eu-optimize-")
                .indexPrefixes(Component.ZEEBE_RECORDS, "eu-zeebe-record")
                .build();
        // end
        return settings;
    }
}
