package io.github.camundabackup.component;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import java.util.List;
import java.util.Objects;

/**
 * A backup that a component has accepted. It is not complete by that.
 *
 * @param component the component that accepted it
 * @param backupId its id
 * @param scheduledSnapshots the names of the snapshots to come, where the component names them (Operate, Tasklist, web
 *     applications)
 * @param adopted true if the reply to the request was lost, and the backup was found by asking afterwards. It is taken
 *     for the requested one; whether another run has taken it under the same id is not known
 */
public record AcceptedBackup(Component component, BackupId backupId, List<String> scheduledSnapshots, boolean adopted) {
    public AcceptedBackup {
        Objects.requireNonNull(component, "component");
        Objects.requireNonNull(backupId, "backupId");
        scheduledSnapshots = List.copyOf(scheduledSnapshots);
    }
}
