package io.github.camundabackup.test.camunda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Asks every component of a real cluster everything that a backup asks, in situations good and bad, and writes down the
 * answers.
 */
final class CamundaRecorder {
    private static final String JSON = "application/json";
    private static final String BACKUPS = "/actuator/backups";
    private static final int INSTANCES = 40;

    private final CamundaStack stack;
    private final RecordedServer operate;
    private final RecordedServer tasklist;
    private final RecordedServer zeebe;
    private final EngineRecorder engine;

    /**
     * @param stack as it is after its start
     */
    CamundaRecorder(CamundaStack stack, ExchangeLog log) {
        this.stack = stack;
        operate = new RecordedServer("operate", stack.operate().uri(), 9601, log);
        tasklist = new RecordedServer("tasklist", stack.tasklist().uri(), 9602, log);
        zeebe = new RecordedServer("zeebe", stack.zeebe().uri(), 9600, log);
        engine = new EngineRecorder(stack, log);
    }

    void record() {
        fill();
        List.of(operate, tasklist, zeebe).forEach(CamundaRecorder::withoutBackups);
        withoutRepository();
        engine.withoutSnapshots();
        List.of(operate, tasklist).forEach(CamundaRecorder::withBackup);
        zeebesBackup();
        engine.withRecords();
        inProgress();
        deleted();
        incomplete();
        exporting();
        withoutObjectStore();
    }

    private void fill() {
        Workload workload = new Workload(stack.restApi());
        workload.deploy();
        for (int i = 0; i < INSTANCES; i++) {
            workload.startInstances();
        }
        RealCluster.await("the work is done", () -> workload.work() == 0);
    }

    private static void withoutBackups(RecordedServer server) {
        server.get("list-empty", BACKUPS);
        server.get("get-unknown", BACKUPS + "/42");
        server.get("get-malformed", BACKUPS + "/abc");
        server.get("get-negative", BACKUPS + "/-5");
        server.exchange("post-missing-body", "POST", BACKUPS, "", "");
        server.backup("post-empty-json", "{}");
        server.backup("post-malformed-id", "{\"backupId\":\"abc\"}");
        server.backup("post-negative", "{\"backupId\":-5}");
        server.delete("delete-unknown", BACKUPS + "/42");
        server.delete("delete-malformed", BACKUPS + "/abc");
    }

    private void withoutRepository() {
        stack.forgetRepository();
        List.of(operate, tasklist).forEach(server -> {
            server.get("list-repo-missing", BACKUPS);
            server.get("get-repo-missing", BACKUPS + "/42");
            server.backup("post-repo-missing", 42);
            server.delete("delete-repo-missing", BACKUPS + "/42");
        });
        engine.withoutRepository();
        stack.speedRepositoryUp();
    }

    private static void withBackup(RecordedServer server) {
        server.backup("post-100", 100);
        server.get("get-100-immediately", BACKUPS + "/100");
        server.awaitCompleted(100);
        server.get("get-100-completed", BACKUPS + "/100");
        server.backup("post-100-duplicate", 100);
        // Which is not refused.
        server.backup("post-50-lower", 50);
        server.awaitCompleted(50);
        server.get("list", BACKUPS);
    }

    private void zeebesBackup() {
        zeebe.backup("post-100", 100);
        zeebe.get("get-100-immediately", BACKUPS + "/100");
        zeebe.awaitCompleted(100);
        zeebe.get("get-100-completed", BACKUPS + "/100");
        zeebe.backup("post-100-duplicate", 100);
        zeebe.backup("post-50-lower", 50);
        zeebe.get("get-50-after-lower", BACKUPS + "/50");
        zeebe.get("list", BACKUPS);
    }

    private void inProgress() {
        stack.slowRepositoryDown();
        operate.backup("post-110-throttled", 110);
        engine.whileALaterPartIsInProgress(() -> {
            operate.get("get-110-inprogress", BACKUPS + "/110");
            operate.get("list-inprogress", BACKUPS);
            operate.backup("post-110-duplicate-inprogress", 110);
            operate.backup("post-200-while-running", 200);
        });
        operate.awaitCompleted(110);
        tasklist.backup("post-110-throttled", 110);
        engine.whileALaterPartIsInProgress(() -> {
            tasklist.get("list-inprogress", BACKUPS);
            tasklist.backup("post-200-while-running", 200);
        });
        tasklist.awaitCompleted(110);
        stack.speedRepositoryUp();
    }

