package io.github.camundabackup.samples.documentation;

import io.github.camundabackup.elasticsearch.ElasticsearchSnapshotStore;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.drill.RestoreDrill;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;

/** For docs/guide/drills.md. Compiled, and not run: there are no such engines. The sample restore-drill runs one. */
final class DrillSnippets {
    private DrillSnippets() {}

    static RestoreDrill withSettings(SnapshotStore store) {
        // snippet
        RestoreDrill drill = RestoreDrill.builder()
                .store(store)
                .restoreSettings(settings -> settings.indexPrefixes(Component.OPERATE, "orders-operate-")
                        .expectDocuments("orders-operate-process-8.3.0_", 120))
                .reportDirectory(Path.of("target/drill-reports"))
                .build();
        // end
        return drill;
    }

    static class Configured {
        // snippet
        @RegisterExtension
        static final RestoreDrill DRILL =
                RestoreDrill.configured((endpoint, repository, resources) -> ElasticsearchSnapshotStore.builder()
                        .endpoint(endpoint)
                        .repository(repository)
                        .resources(resources)
                        .build());
        // end
    }
}
