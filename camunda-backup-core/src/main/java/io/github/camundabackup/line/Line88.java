package io.github.camundabackup.line;

import io.github.camundabackup.model.Component;
import java.time.Duration;

/** Camunda 8.8. */
final class Line88 {
    /** One prefix for all web applications may end before the application's name. */
    static final String PROVING_INDEX =
            "-?((operate|tasklist)-)?(import-position|list-view|process|task|metadata)-\\d+\\.\\d+\\.\\d+_.*";

    private static final String PART_OF_THE_WEB_APPLICATIONS =
            "where it is part of the web applications. Configure orchestrationCluster, and neither operate nor"
                    + " tasklist.";

    /** Whoever is signed in signs in again. From 8.10.0-rc1 on, in no backup (camunda#63338). */
    private static final String WEB_SESSIONS = "-?(camunda-)?web-session-\\d+\\.\\d+\\.\\d+_.*";

    private static final String EARLIER_DAYS =
            "-?((operate|camunda)-)?(operation|batch-operation|usage-metric|usage-metric-tu|audit-log)"
                    + "-\\d+\\.\\d+\\.\\d+_\\d.*";

    private static final String LEAVES_OUT =
            "leaves indices of earlier days out of its backups: those of operations, batch operations, usage metrics"
                    + " and audit logs (camunda#47122, camunda#50471; fixed in 8.8.15 and 8.9.0). A restore cannot bring"
                    + " them back. Upgrade, and keep them when you restore a backup of before.";

    private static final String KEEPS_NO_TEMPLATES =
            "does not make missing index templates when it is started on indices that are there (camunda#47007,"
                    + " camunda#40675; fixed in 8.8.15 and 8.9.0).";

    private Line88() {}

    /**
     * The exporter itself writes the web applications' indices, so its position must stand still before the first of
     * them is read. The web applications are a part of the process that is Zeebe.
     *
     * @see <a href="https://github.com/camunda/camunda/issues/24477">camunda/camunda#24477</a>
     */
    static CamundaLine table() {
        return CamundaLine.builder("8.8")
                .releases("8.8")
                .component(LineUpTo87.optimize())
                .component(LineComponent.builder(Component.WEB_APPLICATIONS)
                        .path("backupHistory")
                        .incompleteGrace(LineUpTo87.INCOMPLETE_CHECK_TIMEOUT_WITH_MARGIN)
                        .unclearGrace(Duration.ofMinutes(5))
                        .listNeedsVerbose()
                        .inZeebesProcess()
                        .namesPhysicalTenant()
                        .endpointAdvice(
                                "With a relational database as secondary storage there is none; otherwise the web"
                                        + " applications run elsewhere: configure webApplications with their management"
                                        + " port.")
                        .indices(IndexNaming.VERSIONED, "operate-", "tasklist-", "camunda-")
                        .provingIndex(PROVING_INDEX)
                        .worthlessIndex(WEB_SESSIONS)
                        .leavesOut(earlierDays("8.8", 15))
                        .leavesOut(earlierDays("8.9", 0))
                        .templateDefect(new KnownDefect("camunda#47007", "8.8", 15, KEEPS_NO_TEMPLATES))
                        .templateDefect(new KnownDefect("camunda#47007", "8.9", 0, KEEPS_NO_TEMPLATES))
                        .build())
                .component(LineUpTo87.records())
                .component(LineUpTo87.zeebe("backupRuntime").toBuilder()
                        .namesPhysicalTenant()
                        .build())
                .inPause(Component.OPTIMIZE, Component.WEB_APPLICATIONS)
                .inPause(Component.ZEEBE_RECORDS)
                .inPause(Component.ZEEBE)
                .startsFirst(Component.ZEEBE, Component.WEB_APPLICATIONS)
                .elsewhere(Component.OPERATE, PART_OF_THE_WEB_APPLICATIONS)
                .elsewhere(Component.TASKLIST, PART_OF_THE_WEB_APPLICATIONS)
                .restoredLogLine("Successfully restored broker from backup {id}")
                .build();
    }

    /**
     * @see <a href="https://github.com/camunda/camunda/issues/47122">camunda#47122: of two priorities, only the main
     *     indices are in a part</a>
     */
    private static LeftOutIndices earlierDays(String release, int fixedInPatch) {
        return new LeftOutIndices(new KnownDefect("camunda#47122", release, fixedInPatch, LEAVES_OUT), EARLIER_DAYS);
    }
}
