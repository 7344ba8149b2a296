package io.github.camundabackup.test.camunda;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupListener;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.StepReport;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.test.engine.Stores;
import io.github.camundabackup.test.process.FileTrees;
import io.github.camundabackup.test.process.Http;
import io.github.camundabackup.test.runs.ClientProcess.Target;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A real cluster as a test sees it: backups are taken by the library, and looked at without it. */
final class RealCluster {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int INSTANCES = 60;

    private final CamundaStack stack;
    private final Stores stores;
    private final Workload workload;
    private final EngineContents contents;
    private final Http http = new Http();
    private final ClientResources resources;
    private final AtomicLong lastId = new AtomicLong();

    RealCluster(CamundaStack stack, Stores stores, ClientResources resources) {
        this.stack = stack;
        this.stores = stores;
        this.resources = resources;
        workload = new Workload(stack.restApi());
        contents = new EngineContents(stack.engine(), stack.repository());
    }

    Workload workload() {
        return workload;
    }

    /** What it has in its search engine. */
    EngineContents contents() {
        return contents;
    }

    /** Gives every component something to back up, and waits until Operate and Tasklist have it. */
    void fill() {
        for (int i = 0; i < INSTANCES; i++) {
            workload.startInstances();
        }
        await("the work is done", () -> workload.work() == 0);
        await(
                "Operate and Tasklist have data",
                () -> contents.count("operate-list-view-*") > INSTANCES
                        && contents.count("tasklist-task-*") + contents.count("tasklist-list-view-*") > 0);
    }

    /** An id that nobody has used, higher than those that the library chooses by itself. */
    BackupId nextId() {
        return BackupId.of(lastId.updateAndGet(last -> Math.max(last + 1, System.currentTimeMillis() / 1000)));
    }

    /** As a process of its own is told of it. */
    Target target() {
        return new Target(
                stack.zeebe().uri(),
                Optional.empty(),
                List.of(stack.operate().uri(), stack.tasklist().uri()),
                stack.engine().uri(),
                stack.repository());
    }

    /** A backup that must be complete. */
    BackupReport backUp() {
        try (CamundaBackupClient client = client(new BackupListener() {})) {
            return client.backup(nextId()).completion().join();
        }
    }

    CamundaBackupClient client(BackupListener listener) {
        return client(listener, builder -> builder);
    }

    /** A client of the cluster. */
    CamundaBackupClient client(BackupListener listener, UnaryOperator<CamundaBackupClient.Builder> changes) {
        return changes.apply(CamundaBackupClient.builder()
                        .resources(resources)
                        .zeebe(stack.zeebe().uri())
                        .operate(stack.operate().uri())
                        .tasklist(stack.tasklist().uri())
                        .snapshotStore(stores.create(Endpoint.of(stack.engine().uri()), stack.repository(), resources))
                        .listener(listener))
                .build();
    }

    /** Returns when the library's own checks have nothing against a backup. */
    void awaitReadiness() {
        try (CamundaBackupClient client = client(new BackupListener() {})) {
            AtomicReference<String> problem = new AtomicReference<>("");
            await(
                    () -> "a backup can be taken: " + problem.get(),
                    Duration.ofMillis(200),
                    () -> client.preflight()
                            .handle((warnings, error) -> {
                                problem.set(String.valueOf(error));
                                return error == null;
                            })
                            .join());
        }
    }

    /** What the exporters of each partition do, as the broker says. */
    Map<Integer, String> phases() {
        return partitions("exporterPhase");
    }

    private Map<Integer, String> partitions(String property) {
        Map<Integer, String> values = new TreeMap<>();
        EngineContents.read(http.call("GET", URI.create(stack.zeebe().uri() + "/actuator/partitions"), ""))
                .properties()
                .forEach(partition -> values.put(
                        Integer.valueOf(partition.getKey()),
                        partition.getValue().path(property).asText()));
        return values;
    }

