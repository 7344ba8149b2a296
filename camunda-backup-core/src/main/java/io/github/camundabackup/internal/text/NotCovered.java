package io.github.camundabackup.internal.text;

/** What no backup of this library holds, as reports and plans say it. The guide says more about each. */
public final class NotCovered {
    /** As a line of its own. */
    public static final String SENTENCE =
            "Not in it: a relational database, unless a participant takes it, the databases of Management Identity, Keycloak and Web Modeler or Hub, and"
                    + " the document store. Of a dual-region cluster, one region's search engine is backed up, which"
                    + " suffices, as ids are the whole cluster's.";

    private NotCovered() {}
}
