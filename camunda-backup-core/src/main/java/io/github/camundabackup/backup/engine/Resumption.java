package io.github.camundabackup.backup.engine;

import io.github.camundabackup.backup.BackupPlan;
import io.github.camundabackup.exporting.ExportingStatus;
import io.github.camundabackup.internal.participants.Participants;
import io.github.camundabackup.journal.JournaledRun;
import io.github.camundabackup.model.Component;
import java.util.Optional;
import java.util.Set;

/**
 * The point from which an interrupted backup is continued.
 *
 * @param run as it is in the journal
 * @param participants the cluster's, as they are now
 * @param plan the same as the run's
 * @param begun the components that have a backup under the run's id, complete or being made: these are waited for, and
 *     not asked
 * @param held what the brokers show of the run's own pause, if it is proven to have been held; otherwise nothing in it
 *     was begun, and it begins anew
 */
public record Resumption(
        JournaledRun run,
        Participants participants,
        BackupPlan plan,
        Set<Component> begun,
        Optional<ExportingStatus> held) {
    public Resumption {
        begun = Set.copyOf(begun);
    }
}
