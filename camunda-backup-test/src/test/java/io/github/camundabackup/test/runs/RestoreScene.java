package io.github.camundabackup.test.runs;

import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.RestoreFailedException;
import io.github.camundabackup.restore.RestoreHandle;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.test.engine.Stores;
import io.github.camundabackup.test.simulation.model.RecordedRequest;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import io.github.camundabackup.test.simulation.model.Server;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** A cluster with a backup, and life after it. */
final class RestoreScene implements AutoCloseable {
    /** Of each index. More of it is more questions asked, and a longer test. */
    static final Duration RESTORE_DURATION = Duration.ofSeconds(1);
    /** The day after the backup. */
    static final String NEXT_DAY = "zeebe-record_job_8.6.0_2031-01-01";
    /** Another cluster's, whose prefix begins as this one's does. */
    static final String STRANGER = "operate-test-list-view-8.3.0_2031-01-01";

    /** Records of that other cluster, which nobody takes for this one's. */
    static final String STRANGERS_RECORDS = "zeebe-record-test_job_8.6.0_2031-01-01";

    /** Settings of somebody who knows that the stranger is another cluster's, and is in a hurry. */
    static RestoreSettings keepingTheStranger() {
        return RestoreSettings.builder().keep(STRANGER).raiseThrottles().build();
    }

    private final Scene scene;
    private final BackupId backupId;
    private final Map<String, Long> backedUp;
    private final EngineWeb web;

    RestoreScene(CamundaLine line, SearchEngine engine, Stores stores) {
        this(Scene.of(
                line,
                engine,
                stores,
                cluster -> cluster.duration(Scene.TWO_QUESTIONS).restoreDuration(RESTORE_DURATION),
                client -> client));
    }

    RestoreScene(Scene scene) {
        this.scene = scene;
        web = new EngineWeb(scene.cluster().searchEngineUri());
        backupId = scene.backUp().backupId();
        backedUp = documents();
    }

    Scene scene() {
        return scene;
    }

    BackupId backupId() {
        return backupId;
    }

    EngineWeb web() {
        return web;
    }

    /** What the backup holds. */
    Map<String, Long> backedUp() {
        return backedUp;
    }

    /**
     * All indices that there are, with their documents; but for the journal, which no backup holds and no restore
     * touches.
     */
    Map<String, Long> documents() {
        return scene.client().snapshotStore().listIndices(List.of("*")).join().stream()
                .filter(index -> !index.name().equals("hot-backup-journal"))
                .collect(Collectors.toMap(IndexInfo::name, IndexInfo::documents));
    }

    /** The cluster goes on: documents are added everywhere, an index is lost, and one of the next day is made. */
    void goOn() {
        List<String> indices = backedUp.keySet().stream().sorted().toList();
        web.write(indices, "later");
        web.delete("/" + indices.get(1));
        web.write(NEXT_DAY, "later");
    }

    void stop() {
        camunda().forEach(scene.cluster().faults()::unreachable);
    }

    void start() {
        camunda().forEach(scene.cluster().faults()::reachable);
    }

    private List<Server> camunda() {
        return scene.cluster().servers().stream()
                .filter(server -> server != Server.SEARCH_ENGINE)
                .toList();
    }

    RestoreSettings.Builder settings() {
        return RestoreSettings.builder();
    }

    RestorePlan plan() {
        return scene.client().restore().plan(backupId).join();
    }

    RestorePlan plan(RestoreSettings.Builder settings) {
        return scene.client().restore(settings.build()).plan(backupId).join();
    }

    RestoreReport restore(RestoreSettings.Builder settings) {
        RestoreClient restore = scene.client().restore(settings.build());
        return restore.execute(restore.plan(backupId).join()).completion().join();
    }

    RestoreReport restore() {
        return restore(settings());
    }

    /** How a restore ended that must not be complete. */
    static RestoreFailedException failure(RestoreHandle handle) {
        try {
            throw new AssertionError(
                    "This restore should have failed:\n" + handle.completion().join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof RestoreFailedException failed) {
                return failed;
            }
            throw new AssertionError("Not the failure of a restore", e);
        }
    }

    /** What the journal in the search engine says. */
    String journaled() {
        return scene.client()
                .snapshotStore()
                .journal()
                .orElseThrow()
                .read()
                .join()
                .orElseThrow()
                .text();
    }

    /** Requests to the search engine that change something but the journal, since the given number of requests. */
    List<String> changes(int since) {
        List<RecordedRequest> all = scene.cluster().requests();
        return all.subList(since, all.size()).stream()
                .filter(request -> request.server() == Server.SEARCH_ENGINE)
                .filter(request ->
                        !request.method().equals("GET") && !request.path().endsWith("/_refresh"))
                .filter(request -> !request.path().endsWith("/_verify"))
                .filter(request -> !request.path().startsWith("/hot-backup-journal"))
                .map(RecordedRequest::step)
                .toList();
    }

    int requests() {
        return scene.cluster().requests().size();
    }

    @Override
    public void close() {
        scene.close();
    }
}
