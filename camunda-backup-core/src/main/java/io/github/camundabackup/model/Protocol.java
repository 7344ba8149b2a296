package io.github.camundabackup.model;

/** The backup procedures that Camunda versions demand. They differ in endpoints and, more important, in their order. */
public enum Protocol {
    /**
     * 8.5 to 8.7: Operate and Tasklist are applications of their own that import Zeebe's records, so they are backed up first, and
     * exporting is paused only around the records and Zeebe.
     */
    UP_TO_8_7("Camunda 8.5 to 8.7"),
    /**
     * 8.8 and later: the Camunda exporter writes the web applications' indices itself, so exporting is paused before their backup
     * starts.
     *
     * @see <a href="https://github.com/camunda/camunda/issues/24477">camunda/camunda#24477</a>
     */
    FROM_8_8("Camunda 8.8 and later");

    private final String displayName;

    Protocol(String displayName) {
        this.displayName = displayName;
    }

    /** The versions in words, for messages and reports. */
    public String displayName() {
        return displayName;
    }

    /** Whether a component imports the exported records: Optimize in every version, Operate and Tasklist up to 8.7. */
    public boolean isImporter(Component component) {
        return switch (component) {
            case OPTIMIZE -> true;
            case OPERATE, TASKLIST -> this == UP_TO_8_7;
            case WEB_APPLICATIONS, ZEEBE, ZEEBE_RECORDS -> false;
        };
    }
}
