package io.github.camundabackup.line;

/** Camunda 8.10, with Elasticsearch or OpenSearch. */
final class Line810 {
    private Line810() {}

    /** The order is that of 8.9; the restore application counts physical tenants in its log. */
    static CamundaLine table() {
        return Line89.table().toBuilder("8.10")
                .releases("8.10")
                .restoredLogLine("Successfully restored physical tenants")
                .build();
    }
}
