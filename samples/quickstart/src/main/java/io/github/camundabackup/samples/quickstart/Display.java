package io.github.camundabackup.samples.quickstart;

import io.github.camundabackup.backup.BackupListener;
import io.github.camundabackup.backup.BackupPlan;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.report.StepProgress;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows a backup as it goes on: a bar on a terminal, plain lines elsewhere. */
final class Display implements BackupListener, AutoCloseable {
    private static final int FULL = 100;

    private final PrintStream out;
    private final boolean terminal;
    private final Map<Component, StepProgress> progress = new TreeMap<>();
    private final Map<Component, Boolean> done = new TreeMap<>();
    private List<Component> planned = List.of();
    private Instant start = Instant.EPOCH;
    private boolean paused;
    private @Nullable ProgressBar bar;

    Display(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public synchronized void started(BackupId backupId, BackupPlan plan, Instant at) {
        start = at;
        planned = plan.components();
        out.println(plan);
        out.println();
        if (terminal) {
            bar = new ProgressBarBuilder()
                    .setTaskName("Backup " + backupId)
                    .setInitialMax(FULL)
                    .hideEta()
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(100)
                    .build();
        }
    }

    @Override
    public void stepStarted(BackupId backupId, Component component, Instant at) {
        show(at, component.displayName() + " started");
    }

    @Override
    public void waiting(BackupId backupId, String why, Instant at) {
        show(at, "waiting: " + why);
    }

    @Override
    public synchronized void stepProgress(BackupId backupId, Component component, StepProgress now, Instant at) {
        progress.put(component, now);
        show(at, component.displayName() + " " + describe(component, now));
    }

    @Override
    public synchronized void stepFinished(BackupId backupId, Component component, Instant at) {
        done.put(component, true);
        show(at, component.displayName() + " complete");
    }

    @Override
    public synchronized void exportingPaused(BackupId backupId, Instant at) {
        paused = true;
        show(at, "exporting paused");
    }

    @Override
    public synchronized void exportingResumed(BackupId backupId, boolean confirmedByBrokers, Instant at) {
        paused = false;
        show(at, "exporting resumed" + (confirmedByBrokers ? ", confirmed by the brokers" : ""));
    }

    @Override
    public void exportingNotResumed(BackupId backupId, PauseReport pause, Instant at) {
        show(at, pause.instruction());
    }

    private synchronized void show(Instant at, String event) {
        ProgressBar open = bar;
        if (open == null) {
            out.printf(Locale.ROOT, "%6.1f s  %s%n", Duration.between(start, at).toMillis() / 1000.0, event);
            return;
        }
        double share = planned.stream().mapToDouble(this::share).average().orElse(0);
        open.stepTo((long) (share * FULL));
        String running = planned.stream()
                .filter(progress::containsKey)
                .filter(component -> !done.containsKey(component))
                .map(component -> component.displayName() + " "
                        + describe(component, progress.getOrDefault(component, StepProgress.NONE)))
                .collect(Collectors.joining(", "));
        open.setExtraMessage(paused ? " Exporting paused. " + running : " " + running);
    }

    private double share(Component component) {
        return done.containsKey(component)
                ? 1
                : progress.getOrDefault(component, StepProgress.NONE).share();
    }

    private static String describe(Component component, StepProgress now) {
        if (now.shardsTotal() > 0) {
            return now.shardsDone() + " of " + now.shardsTotal() + " shards, " + now.bytesDone() / 1024 + " of "
                    + now.bytesTotal() / 1024 + " kB";
        }
        String parts = component.equals(Component.ZEEBE) ? " partitions" : " snapshots";
        return now.partsDone() + " of " + Math.max(now.partsTotal(), now.partsDone()) + parts;
    }

    /** Leaves the terminal as it was. */
    @Override
    public synchronized void close() {
        ProgressBar open = bar;
        if (open != null) {
            open.close();
            bar = null;
        }
    }
}