    private void deleted() {
        for (RecordedServer server : List.of(operate, tasklist)) {
            server.backup("post-120", 120);
            server.awaitCompleted(120);
            server.delete("delete-120", BACKUPS + "/120");
            server.get("get-120-after-delete-now", BACKUPS + "/120");
            engine.awaitNone("camunda_" + server.name() + "_120_*");
            server.get("get-120-after-delete", BACKUPS + "/120");
        }
        zeebe.backup("post-120", 120);
        zeebe.awaitCompleted(120);
        zeebe.delete("delete-120", BACKUPS + "/120");
        RealCluster.await(
                "Zeebe's backup is deleted", () -> zeebe.ask(BACKUPS + "/120").statusCode() == 404);
        zeebe.get("get-120-after-delete", BACKUPS + "/120");
        zeebe.backup("post-120-after-delete", 120);
    }

    private void incomplete() {
        engine.delete("camunda_operate_100_" + stack.version() + "_part_6_of_6");
        operate.get("get-100-one-part-missing", BACKUPS + "/100");
        engine.delete("camunda_tasklist_100_" + stack.version() + "_part_1_of_6");
        tasklist.get("get-100-first-part-missing", BACKUPS + "/100");
    }

    private void exporting() {
        zeebe.exchange("pause-soft", "POST", "/actuator/exporting/pause?soft=true", "", "");
        zeebe.get("partitions-get", "/actuator/partitions");
        stack.zeebe().kill();
        stack.bringBack();
        RealCluster.await(
                "the pause has outlived the broker",
                () -> zeebe.ask("/actuator/partitions").body().split("SOFT_PAUSED", -1).length
                        > CamundaSettings.PARTITIONS);
        zeebe.get("partitions-after-restart-while-paused", "/actuator/partitions");
        zeebe.exchange("resume", "POST", "/actuator/exporting/resume", "", "");
        zeebe.get("partitions-after-resume", "/actuator/partitions");
        zeebe.get("exporting-get", "/actuator/exporting");
        zeebe.exchange("exporting-unknown-op", "POST", "/actuator/exporting/bogus", "", "");
        zeebe.get("exporters-get", "/actuator/exporters");
        zeebe.get("cluster-get", "/actuator/cluster");
    }

    private void withoutObjectStore() {
        stack.objectStore().kill();
        zeebe.backup("s3down-post", 600);
        zeebe.get("s3down-get", BACKUPS + "/600");
        zeebe.get("s3down-list", BACKUPS);
        stack.bringBack();
        zeebe.get("store-back-get", BACKUPS + "/600");
        zeebe.backup("store-back-post-600", 600);

        Path bucket = stack.objects();
        Path elsewhere = bucket.resolveSibling("elsewhere");
        move(bucket, elsewhere);
        zeebe.get("bucket-missing-get", BACKUPS + "/10");
        move(elsewhere, bucket);

        stack.objectStore().freeze();
        zeebe.backup("store-down-post", 700);
        zeebe.get("store-down-get", BACKUPS + "/700");
        zeebe.get("store-down-list", BACKUPS);
        stack.bringBack();
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A component, and its port in the recordings. */
    private record RecordedServer(String name, URI uri, int usualPort, ExchangeLog log) {
        void exchange(String situation, String method, String target, String contentType, String body) {
            log.exchange(name + "-" + situation, uri, usualPort, method, target, contentType, body);
        }

        void get(String situation, String target) {
            exchange(situation, "GET", target, "", "");
        }

        void delete(String situation, String target) {
            exchange(situation, "DELETE", target, "", "");
        }

        void backup(String situation, long id) {
            backup(situation, "{\"backupId\":" + id + "}");
        }

        void backup(String situation, String json) {
            exchange(situation, "POST", BACKUPS, JSON, json);
        }

        /** Without writing it down. */
        HttpResponse<String> ask(String target) {
            return log.send("GET", URI.create(uri + target));
        }

        void awaitCompleted(long id) {
            RealCluster.await(name + " has the backup " + id, Duration.ofMillis(200), () -> {
                HttpResponse<String> answer = ask(BACKUPS + "/" + id);
                return answer.statusCode() == 200
                        && EngineContents.read(answer.body())
                                .path("state")
                                .asText()
                                .equals("COMPLETED");
            });
        }
    }
}