    /** Returns when every partition has a leader that exports or is paused. */
    void awaitPartitions() {
        await(
                "every partition has a leader",
                () -> phases().size() == CamundaSettings.PARTITIONS
                        && phases().values().stream().noneMatch("CLOSED"::equals));
    }

    void awaitMoreRecordsThan(long records) {
        await("records are exported", () -> contents.records() > records);
    }

    /** The state of each partition in a backup of Zeebe; empty if Zeebe shows no such backup. */
    Map<Integer, String> zeebePartitions(BackupId id) {
        HttpResponse<String> answer = http.send("GET", URI.create(stack.zeebe().uri() + "/actuator/backups/" + id), "");
        Map<Integer, String> states = new TreeMap<>();
        if (answer.statusCode() == 200) {
            EngineContents.read(answer.body())
                    .path("details")
                    .forEach(partition -> states.put(
                            partition.path("partitionId").asInt(),
                            partition.path("state").asText()));
        }
        return states;
    }

    /**
     * Has every partition, in each of which something must have happened since the last time, make a snapshot. Returns
     * when they have.
     */
    void makeZeebeSnapshots() {
        Map<Integer, String> before = partitions("snapshotId");
        await("Zeebe has made snapshots", Duration.ofMillis(500), () -> {
            http.call("POST", URI.create(stack.zeebe().uri() + "/actuator/partitions/takeSnapshot"), "");
            return partitions("snapshotId").entrySet().stream()
                    .noneMatch(snapshot -> snapshot.getValue().equals(before.getOrDefault(snapshot.getKey(), "")));
        });
    }

    /** Puts an older backup of one partition in the place of a newer one. */
    void replacePartition(int partition, BackupId id, BackupId older) throws IOException {
        Path place = stack.objects().resolve(partition + "/" + id);
        FileTrees.delete(place);
        FileTrees.copy(stack.objects().resolve(partition + "/" + older), place);
        Path manifest = place.resolve("0").resolve("manifest.json");
        Files.writeString(
                manifest, Files.readString(manifest).replace("\"checkpointId\":" + older, "\"checkpointId\":" + id));
    }

    /** Whether Zeebe has begun to store a backup. */
    boolean hasObjects(BackupId id) {
        for (int partition = 1; partition <= CamundaSettings.PARTITIONS; partition++) {
            if (Files.exists(stack.objects().resolve(partition + "/" + id))) {
                return true;
            }
        }
        return false;
    }

    /** Whatever a report says to be complete is there. */
    void assertThatClaimsHold(BackupReport report) {
        Map<String, String> snapshots = contents.snapshots(report.backupId());
        for (StepReport step : report.steps()) {
            if (step.state() != StepReport.State.COMPLETED) {
                continue;
            }
            if (step.component().equals(Component.ZEEBE)) {
                assertThat(zeebePartitions(report.backupId()).values())
                        .containsOnly("COMPLETED")
                        .hasSize(CamundaSettings.PARTITIONS);
            } else {
                assertThat(step.snapshots())
                        .isNotEmpty()
                        .allSatisfy(name -> assertThat(snapshots).containsEntry(name, "SUCCESS"));
            }
        }
    }

    /** Waits for something that happens by itself. */
    static void await(String what, BooleanSupplier happened) {
        await(what, Duration.ofMillis(5), happened);
    }

    /**
     * As {@link #await(String, BooleanSupplier)}.
     *
     * @param pause between two looks, where looking takes an effort
     */
    static void await(String what, Duration pause, BooleanSupplier happened) {
        await(() -> what, pause, happened);
    }

    private static void await(Supplier<String> what, Duration pause, BooleanSupplier happened) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        do {
            if (happened.getAsBoolean()) {
                return;
            }
            CompletableFuture.runAsync(
                            () -> {}, CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS))
                    .join();
        } while (System.nanoTime() < end);
        throw new AssertionError("This did not happen: " + what.get());
    }
}
