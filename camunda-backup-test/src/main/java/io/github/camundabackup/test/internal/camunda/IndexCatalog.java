package io.github.camundabackup.test.internal.camunda;

import io.github.camundabackup.model.Component;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The catalogue of indices, with the part of a backup that each belongs to. Those of Operate, Tasklist and the records
 * are what Camunda 8.6.0 makes; parts 3 and 5 are for dated indices, of which a young cluster has none.
 */
public final class IndexCatalog {
    private static final List<List<String>> OPERATE = List.of(
            List.of("operate-import-position-8.3.0_"),
            List.of("operate-list-view-8.3.0_"),
            List.of(),
            List.of(
                    "operate-batch-operation-1.0.0_",
                    "operate-decision-instance-8.3.0_",
                    "operate-event-8.3.0_",
                    "operate-flownode-instance-8.3.1_",
                    "operate-incident-8.3.1_",
                    "operate-job-8.6.0_",
                    "operate-message-8.5.0_",
                    "operate-operation-8.4.1_",
                    "operate-post-importer-queue-8.3.0_",
                    "operate-sequence-flow-8.3.0_",
                    "operate-user-task-8.5.0_",
                    "operate-variable-8.3.0_"),
            List.of(),
            List.of(
                    "operate-decision-8.3.0_",
                    "operate-decision-requirements-8.3.0_",
                    "operate-metric-8.3.0_",
                    "operate-migration-steps-repository-1.1.0_",
                    "operate-process-8.3.0_",
                    "operate-user-1.2.0_",
                    "operate-web-session-1.1.0_"));

    private static final List<List<String>> TASKLIST = List.of(
            List.of("tasklist-import-position-8.2.0_"),
            List.of("tasklist-process-instance-8.3.0_", "tasklist-task-8.5.0_"),
            List.of(),
            List.of(
                    "tasklist-draft-task-variable-8.3.0_",
                    "tasklist-flownode-instance-8.3.0_",
                    "tasklist-list-view-8.6.0_",
                    "tasklist-task-variable-8.3.0_",
                    "tasklist-variable-8.3.0_"),
            List.of(),
            List.of(
                    "tasklist-form-8.4.0_",
                    "tasklist-metric-8.3.0_",
                    "tasklist-migration-steps-repository-1.1.0_",
                    "tasklist-process-8.4.0_",
                    "tasklist-user-1.4.0_",
                    "tasklist-web-session-1.1.0_"));

    // The order of 8.8: the two groups of dated indices are the ones that may be left out.
    private static final List<List<String>> WEB_APPLICATIONS = List.of(
            List.of("operate-metadata-8.8.0_", "operate-import-position-8.3.0_", "tasklist-import-position-8.2.0_"),
            List.of("operate-list-view-8.3.0_", "tasklist-task-8.8.0_"),
            List.of(),
            List.of("operate-batch-operation-1.0.0_", "operate-operation-8.4.1_"),
            List.of("operate-event-8.3.0_", "operate-flownode-instance-8.3.1_", "operate-incident-8.3.1_"),
            List.of(),
            List.of("operate-process-8.3.0_", "camunda-authorization-8.8.0_", "camunda-user-8.8.0_"));

    /** Without their prefix. */
    private static final List<List<String>> OPTIMIZE = List.of(
            List.of("timestamp-based-import-index_v5", "position-based-import-index_v3"),
            List.of("process-instance-order_v8", "process-definition_v6", "single-report_v11"));

    private static final Map<Component, List<List<String>>> PARTS =
            Map.of(Component.OPERATE, OPERATE, Component.TASKLIST, TASKLIST);

    private static final List<String> RECORD_TYPES = List.of(
            "command-distribution",
            "deployment",
            "job",
            "process",
            "process-instance",
            "process-instance-creation",
            "user-task",
            "variable");

    static final String RECORDS_PREFIX = "zeebe-record";

    static final String WEB_SESSIONS = "camunda-web-session-8.8.0_";

    private IndexCatalog() {}

    /** The indices of each part, in the order of the parts. */
    static List<List<String>> parts(Component component, ClusterSettings settings) {
        if (component.equals(Component.WEB_APPLICATIONS)) {
            return prefixed(
                    settings.indexPrefix(),
                    webApplications(settings.webApplicationParts(), settings.backsUpWebSessions()));
        }
        if (component.equals(Component.OPTIMIZE)) {
            return prefixed(settings.optimizeIndexPrefix(), OPTIMIZE);
        }
        List<List<String>> parts = PARTS.get(component);
        if (parts == null) {
            throw new IllegalArgumentException(component + " takes no snapshots by itself.");
        }
        return parts;
    }

    private static List<List<String>> prefixed(String prefix, List<List<String>> parts) {
        return parts.stream()
                .map(part -> part.stream().map(name -> prefix + name).toList())
                .toList();
    }

    private static List<List<String>> webApplications(int parts, boolean withSessions) {
        List<List<String>> all = new ArrayList<>(WEB_APPLICATIONS);
        while (all.size() > parts) {
            all.remove(List.of());
        }
        if (withSessions) {
            int last = all.size() - 1;
            all.set(
                    last,
                    Stream.concat(all.get(last).stream(), Stream.of(WEB_SESSIONS))
                            .toList());
        }
        return all;
    }

    /** All indices of a component. */
    public static List<String> indices(Component component, ClusterSettings settings, String day) {
        if (component.equals(Component.ZEEBE_RECORDS)) {
            return RECORD_TYPES.stream()
                    .map(type ->
                            settings.indexPrefix() + RECORDS_PREFIX + "_" + type + "_" + settings.version() + "_" + day)
                    .toList();
        }
        boolean sessionsBesides = component.equals(Component.WEB_APPLICATIONS)
                && settings.hasWebSessions()
                && !settings.backsUpWebSessions();
        return component.equals(Component.ZEEBE)
                ? List.of()
                : Stream.concat(
                                parts(component, settings).stream().flatMap(List::stream),
                                sessionsBesides ? Stream.of(settings.indexPrefix() + WEB_SESSIONS) : Stream.of())
                        .toList();
    }
}
