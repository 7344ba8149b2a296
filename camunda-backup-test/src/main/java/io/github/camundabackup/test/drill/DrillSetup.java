package io.github.camundabackup.test.drill;

import io.github.camundabackup.component.ClusterEndpoints;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The clients and stores that one drill works with. Closing it closes what was opened for this drill. */
final class DrillSetup implements AutoCloseable {
    private final DrillSettings settings;
    private final ClientResources resources;
    private final List<Runnable> owned;

    /**
     * @param owned close what was opened for the drill; the last goes first
     */
    DrillSetup(DrillSettings settings, ClientResources resources, List<Runnable> owned) {
        this.settings = settings;
        this.resources = resources;
        this.owned = List.copyOf(owned);
    }

    ClientResources resources() {
        return resources;
    }

    SnapshotStore store() {
        return settings.store();
    }

    Optional<ClusterEndpoints> cluster() {
        return settings.cluster();
    }

    Optional<BackupId> backupId() {
        return settings.backupId();
    }

    Path reportDirectory() {
        return settings.reportDirectory();
    }

    /** The user's, but for the control, which knows the components in use only. */
    RestoreSettings.Builder restoreSettings() {
        return settings.restoreSettings().apply(RestoreSettings.builder()).withoutControl();
    }

    DrillPlace place(BackupId backupId, Instant now) {
        return settings.scratchEngine()
                .<DrillPlace>map(scratch -> new ScratchEngine(store(), scratch, settings.clear()))
                .orElseGet(() ->
                        new ScratchNames(store(), settings.scratchPrefix(), settings.leftoverAge(), backupId, now));
    }

    @Override
    public void close() {
        List<Runnable> lastFirst = new ArrayList<>(owned);
        Collections.reverse(lastFirst);
        lastFirst.forEach(Runnable::run);
    }
}
