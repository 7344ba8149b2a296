package io.github.camundabackup.consistency.evidence;

import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The properties of one snapshot that the rules need, and no more: a check of all backups holds one of these for each
 * of perhaps 100,000 snapshots.
 */
public final class SnapshotEvidence {
    private static final long UNKNOWN_TIME = -1;

    private final Component component;
    private final String version;
    private final int part;
    private final int partCount;
    private final SnapshotState state;
    private final long startedAt;
    private final long endedAt;
    private final int shardsTotal;
    private final int shardsFailed;
    private final @Nullable String failure;
    private final @Nullable String contradiction;

    private SnapshotEvidence(SnapshotName name, String version, SnapshotInfo info) {
        component = name.component();
        this.version = version;
        part = name.part();
        partCount = name.partCount();
        state = info.state();
        startedAt = info.startTime().map(Instant::toEpochMilli).orElse(UNKNOWN_TIME);
        endedAt = info.endTime().map(Instant::toEpochMilli).orElse(UNKNOWN_TIME);
        shardsTotal = info.shardsTotal();
        shardsFailed = info.shardsFailed();
        failure = info.failures().stream().findFirst().orElse(null);
        contradiction = contradiction(name, info.metadata()).orElse(null);
    }

    /**
     * @param versions the versions that were seen so far, so that each is held once
     */
    static SnapshotEvidence of(SnapshotName name, SnapshotInfo info, Map<String, String> versions) {
        String version = name.version().orElse("");
        return new SnapshotEvidence(name, versions.computeIfAbsent(version, same -> same), info);
    }

    public Component component() {
        return component;
    }

    /** Its name, in the backup that it was found in. */
    public SnapshotName name(BackupId backupId) {
        return new SnapshotName(
                component, backupId, Optional.of(version).filter(text -> !text.isEmpty()), part, partCount);
    }

    /** Empty for the records, whose name has none. */
    public String version() {
        return version;
    }

    public int part() {
        return part;
    }

    public int partCount() {
        return partCount;
    }

    public SnapshotState state() {
        return state;
    }

    public Optional<Instant> startedAt() {
        return time(startedAt);
    }

    public Optional<Instant> endedAt() {
        return time(endedAt);
    }

    public int shardsTotal() {
        return shardsTotal;
    }

    public int shardsFailed() {
        return shardsFailed;
    }

    /** The search engine's reason for a failed shard. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** How the metadata contradicts the name; empty if it does not, or there is none. */
    public Optional<String> contradiction() {
        return Optional.ofNullable(contradiction);
    }

    /** For messages. */
    public String describe() {
        return component.equals(Component.ZEEBE_RECORDS)
                ? "the records snapshot"
                : "part " + part + " of " + partCount + " (version " + version + ")";
    }

    private static Optional<Instant> time(long millis) {
        return millis == UNKNOWN_TIME ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    /** Camunda's web applications write these four; not every version and component does. */
    private static Optional<String> contradiction(SnapshotName name, Map<String, String> metadata) {
        List<String> found = new ArrayList<>();
        compare("backupId", name.backupId().toString(), metadata, found);
        name.version().ifPresent(version -> {
            compare("version", version, metadata, found);
            compare("partNo", Integer.toString(name.part()), metadata, found);
            compare("partCount", Integer.toString(name.partCount()), metadata, found);
        });
        return found.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", found));
    }

    private static void compare(String key, String named, Map<String, String> metadata, List<String> found) {
        String stored = metadata.get(key);
        if (stored != null && !stored.toLowerCase(Locale.ROOT).equals(named)) {
            found.add(key + " is " + stored + " instead of " + named);
        }
    }
}
