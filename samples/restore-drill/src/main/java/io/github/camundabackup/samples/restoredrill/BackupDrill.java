package io.github.camundabackup.samples.restoredrill;

import static io.github.camundabackup.test.assertion.BackupAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.consistency.ConsistencyReport;
import io.github.camundabackup.elasticsearch.ElasticsearchSnapshotStore;
import io.github.camundabackup.opensearch.OpenSearchSnapshotStore;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.drill.RestoreDrill;
import io.github.camundabackup.test.drill.RestoredBackup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The assertions on every backup. In a project of your own, this is a class in {@code src/test/java}. */
abstract class BackupDrill {

    static final class OnElasticsearch extends BackupDrill {
        @RegisterExtension
        static final RestoreDrill DRILL =
                RestoreDrill.configured((endpoint, repository, resources) -> ElasticsearchSnapshotStore.builder()
                        .endpoint(endpoint)
                        .repository(repository)
                        .resources(resources)
                        .build());
    }

    static final class OnOpenSearch extends BackupDrill {
        @RegisterExtension
        static final RestoreDrill DRILL =
                RestoreDrill.configured((endpoint, repository, resources) -> OpenSearchSnapshotStore.builder()
                        .endpoint(endpoint)
                        .repository(repository)
                        .resources(resources)
                        .build());
    }

    @Test
    void nothingSpeaksAgainstTheBackup(ConsistencyReport consistency) {
        assertThat(consistency).isRestorable();
    }

    @Test
    void theProcessesAreThere(RestoredBackup backup) {
        List<String> processes = backup.indices().stream()
                .filter(index -> index.startsWith("operate-process-"))
                .toList();

        assertThat(processes).isNotEmpty();
        assertThat(processes)
                .allSatisfy(index -> assertThat(backup.documents(index)).isPositive());
    }

    @Test
    void everyIndexCanBeSearchedWhereItWasRestored(RestoredBackup backup, SnapshotStore store) {
        List<String> names = backup.indices().stream().map(backup::index).toList();
        Map<String, Long> counts = store.documentCounts(names).join();

        assertThat(counts.keySet()).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void weKeepOurPromises(RestoredBackup backup) {
        assertThat(backup.recoveryTime()).as("recovery time").isLessThan(Duration.ofHours(4));
        assertThat(backup.age())
                .hasValueSatisfying(age -> assertThat(age).as("data loss").isLessThan(Duration.ofHours(24)));
    }
}
