package io.github.camundabackup.line;

import io.github.camundabackup.model.Component;
import java.time.Duration;

/** Camunda 8.8. */
final class Line88 {
    /** One prefix for all web applications may end before the application's name. */
    static final String PROVING_INDEX =
            "-?((operate|tasklist)-)?(import-position|list-view|process|task|metadata)-\\d+\\.\\d+\\.\\d+_.*";

    private static final String PART_OF_THE_WEB_APPLICATIONS =
            "where it is part of the web applications. Configure orchestrationCluster, and neither operate nor tasklist.";

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
                        .endpointAdvice(
                                "With a relational database as secondary storage there is none; otherwise the web"
                                        + " applications run elsewhere: configure webApplications with their management port.")
                        .indices(IndexNaming.VERSIONED, "operate-", "tasklist-", "camunda-")
                        .provingIndex(PROVING_INDEX)
                        .build())
                .component(LineUpTo87.records())
                .component(LineUpTo87.zeebe("backupRuntime"))
                .inPause(Component.OPTIMIZE, Component.WEB_APPLICATIONS)
                .inPause(Component.ZEEBE_RECORDS)
                .inPause(Component.ZEEBE)
                .startsFirst(Component.ZEEBE, Component.WEB_APPLICATIONS)
                .elsewhere(Component.OPERATE, PART_OF_THE_WEB_APPLICATIONS)
                .elsewhere(Component.TASKLIST, PART_OF_THE_WEB_APPLICATIONS)
                .restoredLogLine("Successfully restored broker from backup {id}")
                .build();
    }
}
