package io.github.camundabackup.test.acceptance;

import io.github.camundabackup.model.BackupId;
import java.util.List;

/**
 * The ids of all that the kit makes.
 *
 * @param low lower than that of the backup: a backup with it must be refused
 * @param backup of the whole backup
 * @param alone of backups of single components
 * @param second of a backup that is asked for while another one runs
 */
record OwnIds(BackupId low, BackupId backup, BackupId alone, BackupId second) {
    static OwnIds from(BackupId first) {
        long id = first.value();
        return new OwnIds(first, BackupId.of(id + 1), BackupId.of(id + 2), BackupId.of(id + 3));
    }

    List<BackupId> all() {
        return List.of(low, backup, alone, second);
    }

    @Override
    public String toString() {
        return low + " to " + second;
    }
}
