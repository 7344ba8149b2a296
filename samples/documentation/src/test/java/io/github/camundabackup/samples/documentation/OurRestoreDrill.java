package io.github.camundabackup.samples.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.elasticsearch.ElasticsearchSnapshotStore;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.drill.RestoreDrill;
import io.github.camundabackup.test.drill.RestoredBackup;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** For docs/guide/drills.md. Compiled, and not run: there are no such engines. */
// snippet
class OurRestoreDrill {
    @RegisterExtension
    static final RestoreDrill DRILL = RestoreDrill.builder()
            .store(storeAt("http://search.example.com:9200"))
            .scratchEngine(storeAt("http://scratch.example.com:9200"))
            .build();

    @Test
    void theProcessesAreThere(RestoredBackup backup) {
        assertThat(backup.documents("operate-process-8.3.0_")).isGreaterThan(100);
    }

    @Test
    void weKeepOurPromises(RestoredBackup backup) {
        assertThat(backup.recoveryTime()).isLessThan(Duration.ofHours(1));
        assertThat(backup.age()).hasValueSatisfying(age -> assertThat(age).isLessThan(Duration.ofHours(24)));
    }

    private static SnapshotStore storeAt(String uri) {
        return ElasticsearchSnapshotStore.builder()
                .endpoint(URI.create(uri))
                .repository("camunda")
                .build();
    }
}
// end
