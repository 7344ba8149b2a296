package io.github.camundabackup.consistency;

import io.github.camundabackup.consistency.evidence.BucketStatement;
import io.github.camundabackup.consistency.evidence.ComponentStatement;
import io.github.camundabackup.consistency.evidence.Evidence;
import io.github.camundabackup.consistency.evidence.PartitionEvidence;
import io.github.camundabackup.consistency.evidence.PositionEvidence;
import io.github.camundabackup.consistency.evidence.RepositoryEvidence;
import io.github.camundabackup.internal.contents.BackupContents;
import io.github.camundabackup.internal.contents.ShardCheck;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.report.BackupManifest;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.IndexCoverage;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.report.RunOutcome;
import io.github.camundabackup.snapshot.RecordRange;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A correct backup as its sources show it, and ways to make it incorrect. Changed in place; make a new one for each
 * test.
 */
final class KnownBackup {
    static final BackupId ID = BackupId.of(1_700_000_000);
    static final Instant BEGIN = Instant.ofEpochSecond(1_700_000_000);
    static final int PARTITIONS = 3;

    private static final Map<Component, List<String>> INDICES = Map.of(
            Component.OPERATE,
            List.of("operate-import-position-8.3.0_", "operate-list-view-8.3.0_", "operate-event-8.3.0_"),
            Component.TASKLIST,
            List.of("tasklist-import-position-8.2.0_", "tasklist-task-8.5.0_", "tasklist-form-8.4.0_"),
            Component.WEB_APPLICATIONS,
            List.of("operate-list-view-8.3.0_", "operate-batch-operation-1.0.0_", "camunda-user-8.8.0_"),
            Component.OPTIMIZE,
            List.of("optimize-position-based-import-index_v3", "optimize-process-instance-order_v8"));

    final CamundaLine line;
    final String version;
    final List<SnapshotInfo> snapshots = new ArrayList<>();
    final Map<Component, ComponentStatement> statements = new TreeMap<>();
    Optional<String> repositoryProblem = Optional.empty();
    Optional<BackupReport> report = Optional.empty();
    Optional<PositionEvidence> positions = Optional.empty();
    Optional<BucketStatement> bucket = Optional.empty();
    final Map<SnapshotName, List<String>> indices = new LinkedHashMap<>();
    List<String> unknownContents = List.of();
    Optional<ShardCheck> shards = Optional.empty();
    Set<Integer> livePartitions = Set.of(1, 2, 3);
    Instant checkedAt = BEGIN.plus(Duration.ofDays(1));

    KnownBackup(CamundaLine line) {
        this(
                line,
                line.order().components().stream()
                        .filter(component -> component.hasSnapshots() && !component.equals(Component.ZEEBE_RECORDS))
                        .toList());
    }

    KnownBackup(CamundaLine line, List<Component> applications) {
        this.line = line;
        version =
                line.equals(CamundaLine.UP_TO_8_7) ? "8.7.20" : line.releases().get(0) + ".0";
        BackupManifest.Builder manifest =
                BackupManifest.builder(ID, line.id()).partitions(PARTITIONS).recordIndices(7);
        manifest.pausedAt(at(line.equals(CamundaLine.UP_TO_8_7) ? 25 : 0));
        for (Component application : applications) {
            int count = application.equals(Component.OPTIMIZE) ? 2 : 3;
            for (int part = 1; part <= count; part++) {
                snapshots.add(part(application, ID, version, part, count, 2 + part * 5));
                indices.put(
                        new SnapshotName(application, ID, Optional.of(version), part, count),
                        INDICES.getOrDefault(application, List.of()).subList(part - 1, part));
            }
            statements.put(
                    application,
                    new ComponentStatement.Reported(
                            BackupState.COMPLETED, Optional.empty(), List.of(), List.of(), true));
            manifest.component(new BackupManifest.Part(application, List.of(version), OptionalInt.of(count)));
        }
        manifest.component(new BackupManifest.Part(Component.ZEEBE_RECORDS, List.of(), OptionalInt.empty()));
        manifest.component(new BackupManifest.Part(Component.ZEEBE, List.of(), OptionalInt.empty()));
        List<PartitionEvidence> partitions = new ArrayList<>();
        for (int id = 1; id <= PARTITIONS; id++) {
            manifest.exportedPosition(id, 1000L * id);
            manifest.recordPosition(id, 1000L * id + 5);
            partitions.add(partition(id));
        }
        statements.put(
                Component.ZEEBE,
                new ComponentStatement.Reported(BackupState.COMPLETED, Optional.empty(), List.of(), partitions, true));
        snapshots.add(records(manifest.build().toMetadata()));
        indices.put(SnapshotName.records(ID), List.of("zeebe-record_job_8.6.0_2023-11-14"));
        snapshots.add(outcome(UnaryOperator.identity()));
    }

    /** How the run ended, as it wrote down itself. */
    static SnapshotInfo outcome(UnaryOperator<Map<String, String>> changes) {
        RunOutcome outcome = new RunOutcome(
                ID,
                "camunda-backup/0.1.0",
                BackupReport.Outcome.COMPLETED,
                true,
                PauseReport.State.RESUMED,
                true,
                Optional.of(at(80)),
                at(81),
                Optional.empty(),
                Optional.of(IndexCoverage.of(List.of())));
        return SnapshotInfo.builder(SnapshotName.outcome(ID), SnapshotState.SUCCESS)
                .startTime(at(81))
                .endTime(at(81))
                .metadata(changes.apply(new LinkedHashMap<>(outcome.toMetadata())))
                .build();
    }

    void changeOutcome(UnaryOperator<Map<String, String>> changes) {
        snapshots.removeIf(info -> info.name().equals(SnapshotName.outcome(ID)));
        snapshots.add(outcome(changes));
    }

