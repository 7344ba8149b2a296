package io.github.camundabackup.backup.engine;

import io.github.camundabackup.error.CamundaBackupException;
import io.github.camundabackup.error.WaitTimedOutException;
import io.github.camundabackup.internal.concurrent.Futures;
import io.github.camundabackup.internal.contents.BackupContents;
import io.github.camundabackup.internal.contents.Coverage;
import io.github.camundabackup.internal.contents.IndexKinds;
import io.github.camundabackup.internal.contents.LeftOutByVersion;
import io.github.camundabackup.internal.text.Phrases;
import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.report.IndexCoverage;
import io.github.camundabackup.runtime.TimeSource;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.SnapshotStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Compares the indices that a cluster has with those that the snapshots of its backup hold, when these are there: what
 * a component leaves out of its snapshots is otherwise missed in the restore only.
 */
final class IndexComparison {
    /** Much longer than an engine needs that is there. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final SnapshotStore store;
    private final TimeSource time;
    private final CamundaLines lines;
    private final List<SnapshotName> snapshots;

    IndexComparison(SnapshotStore store, TimeSource time, CamundaLines lines, List<SnapshotName> snapshots) {
        this.store = store;
        this.time = time;
        this.lines = lines;
        this.snapshots = List.copyOf(snapshots);
    }

    /**
     * What the comparison shows.
     *
     * @param coverage empty if there was nothing to compare, or it could not be
     * @param warnings what an operator should know
     */
    record Result(Optional<IndexCoverage> coverage, List<String> warnings) {}

    /** Never fails. */
    CompletableFuture<Result> compare() {
        return Futures.within(
                        time,
                        LIMIT,
                        BackupContents.read(snapshots, store).thenCompose(this::compare),
                        () -> new WaitTimedOutException("The comparison", LIMIT, ""))
                .handle((result, error) -> error == null ? result : notCompared(Futures.unwrap(error)));
    }

    private static Result notCompared(Throwable error) {
        return notCompared(
                error instanceof CamundaBackupException ? String.valueOf(error.getMessage()) : error.toString());
    }

    /**
     * @param why a sentence
     */
    static Result notCompared(String why) {
        return new Result(
                Optional.empty(),
                List.of("It was not compared whether the snapshots hold all indices of the cluster. " + why));
    }

    private CompletableFuture<Result> compare(BackupContents contents) {
        if (!contents.unknown().isEmpty()) {
            return CompletableFuture.completedFuture(
                    notCompared(contents.unknown().get(0)));
        }
        IndexKinds kinds = contents.kinds(lines);
        List<String> patterns =
                kinds.beginnings().stream().map(beginning -> beginning + "*").toList();
        return patterns.isEmpty() || contents.begunAt().isEmpty()
                ? CompletableFuture.completedFuture(new Result(Optional.empty(), List.of()))
                : store.listIndices(patterns).thenApply(there -> result(contents, kinds, there));
    }

    private Result result(BackupContents contents, IndexKinds kinds, List<IndexInfo> there) {
        // Of an index that may be younger than the backup nothing follows.
        List<IndexInfo> dated =
                there.stream().filter(index -> index.created().isPresent()).toList();
        Coverage coverage = Coverage.of(contents, kinds, dated);
        IndexCoverage found = IndexCoverage.of(
                coverage.missing().stream().map(IndexInfo::name).toList());
        List<String> warnings = new ArrayList<>();
        if (found.missing() > 0) {
            warnings.add(Coverage.describe(found, LeftOutByVersion.of(snapshots, lines, Optional.of(contents))));
        }
        List<String> unclear = coverage.unclear().stream()
                .map(IndexInfo::name)
                .filter(this::beginsAsUsual)
                .toList();
        if (!unclear.isEmpty()) {
            warnings.add("There are indices that begin as the cluster's do, and are in none of the snapshots: "
                    + Phrases.some(unclear)
                    + ". If they are the cluster's, this backup lacks them; if an earlier"
                    + " version or another cluster left them, the plan of a restore asks what is to become of them.");
        }
        contents.twice().forEach(twice -> warnings.add(twice.describe()));
        contents.foreign(kinds).forEach(foreign -> warnings.add(foreign.sentences()));
        boolean compared = there.isEmpty() || !dated.isEmpty();
        return new Result(Optional.of(found).filter(sure -> compared), List.copyOf(warnings));
    }

    /** A prefix that was learned may be that of other programs too. */
    private boolean beginsAsUsual(String index) {
        return lines.components().stream()
                .flatMap(component -> lines.indexPrefixes(component).stream())
                .anyMatch(index::startsWith);
    }
}
