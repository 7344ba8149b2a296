package io.github.camundabackup.samples.documentation;

import io.github.camundabackup.component.ClusterEndpoints;
import io.github.camundabackup.elasticsearch.ElasticsearchSnapshotStore;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.acceptance.AcceptanceContract;
import io.github.camundabackup.test.acceptance.AcceptanceKit;
import io.github.camundabackup.test.acceptance.AcceptanceReport;
import io.github.camundabackup.test.acceptance.AcceptanceStores;
import java.nio.file.Path;

/** For docs/guide/acceptance.md. Compiled, and not run: there is no such cluster. */
final class AcceptanceSnippets {
    private AcceptanceSnippets() {}

    // snippet
    static class OurClusterTest extends AcceptanceContract {
        @Override
        protected SnapshotStore open(Endpoint endpoint, String repository, ClientResources resources) {
            return ElasticsearchSnapshotStore.builder()
                    .endpoint(endpoint)
                    .repository(repository)
                    .resources(resources)
                    .build();
        }
    }
    // end

    static boolean fromAProgram(ClusterEndpoints cluster, Endpoint searchEngine, AcceptanceStores stores) {
        // snippet
        AcceptanceReport report = AcceptanceKit.builder()
                .cluster(cluster)
                .searchEngine(searchEngine, "camunda")
                .stores(stores)
                .version("8.9.1")
                .bundle(Path.of("target/acceptance.zip"))
                .build()
                .run();
        System.out.println(report);
        // end
        return report.isAccepted();
    }
}
