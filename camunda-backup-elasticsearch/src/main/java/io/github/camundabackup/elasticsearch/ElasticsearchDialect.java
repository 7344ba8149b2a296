package io.github.camundabackup.elasticsearch;

import io.github.camundabackup.internal.searchengine.Dialect;
import java.util.List;
import java.util.Map;

/** What is particular to Elasticsearch. */
final class ElasticsearchDialect implements Dialect {

    @Override
    public String engineName() {
        return "Elasticsearch";
    }

    @Override
    public boolean hasFeatureStates() {
        return true;
    }

    @Override
    public List<String> policy(String name) {
        return List.of("_ilm", "policy", name);
    }

    @Override
    public Map<String, Object> plainIndex() {
        return Map.of("mode", "standard");
    }

    @Override
    public String grant(Privilege privilege) {
        String missing = switch (privilege) {
            case SEE_ENGINE -> "the cluster privilege \"monitor\"";
            case SEE_TEMPLATES -> "the cluster privilege \"manage_index_templates\"";
            case SEE_REPOSITORY ->
                "the cluster privilege \"cluster:admin/repository/get\" (part of \"create_snapshot\" and \"manage\")";
            case VERIFY_REPOSITORY -> "the cluster privilege \"manage\", or only \"cluster:admin/repository/verify\"";
            case SEE_SNAPSHOTS ->
                "the cluster privilege \"monitor_snapshot\" (part of \"create_snapshot\" and \"manage\")";
            case CREATE_SNAPSHOT -> "the cluster privilege \"create_snapshot\"";
            case DELETE_SNAPSHOT -> "the cluster privilege \"manage\", or only \"cluster:admin/snapshot/delete\"";
            case RESTORE_SNAPSHOT -> "the cluster privilege \"manage\", or only \"cluster:admin/snapshot/restore\"";
            case RAISE_LIMITS -> "the cluster privilege \"manage\", or only \"cluster:admin/settings/update\"";
            case SEE_INDICES ->
                "the index privileges \"monitor\" and \"view_index_metadata\" on these indices, and the cluster"
                        + " privilege \"monitor\"";
            case SEE_POLICIES -> "the cluster privilege \"read_ilm\"";
            case COUNT_DOCUMENTS -> "the index privileges \"read\" and \"maintenance\" on these indices";
            case READ_RECORDS -> "the index privileges \"read\" and \"maintenance\" on the indices of exported records";
            case DELETE_INDICES -> "the index privilege \"delete_index\" on these indices";
            case KEEP_JOURNAL ->
                "the index privileges \"read\", \"index\" and \"create_index\" on the index hot-backup-journal";
        };
        return "Grant " + missing + ".";
    }
}
