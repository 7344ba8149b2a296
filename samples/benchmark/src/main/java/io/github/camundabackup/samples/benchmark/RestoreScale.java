package io.github.camundabackup.samples.benchmark;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.Server;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A backup restored by this library, beside the documented loop that restores one snapshot after the other.
 *
 * @param snapshots how many there are
 * @param each how long the engine takes for each, whatever else it restores
 * @param plan how long the plan took, with the check of the backup
 * @param library how long its execution took
 * @param requests how many requests both have sent
 * @param documented how long the loop took
 */
record RestoreScale(int snapshots, Duration each, Duration plan, Duration library, int requests, Duration documented) {

    static RestoreScale measure(Library library, Duration each) throws IOException, InterruptedException {
        try (SimulatedCluster cluster = SimulatedCluster.builder()
                        .line(CamundaLine.V8_8)
                        .restoreDuration(each)
                        .build();
                CamundaBackupClient client = library.client(cluster)) {
            BackupId id = client.backup().completion().join().backupId();
            cluster.servers().stream()
                    .filter(server -> server != Server.SEARCH_ENGINE)
                    .forEach(cluster.faults()::unreachable);
            RestoreClient restore = client.restore();
            int before = cluster.requests().size();
            long start = System.nanoTime();
            RestorePlan plan = restore.plan(id).join();
            long planned = System.nanoTime();
            restore.execute(plan).completion().join();
            long restored = System.nanoTime();
            int requests = cluster.requests().size() - before;
            Duration documented = loop(cluster, plan);
            return new RestoreScale(
                    plan.snapshots().size(),
                    each,
                    Duration.ofNanos(planned - start),
                    Duration.ofNanos(restored - planned),
                    requests,
                    documented);
        }
    }

    private static Duration loop(SimulatedCluster cluster, RestorePlan plan) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        List<String> indices = List.copyOf(plan.indices().keySet());
        long start = System.nanoTime();
        send(http, cluster, "DELETE", String.join(",", indices));
        for (var snapshot : plan.snapshots()) {
            send(
                    http,
                    cluster,
                    "POST",
                    "_snapshot/" + cluster.repository() + "/" + snapshot.name() + "/_restore?wait_for_completion=true");
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static void send(HttpClient http, SimulatedCluster cluster, String method, String path)
            throws IOException, InterruptedException {
        URI engine = cluster.searchEngineUri();
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(engine.resolve("/" + path))
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(method + " " + path + ": " + answer.body());
        }
    }

    void print(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%nA restore of %d snapshots, for each of which the engine takes %.2f s%n"
                        + "  camunda-backup      %8.2f s, and %.2f s for the plan, %d requests%n"
                        + "  one after the other %8.2f s%n",
                snapshots,
                seconds(each),
                seconds(library),
                seconds(plan),
                requests,
                seconds(documented));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
