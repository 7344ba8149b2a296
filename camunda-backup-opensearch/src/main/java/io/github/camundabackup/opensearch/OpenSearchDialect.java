package io.github.camundabackup.opensearch;

import io.github.camundabackup.internal.searchengine.Dialect;
import java.util.List;
import java.util.Map;

/** What is particular to OpenSearch. */
final class OpenSearchDialect implements Dialect {

    @Override
    public String engineName() {
        return "OpenSearch";
    }

    @Override
    public boolean hasFeatureStates() {
        return false;
    }

    @Override
    public List<String> policy(String name) {
        return List.of("_plugins", "_ism", "policies", name);
    }

    @Override
    public Map<String, Object> plainIndex() {
        return Map.of();
    }

    @Override
    public String grant(Privilege privilege) {
        String missing = switch (privilege) {
            case SEE_ENGINE -> "the permissions cluster:monitor/main, cluster:monitor/state and cluster:monitor/health";
            case SEE_TEMPLATES -> "the permission indices:admin/index_template/get";
            case SEE_REPOSITORY -> "the permission cluster:admin/repository/get (part of the role manage_snapshots)";
            case VERIFY_REPOSITORY ->
                "the permission cluster:admin/repository/verify (part of the role manage_snapshots)";
            case SEE_SNAPSHOTS ->
                "the permissions cluster:admin/snapshot/get and cluster:admin/snapshot/status* (part of the role"
                        + " manage_snapshots)";
            case CREATE_SNAPSHOT -> "the permission cluster:admin/snapshot/create (part of the role manage_snapshots)";
            case DELETE_SNAPSHOT -> "the permission cluster:admin/snapshot/delete (part of the role manage_snapshots)";
            case RESTORE_SNAPSHOT ->
                "the permission cluster:admin/snapshot/restore (part of the role manage_snapshots), and"
                        + " indices:data/write/index and indices:admin/create on the restored indices";
            case RAISE_LIMITS -> "the permission cluster:admin/settings/update";
            case SEE_INDICES -> "the action group indices_monitor on these indices, and cluster_monitor";
            case SEE_POLICIES -> "the permission cluster:admin/opendistro/ism/policy/get";
            case COUNT_DOCUMENTS ->
                "the permissions indices:data/read/search and indices:admin/refresh on these indices";
            case READ_RECORDS ->
                "the permissions indices:data/read/search and indices:admin/refresh on the indices of exported records";
            case DELETE_INDICES -> "the permission indices:admin/delete on these indices";
            case KEEP_JOURNAL ->
                "the action groups crud and create_index on the index hot-backup-journal, and indices:data/write/bulk";
        };
        return "Grant " + missing + ".";
    }
}
