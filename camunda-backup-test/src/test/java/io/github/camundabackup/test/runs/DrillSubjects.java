package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.camundabackup.component.CamundaCluster;
import io.github.camundabackup.component.ZeebeBackup;
import io.github.camundabackup.consistency.ConsistencyReport;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.drill.RestoreDrill;
import io.github.camundabackup.test.drill.RestoredBackup;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Test classes of users, which are run with a drill that the tests choose. JUnit makes them, so what they share is
 * static.
 */
final class DrillSubjects {
    static @Nullable RestoredBackup seen;
    static Runnable meanwhile = () -> {};

    private DrillSubjects() {}

    /** The tests choose the drill before they let JUnit run one of the classes. */
    abstract static class WithDrill {
        @RegisterExtension
        static RestoreDrill drill = RestoreDrill.configured((endpoint, repository, resources) -> {
            throw new IllegalStateException("No drill was chosen.");
        });
    }

    /** Whatever documents they have. */
    static class IndicesAreThere extends WithDrill {
        @Test
        void theIndicesAreThere(RestoredBackup backup, SnapshotStore store) {
            List<String> names = backup.indices().stream().map(backup::index).toList();
            assertThat(store.listIndices(names).join())
                    .extracting(IndexInfo::name)
                    .containsExactlyInAnyOrderElementsOf(names);
        }
    }

    static class EverythingIsThere extends WithDrill {
        @BeforeAll
        static void remember(RestoredBackup backup) {
            seen = backup;
        }

        @Test
        void theIndicesAreThereWithTheirDocuments(RestoredBackup backup, SnapshotStore store) {
            List<String> names = backup.indices().stream().map(backup::index).toList();
            assertThat(store.listIndices(names).join())
                    .extracting(IndexInfo::name)
                    .containsExactlyInAnyOrderElementsOf(names);
            assertThat(backup.indices())
                    .allSatisfy(index -> assertThat(backup.documents(index)).isEqualTo(3));
        }

        @Test
        void whatIsInjectedIsOfTheSameBackup(
                RestoredBackup backup, RestorePlan plan, RestoreReport report, ConsistencyReport consistency) {
            assertThat(plan.backupId()).isEqualTo(backup.backupId());
            assertThat(report.backupId()).isEqualTo(backup.backupId());
            assertThat(consistency.backupId()).isEqualTo(backup.backupId());
        }

        @Nested
        class Inside {
            @Test
            void sharesTheDrill(RestoredBackup backup) {
                assertThat(backup).isSameAs(seen);
            }
        }
    }

    static class OneAssertionIsWrong extends WithDrill {
        @Test
        void right(RestoredBackup backup) {
            assertThat(backup.documents()).isPositive();
        }

        @Test
        void wrong(RestoredBackup backup) {
            assertThat(backup.documents()).as("documents").isZero();
        }
    }

    static class DynamicAssertions extends WithDrill {
        @TestFactory
        Stream<DynamicTest> ofEachIndex(RestoredBackup backup) {
            return Stream.of(
                    dynamicTest("right", () -> assertThat(backup.documents()).isPositive()),
                    dynamicTest("wrong", () -> assertThat(backup.documents()).isZero()));
        }
    }

    static class FactoryThatBreaks extends WithDrill {
        @Test
        void right(RestoredBackup backup) {
            assertThat(backup.documents()).isPositive();
        }

        @TestFactory
        Stream<DynamicTest> ofEachIndex() {
            return Stream.of("one").map(name -> {
                throw new IllegalStateException("no test of " + name);
            });
        }
    }

    static class NestedClassThatBreaks extends WithDrill {
        @Test
        void right(RestoredBackup backup) {
            assertThat(backup.documents()).isPositive();
        }

        @Nested
        class Inside {
            @BeforeAll
            static void wrong(RestoredBackup backup) {
                assertThat(backup.documents()).isZero();
            }

            @Test
            void neverBegins() {}
        }
    }

    static class NothingIsAsserted extends WithDrill {
        @Test
        @Disabled("for a while")
        void disabled(RestoredBackup backup) {
            assertThat(backup.documents()).isZero();
        }

        @Test
        void aborted(RestoredBackup backup) {
            assumeTrue(backup.documents() == 0);
        }
    }

    static class TakesItsTime extends WithDrill {
        @Test
        void whileSomethingElseHappens(RestoredBackup backup, SnapshotStore store) {
            meanwhile.run();
            assertThat(store.listIndices(backup.indices()).join()).hasSameSizeAs(backup.indices());
        }
    }

    static class AsksTheCluster extends WithDrill {
        @Test
        void whichIsInUse(CamundaCluster cluster, RestoredBackup backup) {
            assertThat(cluster.zeebe().list().join())
                    .extracting(ZeebeBackup::backupId)
                    .contains(backup.backupId());
        }
    }

    static class NotStatic {
        @RegisterExtension
        final RestoreDrill instance = WithDrill.drill;

        @Test
        void comesTooLate(RestoredBackup backup) {
            assertThat(backup).isNotNull();
        }
    }
}
