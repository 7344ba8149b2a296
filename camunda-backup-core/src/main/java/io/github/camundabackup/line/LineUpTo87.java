package io.github.camundabackup.line;

import io.github.camundabackup.model.Component;
import java.time.Duration;

/** Camunda 8.5 to 8.7. */
final class LineUpTo87 {
    // Components show INCOMPLETE between two parts, and change from IN_PROGRESS to INCOMPLETE for good when nothing has
    // happened for incompleteCheckTimeout, 300 s by default.
    static final Duration INCOMPLETE_CHECK_TIMEOUT_WITH_MARGIN = Duration.ofSeconds(330);
    // Twice the time after which a gateway gives up on a broker.
    private static final Duration TWICE_BROKER_TIMEOUT = Duration.ofSeconds(30);
    // Operate 8.6 on OpenSearch refuses the question until its backup is complete; only the caller's deadline ends
    // that.
    private static final Duration UNTIL_THE_DEADLINE = Duration.ofDays(365);

    private static final String SKIPPED_COMMANDS =
            "skips some of the first commands that each partition gets after a restore: their clients run into timeouts, and"
                    + " an instance that waits for such a command waits for ever (camunda#41325, fixed in 8.6.31 and 8.7.19). Restore"
                    + " with exactly the backup's version, and start the brokers with a version in which it is fixed, as in any upgrade"
                    + " to a patch; or let clients repeat what ran into a timeout, and look for instances that do not go on.";

    private static final String KEEPS_NO_TEMPLATES =
            "does not make missing index templates when it is started on indices that are there (camunda#32806; fixed in"
                    + " 8.7.37).";

    private static final String OLD_HOME = "/usr/local/zeebe";

    private LineUpTo87() {}

    /**
     * What importers wrote must be older than the records, and these older than Zeebe's log: so the applications come
     * first, and exporting is paused around the records and Zeebe only. Operate 8.6.0 ends when there is no gateway of
     * Zeebe yet, so Zeebe starts first.
     *
     * @see <a href="https://docs.camunda.io/docs/8.7/self-managed/operational-guides/backup-restore/backup/">Camunda:
     *     backup</a>
     * @see <a href="https://github.com/camunda/camunda/issues/41325">camunda#41325: a restore cuts a partition's log at
     *     the checkpoint and leaves the bytes behind it; the broker leaves one byte of each record as it was when it
     *     writes over them, and never processes a command where that byte is not zero. From 8.8.0 on logs are not
     *     cut</a>
     */
    static CamundaLine table() {
        return CamundaLine.builder("8.5-8.7")
                .releases("8.5", "8.6", "8.7")
                .component(optimize())
                .component(importer(Component.OPERATE, "operate-"))
                .component(importer(Component.TASKLIST, "tasklist-"))
                .component(records())
                .component(zeebe("backups"))
                .beforePause(Component.OPTIMIZE, Component.OPERATE, Component.TASKLIST)
                .inPause(Component.ZEEBE_RECORDS)
                .inPause(Component.ZEEBE)
                .startsFirst(Component.ZEEBE)
                .elsewhere(
                        Component.WEB_APPLICATIONS,
                        "where there is no orchestration cluster. Configure zeebe, operate and tasklist instead of"
                                + " orchestrationCluster.")
                .defect(new KnownDefect("camunda#41325", "8.5", Integer.MAX_VALUE, SKIPPED_COMMANDS))
                .defect(new KnownDefect("camunda#41325", "8.6", 31, SKIPPED_COMMANDS))
                .defect(new KnownDefect("camunda#41325", "8.7", 19, SKIPPED_COMMANDS))
                .restoredLogLine("Successfully restored broker from backup {id}")
                .home(OLD_HOME)
                .build();
    }

    /** Optimize, the same in every line. */
    static LineComponent optimize() {
        return LineComponent.builder(Component.OPTIMIZE)
                .path("backups")
                .incompleteGrace(INCOMPLETE_CHECK_TIMEOUT_WITH_MARGIN)
                .unclearGrace(Duration.ofMinutes(5))
                .endpointAdvice("Configure Optimize's management port, by default 8092, without a context path.")
                .importsRecords()
                .indices(IndexNaming.OPTIMIZE, "optimize-")
                .build();
    }

    /** The exported records, the same in every line: this library makes their snapshot. */
    static LineComponent records() {
        return LineComponent.builder(Component.ZEEBE_RECORDS)
                .indices(IndexNaming.RECORDS, "zeebe-record")
                .build();
    }

    static LineComponent zeebe(String path) {
        return LineComponent.builder(Component.ZEEBE)
                .path(path)
                .mayBeAskedAgain()
                .inZeebesProcess()
                .endpointAdvice("Expose the one of your version (management.endpoints.web.exposure.include).")
                .absentGrace(TWICE_BROKER_TIMEOUT)
                .incompleteGrace(TWICE_BROKER_TIMEOUT)
                .unclearGrace(Duration.ofMinutes(2))
                .build();
    }

    private static LineComponent importer(Component component, String prefix) {
        return LineComponent.builder(component)
                .path("backups")
                .incompleteGrace(INCOMPLETE_CHECK_TIMEOUT_WITH_MARGIN)
                .unclearGrace(UNTIL_THE_DEADLINE)
                .endpointAdvice("Check that this is the management port of " + component.displayName()
                        + ", and that the endpoint is exposed (management.endpoints.web.exposure.include). Where Operate and"
                        + " Tasklist run in one process with Zeebe, only Zeebe's backups can be reached: run "
                        + component.displayName() + " as a process of its own, and configure its management port.")
                .importsRecords()
                .indices(IndexNaming.VERSIONED, prefix)
                .provingIndex(Line88.PROVING_INDEX)
                .importPositions("-import-position-")
                .templateDefect(new KnownDefect("camunda#32806", "8.5", Integer.MAX_VALUE, KEEPS_NO_TEMPLATES))
                .templateDefect(new KnownDefect("camunda#32806", "8.6", Integer.MAX_VALUE, KEEPS_NO_TEMPLATES))
                .templateDefect(new KnownDefect("camunda#32806", "8.7", 37, KEEPS_NO_TEMPLATES))
                .build();
    }
}
