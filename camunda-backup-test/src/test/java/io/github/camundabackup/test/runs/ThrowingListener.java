package io.github.camundabackup.test.runs;

import io.github.camundabackup.backup.BackupListener;
import io.github.camundabackup.backup.BackupPlan;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.report.StepProgress;
import java.time.Instant;

/** Throws whatever it is told. */
final class ThrowingListener implements BackupListener {
    private final What what;

    ThrowingListener(What what) {
        this.what = what;
    }

    /** What a careless listener can throw. */
    enum What {
        RUNTIME_EXCEPTION,
        ERROR
    }

    @Override
    public void started(BackupId backupId, BackupPlan plan, Instant at) {
        fail();
    }

    @Override
    public void stepStarted(BackupId backupId, Component component, Instant at) {
        fail();
    }

    @Override
    public void stepProgress(BackupId backupId, Component component, StepProgress progress, Instant at) {
        fail();
    }

    @Override
    public void stepFinished(BackupId backupId, Component component, Instant at) {
        fail();
    }

    @Override
    public void exportingPaused(BackupId backupId, Instant at) {
        fail();
    }

    @Override
    public void exportingResumed(BackupId backupId, boolean confirmedByBrokers, Instant at) {
        fail();
    }

    @Override
    public void exportingNotResumed(BackupId backupId, PauseReport pause, Instant at) {
        fail();
    }

    @Override
    public void finished(BackupReport report) {
        fail();
    }

    @Override
    public void failed(BackupReport report) {
        fail();
    }

    private void fail() {
        switch (what) {
            case RUNTIME_EXCEPTION -> throw new IllegalStateException("A careless listener");
            case ERROR -> throw new AssertionError("A careless listener");
        }
    }
}
