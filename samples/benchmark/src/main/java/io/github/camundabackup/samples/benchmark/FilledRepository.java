package io.github.camundabackup.samples.benchmark;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.report.BackupManifest;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.IndexCoverage;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.report.RunOutcome;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * A search engine whose repository holds many backups of a cluster of 8.8. It can only list them, made up as they are
 * sent.
 */
final class FilledRepository implements AutoCloseable {
    static final String NAME = "camunda";
    /** Two of Optimize, 16 of the web applications, one of the records, and one that tells how the run ended. */
    static final int SNAPSHOTS_PER_BACKUP = 20;

    private static final long FIRST_ID = 1_700_000_000;
    private static final int PARTS = 16;

    private final int backups;
    private final HttpServer server;
    private final AtomicInteger requests = new AtomicInteger();

    FilledRepository(int backups) throws IOException {
        this.backups = backups;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/_snapshot/" + NAME, this::list);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    int backups() {
        return backups;
    }

    int requests() {
        return requests.get();
    }

    private void list(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try (exchange;
                Writer body = new BufferedWriter(
                        new OutputStreamWriter(exchange.getResponseBody(), StandardCharsets.UTF_8))) {
            body.write("{\"snapshots\":[");
            for (int i = 0; i < backups; i++) {
                body.write(i == 0 ? "" : ",");
                backup(body, i);
            }
            body.write("],\"total\":" + backups * SNAPSHOTS_PER_BACKUP + ",\"remaining\":0}");
        }
    }

    private static void backup(Writer body, int number) throws IOException {
        BackupId id = BackupId.of(FIRST_ID + number * 3600L);
        for (int part = 1; part <= 2; part++) {
            part(body, Component.OPTIMIZE, id, part, 2);
            body.write(',');
        }
        for (int part = 1; part <= PARTS; part++) {
            part(body, Component.WEB_APPLICATIONS, id, part, PARTS);
            body.write(',');
        }
        Map<String, String> manifest = BackupManifest.builder(id, CamundaLine.V8_8.id())
                .component(new BackupManifest.Part(Component.OPTIMIZE, List.of("8.8.0"), OptionalInt.of(2)))
                .component(new BackupManifest.Part(Component.WEB_APPLICATIONS, List.of("8.8.0"), OptionalInt.of(PARTS)))
                .component(new BackupManifest.Part(Component.ZEEBE_RECORDS, List.of(), OptionalInt.empty()))
                .component(new BackupManifest.Part(Component.ZEEBE, List.of(), OptionalInt.empty()))
                .partitions(3)
                .pausedAt(Instant.ofEpochSecond(id.value()))
                .recordIndices(30)
                .build()
                .toMetadata();
        snapshot(body, SnapshotName.records(id).toString(), id, 300, manifest);
        body.write(',');
        RunOutcome outcome = new RunOutcome(
                id,
                "camunda-backup",
                BackupReport.Outcome.COMPLETED,
                true,
                PauseReport.State.RESUMED,
                true,
                Optional.of(Instant.ofEpochSecond(id.value() + 390)),
                Instant.ofEpochSecond(id.value() + 390),
                Optional.empty(),
                Optional.of(IndexCoverage.of(List.of())));
        snapshot(body, SnapshotName.outcome(id), id, 390, outcome.toMetadata());
    }

    private static void part(Writer body, Component component, BackupId id, int part, int count) throws IOException {
        snapshot(
                body,
                new SnapshotName(component, id, Optional.of("8.8.0"), part, count).toString(),
                id,
                part * 10L,
                Map.of(
                        "backupId", id.toString(),
                        "version", "8.8.0",
                        "partNo", Integer.toString(part),
                        "partCount", Integer.toString(count)));
    }

    private static void snapshot(Writer body, String name, BackupId id, long after, Map<String, String> metadata)
            throws IOException {
        long start = (id.value() + after) * 1000;
        body.write(
                "{\"snapshot\":\"" + name + "\",\"uuid\":\"u" + name.hashCode()
                        + "\",\"repository\":\"" + NAME
                        + "\",\"version\":\"8.19.21\",\"state\":\"SUCCESS\",\"include_global_state\":false"
                        + ",\"metadata\":{"
                        + metadata.entrySet().stream()
                                .map(entry -> "\"" + entry.getKey() + "\":\"" + entry.getValue() + "\"")
                                .collect(Collectors.joining(","))
                        + "},\"start_time\":\"" + Instant.ofEpochMilli(start) + "\",\"start_time_in_millis\":" + start
                        + ",\"end_time\":\"" + Instant.ofEpochMilli(start + 9000) + "\",\"end_time_in_millis\":"
                        + (start + 9000)
                        + ",\"duration_in_millis\":9000,\"failures\":[],\"shards\":{\"total\":30,\"failed\":0,\"successful\":30}}");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
