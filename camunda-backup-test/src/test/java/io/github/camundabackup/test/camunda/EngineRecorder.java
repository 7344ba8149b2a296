package io.github.camundabackup.test.camunda;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camundabackup.test.engine.EngineKind;
import java.util.Locale;

/** Asks the search engine of a real cluster what a backup of the records asks, and writes down the answers. */
final class EngineRecorder {
    private static final int USUAL_PORT = 9200;
    private static final String REPOSITORY = "/_snapshot/" + CamundaSettings.REPOSITORY;
    private static final String RECORDS = "camunda_zeebe_records_backup_";

    private final CamundaStack stack;
    private final ExchangeLog log;
    private final String prefix;

    EngineRecorder(CamundaStack stack, ExchangeLog log) {
        this.stack = stack;
        this.log = log;
        prefix = stack.engine().kind() == EngineKind.ELASTICSEARCH ? "es-" : "os-";
    }

    void withoutRepository() {
        get("get-repo-missing", REPOSITORY);
        get("list-repo-missing", REPOSITORY + "/_all");
        get("status-repo-missing", REPOSITORY + "/x/_status");
        put("snapshot-repo-missing", REPOSITORY + "/x", "{\"indices\":\"zeebe-record*\"}");
    }

    void withoutSnapshots() {
        get("get-repo", REPOSITORY);
        get("list-empty-all", REPOSITORY + "/_all");
        get("list-empty-star", REPOSITORY + "/*");
        get("get-missing-snapshot", REPOSITORY + "/nope");
        get("status-missing-snapshot", REPOSITORY + "/nope/_status");
        put("create-invalid-name", REPOSITORY + "/Has%20Upper", "{\"indices\":\"zeebe-record*\"}");
    }

    void withRecords() {
        String records = REPOSITORY + "/" + RECORDS + "100";
        String create = "{\"indices\":\"zeebe-record*\"}";
        put("records-snapshot-wait", records + "?wait_for_completion=true", create);
        get("records-snapshot-status", records + "/_status");
        get("records-snapshot-get", records);
        put("records-snapshot-duplicate", records + "?wait_for_completion=true", create);
        put(
                "records-snapshot-missing-index",
                REPOSITORY + "/misc_missing_index?wait_for_completion=true",
                "{\"indices\":\"no-such-index\"}");
        put(
                "records-snapshot-missing-pattern",
                REPOSITORY + "/misc_missing_pattern?wait_for_completion=true",
                "{\"indices\":\"no-such-index*\"}");
        delete("misc_missing_pattern");
        get("list-all", REPOSITORY + "/_all");
    }

    /**
     * Has something written down while a part that is not the first is in progress, and is so at the end: again, where
     * it was not.
     */
    void whileALaterPartIsInProgress(Runnable exchanges) {
        String part;
        do {
            RealCluster.await(
                    "a later part is in progress",
                    () -> !current().isEmpty() && !current().contains("_part_1_"));
            part = current();
            get("snapshot-current", REPOSITORY + "/_current");
            exchanges.run();
        } while (part.isEmpty() || !current().equals(part));
    }

    void awaitNone(String pattern) {
        RealCluster.await(
                pattern + " are deleted",
                () -> !stack.engine()
                        .send("GET", REPOSITORY + "/" + pattern + "?ignore_unavailable=true", "")
                        .body()
                        .contains("\"snapshot\":"));
    }

    void delete(String snapshot) {
        stack.engine().call("DELETE", REPOSITORY + "/" + snapshot, "");
    }

    /** The part in progress; none if it holds no index, as some do, because such a one is described otherwise. */
    private String current() {
        JsonNode snapshot = EngineContents.read(stack.engine().call("GET", REPOSITORY + "/_current", ""))
                .path("snapshots")
                .path(0);
        return snapshot.path("indices").isEmpty()
                ? ""
                : snapshot.path("snapshot").asText().toLowerCase(Locale.ROOT);
    }

    private void get(String situation, String target) {
        log.exchange(prefix + situation, stack.engine().uri(), USUAL_PORT, "GET", target, "", "");
    }

    private void put(String situation, String target, String json) {
        log.exchange(prefix + situation, stack.engine().uri(), USUAL_PORT, "PUT", target, "application/json", json);
    }
}
