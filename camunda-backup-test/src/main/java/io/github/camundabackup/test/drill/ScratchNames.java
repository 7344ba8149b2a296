package io.github.camundabackup.test.drill;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.runtime.ClientResources;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Restores beside the indices in use, on the same engine, under names that no component takes for its own:
 * {@code restore-drill-<backup id>-<milliseconds of its beginning>-<name>}. Two drills at the same time do not meet,
 * and what a killed one has left is recognized by its age.
 */
final class ScratchNames implements DrillPlace {
    private final SnapshotStore store;
    private final String base;
    private final Duration leftoverAge;
    private final String prefix;
    private final DrillLock lock = new DrillLock();

    ScratchNames(SnapshotStore store, String base, Duration leftoverAge, BackupId backupId, Instant now) {
        this.store = store;
        this.base = base;
        this.leftoverAge = leftoverAge;
        prefix = base + backupId + "-" + now.toEpochMilli() + "-";
    }

    @Override
    public String description() {
        return "under scratch names that begin with " + prefix;
    }

    @Override
    public SnapshotStore store() {
        return store;
    }

    @Override
    public RestoreSettings settings(RestoreSettings.Builder settings) {
        return settings.scratchPrefix(prefix).build();
    }

    @Override
    public DrillLock lock() {
        return lock;
    }

    /** A drill that may still run is left alone, and named. */
    @Override
    public Preparation prepare(RestoreClient engine, BackupId backupId, ClientResources resources) {
        Instant now = resources.time().now();
        List<String> old = new ArrayList<>();
        List<String> young = new ArrayList<>();
        Pattern scratchName = Pattern.compile(Pattern.quote(base) + "\\d+-(?<began>\\d{1,15})-.+");
        for (IndexInfo index : store.listIndices(List.of(base + "*")).join()) {
            Matcher matcher = scratchName.matcher(index.name());
            if (matcher.matches()) {
                Instant began = Instant.ofEpochMilli(Long.parseLong(matcher.group("began")));
                (began.plus(leftoverAge).isBefore(now) ? old : young).add(index.name());
            }
        }
        List<String> warnings = new ArrayList<>();
        if (!young.isEmpty()) {
            warnings.add("Left alone, as the drill that made them may still run: " + young
                    + ". A drill removes those of another one when they are older than " + leftoverAge + ".");
        }
        return new Preparation(remove(old, warnings), warnings);
    }

    /** What cannot be removed does not harm this drill. */
    private List<String> remove(List<String> leftovers, List<String> warnings) {
        if (leftovers.isEmpty()) {
            return leftovers;
        }
        try {
            store.deleteIndices(leftovers).join();
            return leftovers;
        } catch (CompletionException e) {
            if (e.getCause() instanceof CamundaBackupException refused) {
                warnings.add("These indices of an earlier drill could not be removed: " + leftovers + ". "
                        + refused.getMessage());
                return List.of();
            }
            throw e;
        }
    }
}
