package io.github.camundabackup.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.test.simulation.model.ObjectStoreState;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The simulated REST API of 8.10 answers in the shapes of the official OpenAPI files: the fields that they require and
 * no others, of these types, null only where they allow it, and the statuses that they list.
 */
class RestShapesTest {
    private static final Map<String, String> BACKUP = Map.of(
            "backupId", "number",
            "state", "DOES_NOT_EXIST|IN_PROGRESS|COMPLETED|FAILED|INCOMPLETE|DELETED",
            "failureReason", "string?",
            "details", "array");
    private static final Map<String, String> PARTITION = Map.of(
            "partitionId", "number",
            "state", "DOES_NOT_EXIST|IN_PROGRESS|COMPLETED|FAILED|INCOMPLETE|DELETED",
            "failureReason", "string?",
            "createdAt", "string?",
            "lastUpdatedAt", "string?",
            "snapshotId", "string?",
            "firstLogPosition", "number?",
            "checkpointPosition", "number?",
            "brokerId", "number?",
            "brokerVersion", "string?");
    private static final Map<String, String> HISTORY = Map.of(
            "backupId", "number",
            "state", "IN_PROGRESS|COMPLETED|FAILED|INCOMPLETE|INCOMPATIBLE",
            "failureReason", "string?",
            "details", "array");
    private static final Map<String, String> SNAPSHOT =
            Map.of("snapshotName", "string", "state", "string?", "startTime", "string?", "failures", "array");
    private static final Map<String, String> TOPOLOGY = Map.of(
            "brokers", "array",
            "clusterId", "string?",
            "clusterSize", "number",
            "partitionsCount", "number",
            "replicationFactor", "number",
            "gatewayVersion", "string",
            "lastCompletedChangeId", "string");
    private static final Map<String, String> PROBLEM =
            Map.of("type", "string", "title", "string", "status", "number", "detail", "string", "instance", "string");

    private final Web web = new Web();
    private final Situation situation = new Situation(SimulatedCluster.builder().line(CamundaLine.V8_10));
    private final URI base = situation.cluster().restApiUri();

    @AfterEach
    void close() {
        situation.close();
    }

    @Test
    void runtimeBackupsInEachOfTheirStates() {
        shape(202, web.post(base, "/v2/backups/runtime", "{\"backupId\":7}"), Map.of("backupId", "number"));
        situation.cluster().faults().failPartition(2);
        for (int look = 0; look < 12; look++) {
            Web.Answer one = web.get(base, "/v2/backups/runtime/7");
            if (one.status() == 404) {
                problem(404, one);
            } else {
                shape(200, one, BACKUP);
                one.json().get("details").forEach(partition -> shape(partition, PARTITION));
            }
            situation.after(Duration.ofSeconds(6));
        }
        Web.Answer list = web.get(base, "/v2/backups/runtime?prefix=7*");
        assertThat(list.json()).hasSize(1);
        list.json().forEach(backup -> {
            shape(backup, BACKUP);
            backup.get("details").forEach(partition -> shape(partition, PARTITION));
        });
        assertThat(web.delete(base, "/v2/backups/runtime/7").status()).isEqualTo(204);
    }

    @Test
    void historyBackupsInEachOfTheirStates() {
        shape(
                202,
                web.post(base, "/v2/backups/history", "{\"backupId\":7}"),
                Map.of("backupId", "number", "scheduledSnapshots", "array"));
        problem(409, web.post(base, "/v2/backups/history", "{\"backupId\":8}"));
        for (int look = 0; look < 12; look++) {
            Web.Answer one = web.get(base, "/v2/backups/history/7");
            if (one.status() == 404) {
                problem(404, one);
            } else {
                shape(200, one, HISTORY);
                one.json().get("details").forEach(snapshot -> shape(snapshot, SNAPSHOT));
            }
            situation.after(Duration.ofSeconds(6));
        }
        problem(409, web.post(base, "/v2/backups/history", "{\"backupId\":7}"));
        for (String query : List.of("", "?verbose=false", "?prefix=*")) {
            web.get(base, "/v2/backups/history" + query).json().forEach(backup -> shape(backup, HISTORY));
        }
        assertThat(web.delete(base, "/v2/backups/history/7").status()).isEqualTo(204);
        problem(404, web.delete(base, "/v2/backups/history/99"));
    }

