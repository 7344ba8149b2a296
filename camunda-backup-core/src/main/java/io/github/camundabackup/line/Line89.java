package io.github.camundabackup.line;

/** Camunda 8.9, with Elasticsearch or OpenSearch. */
final class Line89 {
    private Line89() {}

    /** The order is that of 8.8; the restore application takes several ids, and logs them as a list. */
    static CamundaLine table() {
        return Line88.table().toBuilder("8.9")
                .releases("8.9")
                .restoredLogLine("Successfully restored broker from backup [{id}]")
                .build();
    }
}
