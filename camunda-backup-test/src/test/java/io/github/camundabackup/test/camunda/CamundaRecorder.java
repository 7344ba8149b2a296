package io.github.camundabackup.test.camunda;

import io.github.camundabackup.test.engine.EngineKind;
import io.github.camundabackup.test.process.Http;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Not a test, but the tool that makes recordings of Camunda's management endpoints anew, success and failure, from a real cluster. It runs
 * only when it is named; CONTRIBUTING.md says how. The files are in {@code target/real-camunda/recordings} then.
 */
public abstract class CamundaRecorder {
    private static final String JSON = "application/json";
    private static final String BACKUPS = "/actuator/backups";
    // After the numbers of the recordings that were made by hand.
    private static final int FIRST_NUMBER = 300;

    private final EngineKind kind;

    protected CamundaRecorder(EngineKind kind) {
        this.kind = kind;
    }

    @Test
    final void record() {
        try (CamundaStack stack = CamundaStack.start(kind)) {
            Workload workload = new Workload(stack.restApi());
            workload.deploy();
            workload.startInstances();
            RealCluster.await("the work is done", () -> workload.work() > 0);
            Path directory = Path.of(System.getProperty("camunda-backup.real-camunda.engine"), "recordings");
            ExchangeLog log = new ExchangeLog(directory.resolve(kind.program()), FIRST_NUMBER);
            List<Server> servers = List.of(
                    new Server("operate", stack.operate().uri(), 9601, log),
                    new Server("tasklist", stack.tasklist().uri(), 9602, log),
                    new Server("zeebe", stack.zeebe().uri(), 9600, log));
            servers.forEach(CamundaRecorder::withoutBackups);
            servers.forEach(CamundaRecorder::withBackup);
            exporting(servers.get(2));
            withoutObjectStore(stack, servers.get(2));
        }
    }

    private static void withoutBackups(Server server) {
        server.get("list-empty", BACKUPS);
        server.get("get-unknown", BACKUPS + "/42");
        server.get("get-malformed", BACKUPS + "/abc");
        server.get("get-negative", BACKUPS + "/-5");
        server.exchange("post-missing-body", "POST", BACKUPS, "", "");
        server.post("post-empty-json", "{}");
        server.post("post-malformed-id", "{\"backupId\":\"abc\"}");
        server.post("post-negative", "{\"backupId\":-5}");
        server.exchange("delete-unknown", "DELETE", BACKUPS + "/42", "", "");
        server.exchange("delete-malformed", "DELETE", BACKUPS + "/abc", "", "");
    }

    private static void withBackup(Server server) {
        server.post("post-100", "{\"backupId\":100}");
        server.get("get-100-immediately", BACKUPS + "/100");
        RealCluster.await(server.name() + " has the backup", () -> server.isCompleted(100));
        server.get("get-100-completed", BACKUPS + "/100");
        server.post("post-100-duplicate", "{\"backupId\":100}");
        server.post("post-50-lower", "{\"backupId\":50}");
        if (!server.name().equals("zeebe")) {
            // They do not refuse it.
            RealCluster.await(server.name() + " has the lower one", () -> server.isCompleted(50));
        }
        server.get("list", BACKUPS);
    }

    private static void exporting(Server zeebe) {
        zeebe.exchange("pause-soft", "POST", "/actuator/exporting/pause?soft=true", "", "");
        zeebe.get("partitions-get", "/actuator/partitions");
        zeebe.exchange("resume", "POST", "/actuator/exporting/resume", "", "");
        zeebe.get("partitions-after-resume", "/actuator/partitions");
        zeebe.get("exporting-get", "/actuator/exporting");
        zeebe.exchange("exporting-unknown-op", "POST", "/actuator/exporting/bogus", "", "");
        zeebe.get("exporters-get", "/actuator/exporters");
        zeebe.get("cluster-get", "/actuator/cluster");
    }

    private static void withoutObjectStore(CamundaStack stack, Server zeebe) {
        stack.objectStore().kill();
        zeebe.post("s3down-post", "{\"backupId\":600}");
        zeebe.get("s3down-get", BACKUPS + "/600");
        zeebe.get("s3down-list", BACKUPS);
        stack.objectStore().start();
        stack.objectStore().awaitReady();
        zeebe.get("store-back-get", BACKUPS + "/600");
        zeebe.post("store-back-post-600", "{\"backupId\":600}");
    }

    /** A component, and its port in the recordings. */
    private record Server(String name, URI uri, int usualPort, ExchangeLog log) {
        HttpResponse<String> exchange(String situation, String method, String target, String contentType, String body) {
            return log.exchange(name + "-" + situation, uri, usualPort, method, target, contentType, body);
        }

        void get(String situation, String target) {
            exchange(situation, "GET", target, "", "");
        }

        void post(String situation, String json) {
            exchange(situation, "POST", BACKUPS, JSON, json);
        }

        boolean isCompleted(long id) {
            String answer = new Http()
                    .send("GET", URI.create(uri + BACKUPS + "/" + id), "")
                    .body();
            return answer.startsWith("{\"backupId\":" + id + ",\"state\":\"COMPLETED\"");
        }
    }
}