    @Test
    void exportingAndTopology() {
        for (String phase : List.of("EXPORTING", "SOFT_PAUSED", "PAUSED")) {
            if (!phase.equals("EXPORTING")) {
                String soft = phase.equals("SOFT_PAUSED") ? "?soft=true" : "";
                assertThat(web.post(base, "/v2/exporting/pause" + soft, "").status())
                        .isEqualTo(204);
            }
            Web.Answer status = web.get(base, "/v2/exporting");
            shape(200, status, Map.of("status", "EXPORTING|PAUSED|SOFT_PAUSED|MIXED"));
            assertThat(status.json().get("status").asText()).isEqualTo(phase);
        }
        assertThat(web.post(base, "/v2/exporting/resume", "").status()).isEqualTo(204);
        situation.cluster().faults().refusePause(1);
        problem(500, web.post(base, "/v2/exporting/pause?soft=true", ""));
        assertThat(web.get(base, "/v2/exporting").json().get("status").asText()).isEqualTo("MIXED");
        shape(200, web.get(base, "/v2/topology"), TOPOLOGY);
        assertThat(web.get(base, "/v2/status").status()).isEqualTo(204);
    }

    private static final Map<String, String> CHANGE = Map.of("changeId", "string", "plannedChanges", "array");
    private static final Map<String, String> GROUP = Map.of("physicalTenantId", "string?", "operations", "array");
    private static final Map<String, String> MODE_CHANGE = Map.of("operation", "string", "mode", "string?");
    private static final Map<String, String> ON_BROKER = Map.of("operation", "string", "brokerId", "string");
    private static final Map<String, Map<String, String>> RESTORE_OPERATIONS = Map.of(
            "UpdateIncarnationNumberOperation", ON_BROKER,
            "PartitionPreRestoreOperation", with(ON_BROKER, "partitionId", "number"),
            "PartitionRestoreOperation", with(with(ON_BROKER, "partitionId", "number"), "backupIds", "array"),
            "ModeChangeOperation", with(ON_BROKER, "mode", "string"),
            "AwaitModeChangeOperation", with(ON_BROKER, "mode", "string"));
    private static final Map<String, String> RESTORE = Map.of(
            "status",
            "IN_PROGRESS|COMPLETED|FAILED|CANCELLED",
            "changeId",
            "string",
            "startedAt",
            "string?",
            "brokers",
            "array");
    private static final Map<String, String> RESTORING_BROKER = Map.of(
            "brokerId",
            "string",
            "partitionsRestored",
            "number",
            "partitionsToRestore",
            "number",
            "partitions",
            "array");
    private static final Map<String, String> RESTORED_PARTITION = Map.of(
            "partitionId", "number",
            "state", "PENDING|RESTORING|RESTORED",
            "backupIds", "array",
            "completedAt", "string?");
    private static final Map<String, String> BROKER = Map.of(
            "nodeId", "number",
            "brokerId", "string",
            "host", "string",
            "port", "number",
            "partitions", "array",
            "version", "string");
    private static final Map<String, String> REPLICA = Map.of(
            "partitionId", "number",
            "role", "leader|follower|inactive",
            "health", "healthy|unhealthy|dead",
            "state", "unknown|joining|active|leaving|recovering");

    private static Map<String, String> with(Map<String, String> fields, String name, String type) {
        Map<String, String> more = new TreeMap<>(fields);
        more.put(name, type);
        return more;
    }

