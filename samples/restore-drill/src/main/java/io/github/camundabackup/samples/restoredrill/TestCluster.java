package io.github.camundabackup.samples.restoredrill;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.snapshot.SnapshotStore;

/** A cluster that a drill may lose. */
interface TestCluster extends AutoCloseable {

    /** What is going to be done with which cluster, for people. */
    String introduction();

    CamundaBackupClient.Builder client();

    /** How it is restored, with a control of its components. */
    RestoreSettings.Builder restoreSettings();

    /**
     * Makes sure that this is the cluster that may be lost, before anything is touched.
     *
     * @throws io.github.camundabackup.samples.quickstart.Environment.BadValueException if that is not confirmed
     */
    void requireConsent(SnapshotStore store);

    /**
     * Has Zeebe do something that is exported.
     *
     * @return how many records; 0 if it cannot be made to work
     */
    int work();

    /**
     * Loses all data but what backups are made of.
     *
     * @return what has happened, for people; before the restore, which itself deletes what is there
     */
    String lose();

    @Override
    void close();
}
