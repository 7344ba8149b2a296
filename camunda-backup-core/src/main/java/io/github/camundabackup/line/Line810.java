package io.github.camundabackup.line;

import io.github.camundabackup.model.Component;

/** Camunda 8.10, with Elasticsearch or OpenSearch. */
final class Line810 {
    private Line810() {}

    /**
     * The order is that of 8.9; the same backups can also be asked for with the REST API, and the restore application
     * counts physical tenants in its log.
     */
    static CamundaLine table() {
        CamundaLine before = Line89.table();
        return before.toBuilder("8.10")
                .releases("8.10")
                .component(with(before, Component.WEB_APPLICATIONS, "history"))
                .component(with(before, Component.ZEEBE, "runtime"))
                .restoredLogLine("Successfully restored physical tenants")
                .build();
    }

    private static LineComponent with(CamundaLine before, Component component, String restPath) {
        return before.component(component).orElseThrow().toBuilder()
                .restPath(restPath)
                .build();
    }
}
