package io.github.camundabackup.model;

/** The parts of a Camunda 8 cluster that a backup is made of. */
public enum Component {
    /** Optimize; its own application in every version. */
    OPTIMIZE("Optimize"),
    /** Operate as an application of its own, up to 8.7. */
    OPERATE("Operate"),
    /** Tasklist as an application of its own, up to 8.7. */
    TASKLIST("Tasklist"),
    /** Operate, Tasklist and Identity as one part of the orchestration cluster, from 8.8. */
    WEB_APPLICATIONS("web applications"),
    /** Zeebe's own state, in its object store. */
    ZEEBE("Zeebe"),
    /** The records that Zeebe exported to the search engine, read by Optimize (and by Operate and Tasklist up to 8.7). */
    ZEEBE_RECORDS("Zeebe records");

    private final String displayName;

    Component(String displayName) {
        this.displayName = displayName;
    }

    /** The name as people write it, for messages and reports. */
    public String displayName() {
        return displayName;
    }
}
