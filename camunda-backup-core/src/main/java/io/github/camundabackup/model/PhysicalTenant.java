package io.github.camundabackup.model;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A physical tenant of an orchestration cluster, from Camunda 8.10 on: partitions, indices and backups of its own, in
 * the brokers of all. A cluster has the default one, and those of its configuration
 * ({@code camunda.physical-tenants.<id>}). Backup ids are unique within a tenant only, and the names of snapshots do not
 * tell it: each has a snapshot repository of its own, and a cluster in which two of them share one does not start.
 *
 * @param id as in the cluster's configuration, such as {@code eu}
 * @see <a href="https://docs.camunda.io/docs/self-managed/concepts/physical-tenants/">Camunda: physical tenants</a>
 * @see <a href="https://github.com/camunda/camunda/pull/60719">camunda#60719: one repository for each tenant; before,
 *     in alphas of 8.10, the names of snapshots began with the tenant</a>
 */
public record PhysicalTenant(String id) {
    // Camunda 8.10 allows [a-z0-9]+. What a later one allows besides, the cluster says itself.
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

    /** The one that every cluster has; all there is up to 8.9. */
    public static final PhysicalTenant DEFAULT = new PhysicalTenant("default");

    /**
     * @throws IllegalArgumentException if no cluster can have a tenant of that id
     */
    public PhysicalTenant {
        Objects.requireNonNull(id, "id");
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "\"" + id + "\" cannot be the id of a physical tenant. Give it as in camunda.physical-tenants of"
                            + " the cluster's configuration: small letters and digits, at most 64.");
        }
    }

    /** As the constructor. */
    public static PhysicalTenant of(String id) {
        return id.equals(DEFAULT.id) ? DEFAULT : new PhysicalTenant(id);
    }

    public boolean isDefault() {
        return equals(DEFAULT);
    }

    /** The id. */
    @Override
    public String toString() {
        return id;
    }
}
