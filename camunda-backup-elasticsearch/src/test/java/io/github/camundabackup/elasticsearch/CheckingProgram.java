package io.github.camundabackup.elasticsearch;

import io.github.camundabackup.consistency.ConsistencyChecker;
import io.github.camundabackup.consistency.ConsistencyReport;
import io.github.camundabackup.consistency.FindingCode;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.net.URI;
import java.util.List;

/** Checks all backups without a cluster and prints how many there are. Run in a JVM of its own, with little memory. */
final class CheckingProgram {
    private CheckingProgram() {}

    public static void main(String[] arguments) {
        try (ClientResources resources = ClientResources.create();
                SnapshotStore store = ElasticsearchSnapshotStore.builder()
                        .endpoint(URI.create(arguments[0]))
                        .repository("camunda")
                        .resources(resources)
                        .build()) {
            List<ConsistencyReport> reports =
                    ConsistencyChecker.of(store, resources).checkAll().join();
            long whole = reports.stream()
                    .filter(report -> !report.has(FindingCode.PART_MISSING) && !report.has(FindingCode.SNAPSHOT_FAILED))
                    .count();
            System.out.println(reports.size() + " backups, " + whole + " with all parts");
        }
    }
}
