package io.github.camundabackup.samples.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.consistency.FindingCode;
import io.github.camundabackup.consistency.PartitionProof;
import io.github.camundabackup.consistency.Severity;
import io.github.camundabackup.consistency.Verdict;
import io.github.camundabackup.database.DatabaseDump;
import io.github.camundabackup.elasticsearch.ElasticsearchSnapshotStore;
import io.github.camundabackup.error.DatabaseStoreException;
import io.github.camundabackup.error.ObjectStoreException;
import io.github.camundabackup.error.SnapshotStoreException;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.line.CamundaLines;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.report.RestoreReport;
import io.github.camundabackup.report.StepReport;
import io.github.camundabackup.restore.plan.Obstacle;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages that list everything of a kind have no gaps, and the examples of reports are reports. */
class GuidePagesTest {
    private static final Path PROJECT = Path.of(System.getProperty("basedir", "."))
            .toAbsolutePath()
            .resolve("../..")
            .normalize();
    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\" :");

    @ParameterizedTest
    @MethodSource("exampleReports")
    void anExampleOfAReportIsWhatIsWritten(String json) {
        assertThat(BackupReport.fromJson(json).toJson()).isEqualTo(json);
    }

    @Test
    void thePageOnRestoresExplainsEveryObstacleOutcomeAndState() {
        List<Class<? extends Enum<?>>> types =
                List.of(Obstacle.Code.class, RestoreReport.Outcome.class, RestoreReport.State.class);

        assertThat(types.stream().flatMap(type -> Stream.of(type.getEnumConstants())))
                .allSatisfy(value -> assertThat(page("restore.md")).contains("`" + value + "`"));
    }

    @Test
    void thePageOnReportsDescribesEveryFieldOfItsExamples() {
        Set<String> fields = exampleReports()
                .flatMap(json -> FIELD.matcher(json).results())
                .map((MatchResult field) -> field.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(fields).contains("failure", "warnings", "checkpointPosition");
        assertThat(fields).allSatisfy(field -> assertThat(page("report.md")).contains("`" + field + "`"));
    }

    @Test
    void thePageOnReportsExplainsEveryValue() {
        List<Class<? extends Enum<?>>> types =
                List.of(BackupReport.Outcome.class, StepReport.State.class, PauseReport.State.class);
        List<String> values = Stream.of(
                        types.stream()
                                .flatMap(type -> Stream.of(type.getEnumConstants()))
                                .map(Enum::name),
                        Component.known().stream().map(Component::name),
                        CamundaLines.known().all().stream().map(CamundaLine::id))
                .flatMap(all -> all)
                .toList();

        assertThat(values).allSatisfy(value -> assertThat(page("report.md")).contains("`" + value + "`"));
    }

    @Test
    void thePageOnErrorsNamesEveryExceptionAndReason() {
        Path sources = PROJECT.resolve("camunda-backup-core/src/main/java/io/github/camundabackup");
        List<String> exceptions = Stream.of("error", "backup")
                .flatMap(directory -> fileNames(sources.resolve(directory)))
                .filter(name -> name.endsWith("Exception.java"))
                .map(name -> name.replace(".java", ""))
                .toList();

        assertThat(exceptions).hasSizeGreaterThan(10);
        assertThat(exceptions).allSatisfy(name -> assertThat(page("errors.md")).contains("`" + name + "`"));
        assertThat(Stream.<Enum<?>[]>of(
                                SnapshotStoreException.Reason.values(),
                                ObjectStoreException.Reason.values(),
                                DatabaseStoreException.Reason.values())
                        .flatMap(Stream::of))
                .allSatisfy(reason -> assertThat(page("errors.md")).contains("`" + reason.name() + "`"));
    }

    @Test
    void thePageOnVerifyingExplainsEveryFindingVerdictAndResult() {
        String page = page("verify.md");

        assertThat(FindingCode.values())
                .allSatisfy(code -> assertThat(page)
                        .contains("| `" + code + "` | `" + code.severity() + "` |")
                        .contains(code.advice()));
        assertThat(Stream.<Enum<?>[]>of(Verdict.values(), Severity.values(), PartitionProof.Result.values())
                        .flatMap(Stream::of))
                .allSatisfy(value -> assertThat(page).contains("`" + value.name() + "`"));
    }

    @Test
    void thePageOnVerifyingDescribesEveryFieldOfAReport() {
        String json;
        try (SimulatedCluster cluster =
                        SimulatedCluster.builder().line(CamundaLine.UP_TO_8_7).build();
                CamundaBackupClient client = CamundaBackupClient.builder()
                        .zeebe(cluster.zeebeUri())
                        .optimize(cluster.optimizeUri())
                        .snapshotStore(ElasticsearchSnapshotStore.builder()
                                .endpoint(cluster.searchEngineUri())
                                .repository(cluster.repository())
                                .build())
                        .build()) {
            BackupId backupId = client.backup().completion().join().backupId();
            client.snapshotStore()
                    .deleteSnapshot("camunda_zeebe_records_backup_" + backupId)
                    .join();
            json = client.consistency().check(backupId).join().toJson();
        }

        assertThat(FIELD.matcher(json).results().map(field -> field.group(1)).collect(Collectors.toSet()))
                .contains("partsExpected", "reason", "advice", "endedAt")
                .allSatisfy(field -> assertThat(page("verify.md")).contains("`" + field + "`"));
    }

    @Test
    void thePageOnDatabasesExplainsEveryState() {
        assertThat(DatabaseDump.State.values())
                .allSatisfy(state -> assertThat(page("databases.md")).contains("| `" + state + "` |"));
    }

    @Test
    void theIndexLeadsToEveryPage() {
        assertThat(fileNames(PROJECT.resolve("docs/guide")).filter(name -> !name.equals("README.md")))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(page("README.md")).contains("(" + name + ")"));
    }

    static Stream<String> exampleReports() {
        List<String> examples = Pattern.compile("(?ms)^```json\\n(.*?)\\n```$")
                .matcher(page("report.md"))
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(examples).hasSize(2);
        return examples.stream();
    }

    private static String page(String name) {
        try {
            return Files.readString(PROJECT.resolve("docs/guide").resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> fileNames(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
