package io.github.camundabackup.test.simulation;

import io.github.camundabackup.test.simulation.model.Server;
import io.github.camundabackup.test.time.VirtualTime;
import java.time.Duration;

/** A simulated cluster on its way into the situation in which something was recorded. */
final class Situation implements AutoCloseable {
    /** A backup of six parts: each takes 8 seconds, and a gap of 2 seconds follows. */
    static final Duration BACKUP = Duration.ofSeconds(60);

    static final Duration SETTLING = Duration.ofSeconds(1);

    private final VirtualTime time = VirtualTime.create();
    private final Web web = new Web();
    private final SimulatedCluster cluster;

    Situation(SimulatedCluster.Builder builder) {
        cluster = builder.time(time).duration(BACKUP).settling(SETTLING).build();
    }

    SimulatedCluster cluster() {
        return cluster;
    }

    /** Lets time pass. */
    Situation after(Duration duration) {
        time.delay(duration).join();
        return this;
    }

    Situation after(int seconds) {
        return after(Duration.ofSeconds(seconds));
    }

    Situation backup(Server server, long id) {
        expectSuccess(web.backup(cluster.uri(server), id));
        return this;
    }

    Situation completed(Server server, long id) {
        return backup(server, id).after(BACKUP);
    }

    Situation delete(Server server, long id) {
        expectSuccess(web.delete(cluster.uri(server), "/actuator/backups/" + id));
        return this;
    }

    Situation snapshot(String name, String indices) {
        expectSuccess(web.put(
                cluster.searchEngineUri(), "/_snapshot/camunda_backup/" + name, "{\"indices\":\"" + indices + "\"}"));
        return this;
    }

    Situation deleteSnapshot(String name) {
        expectSuccess(web.delete(cluster.searchEngineUri(), "/_snapshot/camunda_backup/" + name));
        return this;
    }

    Situation index(String name) {
        expectSuccess(web.put(cluster.searchEngineUri(), "/" + name, "{}"));
        return this;
    }

    Situation document(String path) {
        expectSuccess(web.put(cluster.searchEngineUri(), "/" + path, "{\"formatVersion\":1,\"text\":\"{}\"}"));
        return this;
    }

    /** An index or, by its path, a document. */
    Situation deleteIndex(String name) {
        expectSuccess(web.delete(cluster.searchEngineUri(), "/" + name));
        return this;
    }

    Situation deleteTemplates() {
        expectSuccess(web.delete(cluster.searchEngineUri(), "/_index_template/*"));
        return this;
    }

    Situation pause(String query) {
        expectSuccess(web.post(cluster.zeebeUri(), "/actuator/exporting/pause" + query));
        return this;
    }

    private static void expectSuccess(Web.Answer answer) {
        if (answer.status() >= 300) {
            throw new IllegalStateException("The situation could not be prepared: " + answer);
        }
    }

    @Override
    public void close() {
        cluster.close();
    }
}
