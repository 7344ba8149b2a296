package io.github.camundabackup.samples.documentation;

import io.github.camundabackup.bucket.PartitionMetadata;
import io.github.camundabackup.bucket.ZeebeBackups;
import io.github.camundabackup.component.ZeebeClient;
import io.github.camundabackup.continuous.PartitionHistory;
import io.github.camundabackup.continuous.PositionBounds;
import io.github.camundabackup.continuous.RestoreChoice;
import io.github.camundabackup.continuous.RestorePoints;
import io.github.camundabackup.continuous.RestoreWindow;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.runtime.ClientResources;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** For docs/guide/point-in-time.md. */
final class PointInTimeSnippets {
    private PointInTimeSnippets() {}

    static void ofTheCluster() {
        // snippet
        try (ClientResources resources = ClientResources.create()) {
            ZeebeClient zeebe =
                    ZeebeClient.create(Endpoint.of(URI.create("http://localhost:9600")), CamundaLine.V8_9, resources);
            Map<Integer, PositionBounds> dump =
                    Map.of(1, PositionBounds.exactly(48_211), 2, new PositionBounds(51_007, 51_390));

            RestorePoints points = RestorePoints.of(dump, zeebe.histories().join());
            RestoreChoice choice = points.choose(RestoreWindow.newest());
            if (choice instanceof RestoreChoice.Possible possible) {
                System.out.println("restores to " + possible.point().time());
                points.all().forEach(point -> System.out.println("or to " + point.time()));
            } else if (choice instanceof RestoreChoice.Impossible impossible) {
                impossible.reasons().forEach(reason -> System.out.println("refused: " + reason.evidence()));
            } else if (choice instanceof RestoreChoice.Uncertain uncertain) {
                uncertain.reasons().forEach(reason -> System.out.println("not known: " + reason.evidence()));
            }
        }
        // end
    }

    static List<PartitionHistory> ofTheStore(ZeebeBackups zeebeBackups) {
        // snippet
        List<PartitionHistory> histories = zeebeBackups.metadata().join().stream()
                .map(PartitionMetadata::history)
                .flatMap(history -> history.stream())
                .toList();
        // end
        return histories;
    }
}
