package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.consistency.ConsistencyChecker;
import io.github.camundabackup.consistency.ConsistencyReport;
import io.github.camundabackup.consistency.Depth;
import io.github.camundabackup.consistency.FindingCode;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.model.SnapshotName;
import io.github.camundabackup.restore.plan.Obstacle;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreRefusedException;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.SnapshotInfo;
import io.github.camundabackup.snapshot.SnapshotRequest;
import io.github.camundabackup.snapshot.SnapshotState;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.simulation.model.BackupFate;
import io.github.camundabackup.test.simulation.model.SnapshotDamage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is wrong with a backup the check says from the repository alone, as well as the plan of a restore, on each
 * engine.
 */
class CheckAndPlanTest extends AbstractEngineTest {

    /** All that can be wrong with a backup itself so that a plan refuses it. */
    enum Wrong {
        UNKNOWN(FindingCode.BACKUP_NOT_FOUND, Obstacle.Code.UNKNOWN_BACKUP) {
            @Override
            BackupId in(Scene scene) {
                return BackupId.of(4711);
            }
        },
        PARTIAL(FindingCode.SNAPSHOT_FAILED, Obstacle.Code.SNAPSHOT_UNUSABLE) {
            @Override
            BackupId in(Scene scene) {
                scene.cluster().faults().fate(Component.OPERATE, BackupFate.PARTIAL);
                return scene.failToBackUp().report().backupId();
            }
        },
        INCOMPATIBLE(FindingCode.SNAPSHOT_INCOMPATIBLE, Obstacle.Code.SNAPSHOT_UNUSABLE) {
            @Override
            BackupId in(Scene scene) {
                scene.cluster().faults().fate(Component.OPERATE, BackupFate.INCOMPATIBLE);
                return scene.failToBackUp().report().backupId();
            }
        },
        RUNNING(FindingCode.SNAPSHOT_RUNNING, Obstacle.Code.SNAPSHOT_UNUSABLE) {
            @Override
            BackupId in(Scene scene) {
                scene.cluster().faults().fate(Component.OPERATE, BackupFate.STUCK);
                return scene.failToBackUp().report().backupId();
            }
        },
        DESCRIPTION_GONE(FindingCode.SNAPSHOT_UNREADABLE, Obstacle.Code.SNAPSHOT_UNUSABLE) {
            @Override
            BackupId in(Scene scene) {
                BackupId backupId = scene.backUp().backupId();
                scene.cluster().faults().damage(part(backupId), SnapshotDamage.DESCRIPTION);
                return backupId;
            }
        },
        SHARDS_GONE(FindingCode.SHARDS_UNREADABLE, Obstacle.Code.SNAPSHOT_UNUSABLE) {
            @Override
            BackupId in(Scene scene) {
                BackupId backupId = scene.backUp().backupId();
                scene.cluster().faults().damage(part(backupId), SnapshotDamage.SHARDS);
                return backupId;
            }
        },
        INDEX_TWICE(FindingCode.INDEX_TWICE, Obstacle.Code.SNAPSHOT_UNUSABLE) {
            @Override
            BackupId in(Scene scene) {
                return with(scene, "operate-list-view-8.3.0_");
            }
        },
        FOREIGN_INDEX(FindingCode.INDEX_FOREIGN, Obstacle.Code.OTHER_INDEX_PREFIX) {
            @Override
            BackupId in(Scene scene) {
                return with(scene, "nightly");
            }
        },
        PREFIX_THAT_BEGINS_AS_USUAL(FindingCode.INDEX_PREFIX_UNUSUAL, Obstacle.Code.OTHER_INDEX_PREFIX) {
            @Override
            BackupId in(Scene scene) {
                return renamed(scene, Component.OPERATE, "operate-", "operate-test-");
            }
        },
        OTHER_PREFIX(FindingCode.INDEX_PREFIX_UNUSUAL, Obstacle.Code.OTHER_INDEX_PREFIX) {
            @Override
            BackupId in(Scene scene) {
                return renamed(scene, Component.TASKLIST, "tasklist-", "prod-tasklist-");
            }
        },
        OTHER_PREFIX_OF_RECORDS(FindingCode.INDEX_PREFIX_UNUSUAL, Obstacle.Code.OTHER_INDEX_PREFIX) {
            @Override
            BackupId in(Scene scene) {
                return renamed(scene, Component.ZEEBE_RECORDS, "zeebe-record_", "zeebe-record-eu_");
            }
        },
        PREFIX_THAT_NOTHING_SHOWS(FindingCode.INDEX_PREFIX_UNUSUAL, Obstacle.Code.OTHER_INDEX_PREFIX) {
            @Override
            BackupId in(Scene scene) {
                return renamed(scene, Component.OPTIMIZE, "optimize-", "reports-");
            }
        };