    /** What the snapshots themselves hold: a little more than was there before. */
    void ask(UnaryOperator<PositionEvidence> changes) {
        Map<Integer, Long> records = new LinkedHashMap<>();
        Map<Integer, Long> imported = new LinkedHashMap<>();
        List<RecordRange> ranges = new ArrayList<>();
        for (int id = 1; id <= PARTITIONS; id++) {
            records.put(id, 1000L * id + 6);
            imported.put(id, 1000L * id - 30);
            ranges.add(new RecordRange(id, "JOB", 90, (1L << 51) + 11, (1L << 51) + 100));
            ranges.add(new RecordRange(id, "PROCESS", 1, (1L << 51) + 1, (1L << 51) + 1));
        }
        Map<Component, Map<Integer, Long>> imports = line.equals(CamundaLine.UP_TO_8_7)
                ? Map.of(Component.OPERATE, imported, Component.TASKLIST, imported)
                : Map.of();
        positions = Optional.of(changes.apply(
                new PositionEvidence(Optional.empty(), records, ranges, Map.of(), imports, Map.of(), List.of())));
    }

    PartitionEvidence partition(int id) {
        return new PartitionEvidence(
                id,
                BackupState.COMPLETED,
                Optional.of(at(50)),
                Optional.of(version),
                OptionalLong.of(1000L * id + 70),
                Optional.of("545-1-" + (1000 * id - 20) + "-" + (1000 * id - 10) + "-0"),
                Optional.empty());
    }

    static Instant at(long seconds) {
        return BEGIN.plusSeconds(seconds);
    }

    static SnapshotInfo part(Component component, BackupId id, String version, int part, int count, long started) {
        SnapshotName name = new SnapshotName(component, id, Optional.of(version), part, count);
        return SnapshotInfo.builder(name.toString(), SnapshotState.SUCCESS)
                .startTime(at(started))
                .endTime(at(started + 4))
                .shards(4, 0)
                .metadata(Map.of(
                        "backupId", id.toString(),
                        "version", version,
                        "partNo", Integer.toString(part),
                        "partCount", Integer.toString(count)))
                .build();
    }

    static SnapshotInfo records(Map<String, String> metadata) {
        return SnapshotInfo.builder(SnapshotName.records(ID).toString(), SnapshotState.SUCCESS)
                .startTime(at(30))
                .endTime(at(40))
                .shards(7, 0)
                .metadata(metadata)
                .build();
    }

    /** The same snapshot with changes. */
    static SnapshotInfo copy(
            SnapshotInfo info, String name, SnapshotState state, UnaryOperator<SnapshotInfo.Builder> changes) {
        SnapshotInfo.Builder copy = SnapshotInfo.builder(name, state)
                .metadata(info.metadata())
                .shards(info.shardsTotal(), info.shardsFailed());
        info.startTime().ifPresent(copy::startTime);
        info.endTime().ifPresent(copy::endTime);
        return changes.apply(copy).build();
    }

    void change(int index, UnaryOperator<SnapshotInfo.Builder> changes) {
        SnapshotInfo info = snapshots.get(index);
        snapshots.set(index, copy(info, info.name(), info.state(), changes));
    }

    void rename(int index, String name) {
        SnapshotInfo info = snapshots.get(index);
        // Without the metadata, which would give it away at once.
        snapshots.set(index, copy(info, name, info.state(), copy -> copy.metadata(Map.of())));
    }

    ComponentStatement.Reported reported(Component component) {
        return Optional.ofNullable(statements.get(component))
                .flatMap(ComponentStatement::reported)
                .orElseThrow();
    }

    void changePartitions(UnaryOperator<List<PartitionEvidence>> changes) {
        ComponentStatement.Reported reported = reported(Component.ZEEBE);
        statements.put(
                Component.ZEEBE,
                new ComponentStatement.Reported(
                        reported.state(),
                        reported.failure(),
                        reported.versions(),
                        changes.apply(new ArrayList<>(reported.partitions())),
                        reported.complete()));
    }

    void changeManifest(UnaryOperator<Map<String, String>> changes) {
        int last = recordsIndex();
        Map<String, String> metadata = new LinkedHashMap<>(snapshots.get(last).metadata());
        change(last, copy -> copy.metadata(changes.apply(metadata)));
    }

    int recordsIndex() {
        return index(SnapshotName.records(ID).toString());
    }

    int outcomeIndex() {
        return index(SnapshotName.outcome(ID));
    }

    private int index(String name) {
        return snapshots.stream().map(SnapshotInfo::name).toList().indexOf(name);
    }

    Evidence evidence() {
        RepositoryEvidence repository = new RepositoryEvidence(ID::equals);
        repositoryProblem.ifPresentOrElse(problem -> {}, () -> snapshots.forEach(repository::add));
        return new Evidence(
                ID,
                checkedAt,
                Duration.ofSeconds(10),
                repositoryProblem,
                repository.snapshots(ID),
                repository.manifest(ID),
                repository.manifestProblem(ID),
                repository.outcome(ID),
                report,
                statements,
                bucket,
                CamundaLines.known(),
                statements.isEmpty() ? Optional.empty() : Optional.of(line),
                livePartitions,
                statements.isEmpty() ? Optional.empty() : Optional.of(PhysicalTenant.DEFAULT),
                repository.neighbours(ID),
                Optional.of(new BackupContents(indices, Optional.of(BEGIN), unknownContents)),
                shards,
                positions);
    }

    ConsistencyReport check() {
        return ConsistencyReport.of(evidence(), "Elasticsearch snapshot repository \"camunda\"");
    }
}
