package io.github.camundabackup.endpoint;

/** The two ways in which the orchestration cluster takes requests for backups. */
public enum Wire {
    /** Spring Boot's actuator on the management port, by default 9600. In every version, and all there is up to 8.9. */
    ACTUATOR("the actuator on the management port"),
    /**
     * The REST API on the application's port, by default 8080, with the cluster's own authentication and permissions;
     * from 8.10 on.
     *
     * @see <a href="https://docs.camunda.io/docs/self-managed/operational-guides/backup-restore/backup-and-restore/">
     *     Camunda's documentation</a>
     */
    REST("the REST API");

    private final String displayName;

    Wire(String displayName) {
        this.displayName = displayName;
    }

    /** For messages, in the middle of a sentence. */
    public String displayName() {
        return displayName;
    }
}
