package io.github.camundabackup.consistency.evidence;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.line.LineComponent;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.report.BackupManifest;
import io.github.camundabackup.runtime.TimeSource;
import io.github.camundabackup.snapshot.ExportedRecords;
import io.github.camundabackup.snapshot.RecordRange;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotState;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Reads the positions of records in a backup's snapshots, from indices restored under scratch names. A snapshot that
 * cannot be read is recorded in the evidence, and fails nothing.
 */
public final class PositionSource {
    private final SnapshotStore store;
    private final TimeSource time;

    public PositionSource(SnapshotStore store, TimeSource time) {
        this.store = store;
        this.time = time;
    }

    public CompletableFuture<PositionEvidence> read(Evidence evidence) {
        return store.exportedRecords()
                .map(records -> read(evidence, records))
                .orElseGet(() -> CompletableFuture.completedFuture(
                        PositionEvidence.unread("The snapshot store cannot read exported records.")));
    }

    private CompletableFuture<PositionEvidence> read(Evidence evidence, ExportedRecords records) {
        ScratchIndices scratch = new ScratchIndices(store, evidence.backupId(), time);
        Map<Component, Map<Integer, Long>> imported = new TreeMap<>();
        Map<Component, String> problems = new TreeMap<>();
        return scratch.sweep()
                .thenCompose(swept -> Futures.recover(
                        records(evidence, records, scratch),
                        error -> problem(error).thenApply(PositionEvidence::unread)))
                .thenCompose(read -> imports(evidence, records, scratch, imported, problems)
                        .thenApply(done -> read.withImports(imported, problems, scratch.leftBehind())));
    }

    private CompletableFuture<PositionEvidence> records(
            Evidence evidence, ExportedRecords records, ScratchIndices scratch) {
        String name = SnapshotName.records(evidence.backupId()).toString();
        return indices(name).thenCompose(indices -> {
            if (indices.isEmpty()) {
                return CompletableFuture.completedFuture(found(Map.of(), List.of(), Map.of()));
            }
            return scratch.with(
                            "records",
                            name,
                            indices,
                            pattern -> records.highestPositions(pattern)
                                    .thenCompose(highest -> records.ranges(pattern, bounds(evidence, highest))
                                            .thenApply(ranges -> found(highest, ranges, Map.of()))))
                    .thenCompose(found -> new LiveRecords(store, records, evidence)
                            .above(found, indices)
                            .thenApply(live -> found(found.records(), found.ranges(), live)));
        });
    }

    private static PositionEvidence found(
            Map<Integer, Long> highest, List<RecordRange> ranges, Map<Integer, Long> live) {
        return new PositionEvidence(Optional.empty(), highest, ranges, live, Map.of(), Map.of(), List.of());
    }

    /**
     * Up to where no record may be missing. Above it, one may have been under way when the snapshot was taken. What is
     * not known of Zeebe is replaced by what was seen before the snapshot, and a partition that exports all of its log
     * again has no such bound.
     */
    private static Map<Integer, Long> bounds(Evidence evidence, Map<Integer, Long> highest) {
        Map<Integer, Long> bounds = new HashMap<>();
        for (int partition : highest.keySet()) {
            Optional<PartitionEvidence> reported = evidence.partition(partition);
            if (reported.isPresent() && reported.get().snapshotId().isEmpty()) {
                continue;
            }
            OptionalLong exported = reported.map(PartitionEvidence::exported).orElse(OptionalLong.empty());
            if (exported.isPresent()) {
                bounds.put(partition, exported.getAsLong());
            } else {
                evidence.manifest()
                        .map(BackupManifest::exportedPositions)
                        .map(positions -> positions.get(partition))
                        .ifPresent(position -> bounds.put(partition, position));
            }
        }
        return bounds;
    }

    /** One application after the other, each in its own scratch indices. */
    private CompletableFuture<Void> imports(
            Evidence evidence,
            ExportedRecords records,
            ScratchIndices scratch,
            Map<Component, Map<Integer, Long>> imported,
            Map<Component, String> problems) {
        CompletableFuture<Void> chain = CompletableFuture.completedFuture(null);
        for (Component application : evidence.present()) {
            Optional<String> marker = evidence.lines().component(application).flatMap(LineComponent::importPositions);
            if (marker.isPresent()) {
                chain = chain.thenCompose(
                        done -> imports(application, marker.get(), evidence, records, scratch, imported, problems));
            }
        }
        return chain;
    }

    private CompletableFuture<Void> imports(
            Component application,
            String marker,
            Evidence evidence,
            ExportedRecords records,
            ScratchIndices scratch,
            Map<Component, Map<Integer, Long>> imported,
            Map<Component, String> problems) {
        Optional<String> first = evidence.snapshots(application).stream()
                .filter(part -> part.part() == 1 && part.state() == SnapshotState.SUCCESS)
                .map(part -> part.name(evidence.backupId()).toString())
                .findFirst();
        if (first.isEmpty()) {
            // Other rules say that it is missing, or there is no such application.
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> read = indices(first.get()).thenCompose(all -> {
            List<String> indices =
                    all.stream().filter(name -> name.contains(marker)).toList();
            if (indices.isEmpty()) {
                throw new CamundaBackupException(
                        "The snapshot " + first.get() + " holds no index of import positions.");
            }
            return scratch.with(
                            application.name().toLowerCase(Locale.ROOT),
                            first.get(),
                            indices,
                            records::highestPositions)
                    .thenAccept(positions -> imported.put(application, positions));
        });
        return Futures.recover(read, error -> problem(error).thenAccept(problem -> problems.put(application, problem)));
    }

    private CompletableFuture<List<String>> indices(String snapshot) {
        return store.get(snapshot)
                .thenApply(found -> found.filter(info -> info.state() == SnapshotState.SUCCESS)
                        .map(SnapshotInfo::indices)
                        .orElseThrow(() -> new CamundaBackupException(
                                "The snapshot " + snapshot + " is not there, or not a success.")));
    }

    /** What is no failure of a remote call is a mistake of this library, and is not hidden in a report. */
    private static CompletableFuture<String> problem(Throwable error) {
        return error instanceof CamundaBackupException known
                ? CompletableFuture.completedFuture(String.valueOf(known.getMessage()))
                : CompletableFuture.failedFuture(error);
    }
}