    @Test
    void recoveryModeAndRestoreInEachOfTheirStates() {
        web.post(base, "/v2/backups/runtime", "{\"backupId\":7}");
        situation.after(Duration.ofMinutes(5));
        problem(400, web.send("PATCH", base, "/v2/mode?mode=SLEEPING", Optional.empty(), ""));
        problem(409, web.post(base, "/v2/restore", "{\"backupIds\":[7]}"));
        problem(404, web.get(base, "/v2/restore"));
        for (String dryRun : List.of("&dryRun=true", "")) {
            Web.Answer change = web.send("PATCH", base, "/v2/mode?mode=RECOVERING" + dryRun, Optional.empty(), "");
            shape(200, change, CHANGE);
            change.json().get("plannedChanges").forEach(group -> {
                shape(group, GROUP);
                group.get("operations").forEach(operation -> shape(operation, MODE_CHANGE));
            });
        }
        problem(409, web.send("PATCH", base, "/v2/mode?mode=PROCESSING", Optional.empty(), ""));
        situation.after(Duration.ofMinutes(1));
        partitions("recovering");
        problem(503, web.post(base, "/v2/backups/runtime", "{\"backupId\":8}"));
        problem(503, web.post(base, "/v2/exporting/pause", ""));
        for (String body : List.of(
                "{}",
                "{\"backupIds\":[7,8]}",
                "{\"backupIds\":[9]}",
                "{\"from\":\"2024-01-01T10:00:00Z\",\"backupIds\":[7]}")) {
            problem(400, web.post(base, "/v2/restore", body));
        }
        for (String dryRun : List.of("?dryRun=true", "")) {
            Web.Answer restore = web.post(base, "/v2/restore" + dryRun, "{\"backupIds\":[7]}");
            shape(202, restore, CHANGE);
            restore.json().get("plannedChanges").forEach(group -> {
                shape(group, GROUP);
                group.get("operations")
                        .forEach(operation -> shape(
                                operation,
                                Objects.requireNonNull(RESTORE_OPERATIONS.get(
                                        operation.get("operation").asText()))));
            });
        }
        problem(409, web.post(base, "/v2/restore", "{\"backupIds\":[7]}"));
        Web.Answer status = web.get(base, "/v2/restore");
        while (status.status() == 200) {
            shape(200, status, RESTORE);
            status.json().get("brokers").forEach(broker -> {
                shape(broker, RESTORING_BROKER);
                broker.get("partitions").forEach(partition -> shape(partition, RESTORED_PARTITION));
            });
            situation.after(Duration.ofSeconds(1));
            status = web.get(base, "/v2/restore");
        }
        problem(404, status);
        partitions("active");
    }

    private void partitions(String state) {
        Web.Answer topology = web.get(base, "/v2/topology");
        shape(200, topology, TOPOLOGY);
        topology.json().get("brokers").forEach(broker -> {
            shape(broker, BROKER);
            broker.get("partitions").forEach(partition -> {
                shape(partition, REPLICA);
                assertThat(partition.get("state").asText()).isEqualTo(state);
            });
        });
    }

    @Test
    void whatIsRefusedIsAProblem() {
        problem(400, web.post(base, "/v2/backups/runtime", "{\"backupId\":0}"));
        problem(400, web.post(base, "/v2/backups/runtime", "{}"));
        problem(400, web.post(base, "/v2/backups/history", "{\"backupId\":\"x\"}"));
        problem(400, web.get(base, "/v2/backups/runtime?prefix=x"));
        web.post(base, "/v2/backups/runtime", "{\"backupId\":7}");
        problem(409, web.post(base, "/v2/backups/runtime", "{\"backupId\":6}"));
        problem(404, web.get(base, "/v2/backups/runtime/9"));
        problem(404, web.get(base, "/actuator"));
        for (ObjectStoreState state : ObjectStoreState.values()) {
            situation.cluster().faults().objectStore(state);
            Web.Answer list = web.get(base, "/v2/backups/runtime");
            if (state != ObjectStoreState.UP) {
                problem(list.status(), list);
            }
        }
    }

    private static void problem(int status, Web.Answer answer) {
        shape(status, answer, PROBLEM);
        assertThat(answer.json().get("status").asInt()).isEqualTo(status);
    }

    private static void shape(int status, Web.Answer answer, Map<String, String> fields) {
        assertThat(answer.status()).as(String.valueOf(answer.json())).isEqualTo(status);
        shape(answer.json(), fields);
    }

    private static void shape(JsonNode object, Map<String, String> fields) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        assertThat(names).as(object.toString()).isEqualTo(new TreeSet<>(fields.keySet()));
        fields.forEach((name, type) -> {
            JsonNode value = object.get(name);
            String plain = type.replace("?", "");
            if (value.isNull()) {
                assertThat(type).as(name + " is null in " + object).endsWith("?");
            } else if (plain.equals("number") || plain.equals("string") || plain.equals("array")) {
                assertThat(value.getNodeType())
                        .as(name)
                        .isEqualTo(JsonNodeType.valueOf(plain.toUpperCase(Locale.ROOT)));
            } else {
                assertThat(plain.split("\\|")).contains(value.asText());
            }
        });
    }
}