        private final FindingCode finding;
        private final Obstacle.Code obstacle;

        Wrong(FindingCode finding, Obstacle.Code obstacle) {
            this.finding = finding;
            this.obstacle = obstacle;
        }

        /** Makes such a backup. */
        abstract BackupId in(Scene scene);
    }

    @ParameterizedTest
    @EnumSource
    void whatThePlanRefusesTheCheckHasFound(Wrong wrong) {
        try (Scene scene = Scene.of(CamundaLine.UP_TO_8_7, engine(), stores())) {
            BackupId backupId = wrong.in(scene);
            ConsistencyReport check = ConsistencyChecker.of(scene.client().snapshotStore(), scene.resources())
                    .check(backupId, Depth.POSITIONS)
                    .join();
            Scene.stop(scene.cluster());

            assertThat(check.findings())
                    .as("%s", check)
                    .extracting(found -> found.code())
                    .contains(wrong.finding);
            assertThat(obstacles(scene, backupId)).extracting(Obstacle::code).contains(wrong.obstacle);
        }
    }

    /** Whoever adds an obstacle says here whether a backup can be the reason, and then what the check calls it. */
    @Test
    void everyObstacleThatABackupCausesIsAmongThem() {
        Set<Obstacle.Code> caused = Arrays.stream(Obstacle.Code.values())
                .filter(CheckAndPlanTest::isOfTheBackup)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Obstacle.Code.class)));

        assertThat(Arrays.stream(Wrong.values()).map(wrong -> wrong.obstacle)).containsAll(caused);
    }

    private static boolean isOfTheBackup(Obstacle.Code code) {
        return switch (code) {
            case UNKNOWN_BACKUP, SNAPSHOT_UNUSABLE, OTHER_INDEX_PREFIX -> true;
            // Is a finding of the check.
            case NOT_CONSISTENT -> false;
            // What the settings, the endpoints or the control say.
            case VERSION_MISMATCH,
                    PARTITION_COUNT_MISMATCH,
                    COMPONENT_NOT_IN_BACKUP,
                    COMPONENTS_RUN,
                    CONTROL_INCOMPLETE,
                    CLUSTER_REFUSES,
                    PLAN_OUTDATED -> false;
            // What the engine is, has and lacks that the backup is restored to.
            case ENGINE_TOO_OLD,
                    INDEX_NOT_IN_BACKUP,
                    UNKNOWN_INDICES,
                    TOO_FEW_DATA_NODES,
                    ENGINE_BLOCKED,
                    NOT_ALLOCATED,
                    TOO_MANY_SHARDS,
                    DISK_TOO_SMALL,
                    ALIAS_CONFLICT,
                    TEMPLATES_MISSING -> false;
        };
    }

    @ParameterizedTest
    @EnumSource(names = {"PREFIX_THAT_BEGINS_AS_USUAL", "OTHER_PREFIX", "OTHER_PREFIX_OF_RECORDS"})
    void thePrefixThatTheBackupShowsIsTheOneToBeConfigured(Wrong wrong) {
        try (Scene scene = Scene.of(CamundaLine.UP_TO_8_7, engine(), stores())) {
            BackupId backupId = wrong.in(scene);
            ConsistencyReport check =
                    scene.client().consistency().check(backupId).join();
            Scene.stop(scene.cluster());
            List<Obstacle> refused = obstacles(scene, backupId).stream()
                    .filter(obstacle -> obstacle.code() == wrong.obstacle)
                    .toList();

            assertThat(refused).singleElement().satisfies(obstacle -> {
                String shown = obstacle.message().replaceAll("(?s).*show the prefix \\[([^\\]]*)].*", "$1");
                Component component = check.findings().stream()
                        .filter(found -> found.code() == wrong.finding)
                        .flatMap(found -> found.component().stream())
                        .findFirst()
                        .orElseThrow();
                assertThat(obstacle.message()).contains("indexPrefixes of the RestoreSettings");
                assertThat(scene.client()
                                .restore(RestoreSettings.builder()
                                        .indexPrefixes(component, shown)
                                        .build())
                                .plan(backupId)
                                .join()
                                .obstacles())
                        .extracting(Obstacle::code)
                        .doesNotContain(wrong.obstacle);
            });
        }
    }

    private static List<Obstacle> obstacles(Scene scene, BackupId backupId) {
        try {
            RestorePlan plan = scene.client().restore().plan(backupId).join();
            return plan.obstacles();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RestoreRefusedException refused) {
                return refused.obstacles();
            }
            throw e;
        }
    }

    /** A part of Operate that this backup has. */
    private static String part(BackupId backupId) {
        return new SnapshotName(Component.OPERATE, backupId, Optional.of("8.6.0"), 5, 6).toString();
    }

    /** A backup, one part of which holds one index more. */
    private static BackupId with(Scene scene, String index) {
        BackupId backupId = scene.backUp().backupId();
        if (names(scene, index).isEmpty()) {
            new EngineWeb(scene.cluster().searchEngineUri()).write(index, "1");
        }
        List<String> indices = new ArrayList<>(info(scene, part(backupId)).indices());
        indices.add(index);
        replace(scene, part(backupId), indices);
        return backupId;
    }

    /** A backup, in which the indices of a component have another prefix. */
    private static BackupId renamed(Scene scene, Component component, String usual, String other) {
        BackupId backupId = scene.backUp().backupId();
        List<String> snapshots = scene.client().restore().plan(backupId).join().snapshots().stream()
                .map(snapshot -> snapshot.name())
                .filter(name -> name.component().equals(component))
                .map(SnapshotName::toString)
                .toList();
        for (String snapshot : snapshots) {
            List<String> indices = info(scene, snapshot).indices().stream()
                    .map(index -> other + index.substring(usual.length()))
                    .toList();
            // In some versions, parts are empty.
            if (!indices.isEmpty()) {
                new EngineWeb(scene.cluster().searchEngineUri()).write(indices, "1");
                replace(scene, snapshot, indices);
            }
        }
        return backupId;
    }

    private static SnapshotInfo info(Scene scene, String snapshot) {
        return scene.client().snapshotStore().get(snapshot).join().orElseThrow();
    }

    private static List<IndexInfo> names(Scene scene, String index) {
        return scene.client().snapshotStore().listIndices(List.of(index)).join();
    }

    private static void replace(Scene scene, String snapshot, List<String> indices) {
        SnapshotStore store = scene.client().snapshotStore();
        SnapshotInfo before = info(scene, snapshot);
        assertThat(before.state()).isEqualTo(SnapshotState.SUCCESS);
        store.deleteSnapshot(snapshot).join();
        SnapshotRequest.Builder request = SnapshotRequest.builder(snapshot);
        indices.forEach(request::index);
        before.metadata().forEach(request::metadata);
        store.createSnapshot(request.build()).join();
        scene.time().delay(Duration.ofMinutes(1)).join();
    }
}
