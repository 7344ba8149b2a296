package io.github.camundabackup.test.simulation.model;

/** The servers of a simulated cluster. Which of them exist follows from its line. */
public enum Server {
    /** Optimize, unless the cluster is without it. */
    OPTIMIZE("optimize"),
    /** Operate, up to 8.7. */
    OPERATE("operate"),
    /** Tasklist, up to 8.7. */
    TASKLIST("tasklist"),
    /** Zeebe's gateway, up to 8.7. */
    ZEEBE("zeebe"),
    /** The orchestration cluster, from 8.8: its management port. */
    ORCHESTRATION("orchestration"),
    /** The application's port of the orchestration cluster, with its REST API, from 8.10. */
    REST_API("rest"),
    /** Elasticsearch or OpenSearch. */
    SEARCH_ENGINE("search");

    private final String pathName;

    Server(String pathName) {
        this.pathName = pathName;
    }

    /** How this server is called in paths, where several servers share one port. */
    public String pathName() {
        return pathName;
    }
}
