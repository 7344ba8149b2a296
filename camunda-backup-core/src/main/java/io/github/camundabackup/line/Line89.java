package io.github.camundabackup.line;

import io.github.camundabackup.model.Component;

/** Camunda 8.9, with Elasticsearch or OpenSearch. */
final class Line89 {
    private Line89() {}

    /**
     * The order is that of 8.8; Zeebe tells its checkpoints, and the restore application takes several ids, and logs them
     * as a list.
     */
    static CamundaLine table() {
        CamundaLine before = Line88.table();
        return before.toBuilder("8.9")
                .releases("8.9")
                .component(before.component(Component.ZEEBE).orElseThrow().toBuilder()
                        .tellsCheckpoints()
                        .build())
                .restoredLogLine("Successfully restored broker from backup [{id}]")
                .build();
    }
}
