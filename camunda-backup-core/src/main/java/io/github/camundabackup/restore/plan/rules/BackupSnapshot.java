package io.github.camundabackup.restore.plan.rules;

import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.contents.BackupContents;
import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.report.BackupManifest;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.restore.plan.SnapshotRestore;
import io.github.camundabackup.snapshot.EngineInfo;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotState;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.lang.module.ModuleDescriptor.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A snapshot of a backup that is to be restored.
 *
 * @param name its name, taken apart
 * @param info what the engine says of it, with its indices
 * @param indices those that are restored of it
 */
public record BackupSnapshot(SnapshotName name, SnapshotInfo info, List<String> indices) {
    /**
     * The order in which snapshots are restored: part by part, as Camunda's own notes demand; the records last, as they
     * are the newest.
     */
    private static final Comparator<BackupSnapshot> ORDER = Comparator.comparing(
                    (BackupSnapshot snapshot) -> snapshot.name().component().equals(Component.ZEEBE_RECORDS))
            .thenComparing(snapshot -> snapshot.name().component())
            .thenComparing(snapshot -> snapshot.name().part());

    // Elasticsearch names the versions that a snapshot may be of, as 8.19.9-8.19.21; and of one that it does not know
    // the version after its own, as 8.19.22-[9537000]. 8.13.4 names the number of the index format, 8503000, which
    // tells no more than the major version.
    private static final Pattern EARLIEST = Pattern.compile("(\\d+\\.\\d+\\.\\d+)\\b.*");
    private static final Pattern FORMAT = Pattern.compile("(\\d{1,2})\\d{6}");

    /** One that is restored whole. */
    BackupSnapshot(SnapshotName name, SnapshotInfo info) {
        this(name, info, info.indices());
    }

    /** All of a backup, in the order in which they are restored, without what the settings leave out. */
    static CompletableFuture<List<BackupSnapshot>> of(
            BackupId backupId, SnapshotStore store, RestoreSettings settings) {
        return of(backupId, store, settings.lines())
                .thenApply(all ->
                        all.stream().map(snapshot -> snapshot.without(settings)).toList());
    }

    private BackupSnapshot without(RestoreSettings settings) {
        IndexOwnership ownership = IndexRules.ownership(List.of(this), settings, settings.lines());
        return new BackupSnapshot(
                name,
                info,
                info.indices().stream()
                        .filter(index -> !settings.leavesOut(name.toString(), index) && !ownership.isLeftAlone(index))
                        .toList());
    }

    private static CompletableFuture<List<BackupSnapshot>> of(
            BackupId backupId, SnapshotStore store, CamundaLines lines) {
        List<BackupSnapshot> listed = Collections.synchronizedList(new ArrayList<>());
        List<Component> components =
                lines.components().stream().filter(Component::hasSnapshots).toList();
        return store.list(
                        components.stream()
                                .map(component -> SnapshotName.prefix(component, backupId) + "*")
                                .toList(),
                        snapshot -> SnapshotName.parse(snapshot.name())
                                .filter(name ->
                                        name.backupId().equals(backupId) && components.contains(name.component()))
                                .ifPresent(name -> listed.add(new BackupSnapshot(name, snapshot))))
                .thenCompose(done -> Futures.all(
                        listed.stream().map(snapshot -> snapshot.whole(store)).toList()))
                .thenApply(found ->
                        found.stream().flatMap(Optional::stream).sorted(ORDER).toList());
    }

    /** With its indices; of what cannot be read there is no more to know. */
    private CompletableFuture<Optional<BackupSnapshot>> whole(SnapshotStore store) {
        return info.state() == SnapshotState.UNREADABLE
                ? CompletableFuture.completedFuture(Optional.of(this))
                : store.get(name.toString())
                        .thenApply(found -> found.map(complete -> new BackupSnapshot(name, complete)));
    }

    /** The physical tenant whose backup it belongs to, if it tells. */
    Optional<PhysicalTenant> tenant() {
        try {
            return BackupManifest.fromMetadata(info.metadata()).map(BackupManifest::physicalTenant);
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    boolean isUsable() {
        return problem().isEmpty();
    }

    /** Why no engine restores it, or why it is not known what there is to restore; empty if there is no reason. */
    Optional<String> problem() {
        if (info.state() == SnapshotState.UNREADABLE) {
            return Optional.of("is in the repository's catalogue, and its files cannot be read");
        }
        if (info.state() != SnapshotState.SUCCESS || info.shardsFailed() > 0) {
            return Optional.of(
                    "has " + info.shardsFailed() + " failed shards. Only one that is SUCCESS can be restored");
        }
        if (BackupContents.isCut(info)) {
            return Optional.of("has " + info.shardsTotal()
                    + " shards, and the answer about it names no indices: something between here and the"
                    + " engine has cut it");
        }
        return Optional.empty();
    }

    /**
     * Whether a later version of the engine made it, from which no engine restores. Not if a version cannot be read.
     */
    boolean isNewerThan(EngineInfo engine) {
        return version(info.engineVersion())
                .flatMap(made -> version(engine.version()).map(here -> made.compareTo(here) > 0))
                .orElse(false);
    }

    private static Optional<Version> version(String text) {
        Matcher earliest = EARLIEST.matcher(text);
        Matcher format = FORMAT.matcher(text);
        if (format.matches()) {
            return Optional.of(Version.parse(format.group(1) + ".0.0"));
        }
        return earliest.matches() ? Optional.of(Version.parse(earliest.group(1))) : Optional.empty();
    }

    /** What is in these snapshots and is restored. */
    static BackupContents contents(List<BackupSnapshot> snapshots) {
        Map<SnapshotName, List<String>> indices = new LinkedHashMap<>();
        snapshots.forEach(snapshot -> indices.put(snapshot.name(), snapshot.indices()));
        List<Instant> begun = snapshots.stream()
                .flatMap(snapshot -> snapshot.info().startTime().stream())
                .toList();
        return new BackupContents(
                indices,
                begun.size() == snapshots.size() ? begun.stream().min(Comparator.naturalOrder()) : Optional.empty(),
                List.of());
    }

    SnapshotRestore restore() {
        return new SnapshotRestore(name, info.uuid(), indices);
    }
}
