package io.github.camundabackup.samples.restoredrill;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.restore.control.ClusterControl;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.samples.quickstart.Environment;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** The cluster that the environment describes. */
final class OwnTestCluster implements TestCluster {
    static final String CONSENT = "DRILL_REPLACES";

    private final Environment environment;
    private final CamundaBackupClient.Builder client;
    private final Console console;
    private final Optional<Commands> commands;
    private final ClusterControl control;

    /**
     * @param commands what stops and starts it; empty if an operator does
     */
    OwnTestCluster(
            Environment environment,
            CamundaBackupClient.Builder client,
            Optional<Commands> commands,
            Console console,
            ClientResources resources) {
        this.environment = environment;
        this.client = client;
        this.commands = commands;
        this.console = console;
        control =
                commands.<ClusterControl>map(given -> given.control(resources)).orElseGet(console::control);
    }

    @Override
    public String introduction() {
        return "This takes a backup of your cluster, and restores it in place.";
    }

    @Override
    public CamundaBackupClient.Builder client() {
        return client;
    }

    @Override
    public RestoreSettings.Builder restoreSettings() {
        RestoreSettings.Builder settings = RestoreSettings.builder().control(control);
        commands.ifPresent(given -> settings.brokers(given.brokers()));
        environment.parsed("RECORD_PREFIX", prefix -> settings.indexPrefixes(Component.ZEEBE_RECORDS, prefix));
        return settings;
    }

    /** Wants the id that the search engine gave itself: a URL is soon set by accident, or leads elsewhere tomorrow. */
    @Override
    public void requireConsent(SnapshotStore store) {
        Optional<String> given = environment.text(CONSENT);
        String where = store.description();
        if (given.isEmpty()) {
            throw environment.bad(
                    CONSENT,
                    "is missing. This drill stops Camunda, deletes what it has in the search engine of " + where
                            + " and in its brokers, and restores that from a backup. If it is a cluster for tests, set"
                            + " this variable to "
                            + id(store)
                                    .map(id -> "the id of that search engine, " + id + ".")
                                    .orElse("the id of that search engine, the cluster_uuid in its answer to GET /."));
        }
        String actual = store.engineId()
                .join()
                .orElseThrow(
                        () -> environment.bad(CONSENT, "cannot be compared: the engine of " + where + " has no id."));
        if (!given.get().strip().equals(actual)) {
            throw environment.bad(
                    CONSENT,
                    "is not the id of the search engine of " + where + ", which is " + actual
                            + ". Make sure that this is the cluster for tests that you mean.");
        }
        if (commands.isEmpty()) {
            console.requireOperator();
        }
    }

    private static Optional<String> id(SnapshotStore store) {
        try {
            return store.engineId().join();
        } catch (CompletionException e) {
            return Optional.empty();
        }
    }

    @Override
    public int work() {
        return 0;
    }

    @Override
    public String lose() {
        return "What the cluster does from now on is lost.";
    }

    @Override
    public void close() {
        // It is not ours.
    }
}
