package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.component.ClusterEndpoints;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.test.acceptance.AcceptanceKit;
import io.github.camundabackup.test.acceptance.AcceptanceReport;
import io.github.camundabackup.test.acceptance.AcceptanceVerdict;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineProcess;
import io.github.camundabackup.test.engine.SharedEngine;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The acceptance kit with a search engine that is real, beside a Camunda that is simulated: the simulated engine
 * answers as the real one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedEngine.class)
class AcceptanceIT extends AbstractEngineTest {
    @TempDir
    private Path directory;

    private EngineProcess process;

    @BeforeAll
    void use(EngineProcess engine) {
        process = engine;
    }

    @ParameterizedTest
    @FieldSource("io.github.camundabackup.test.simulation.Lines#DIFFERENT")
    void realEngineIsTheSame(CamundaLine line) throws IOException {
        String repository = "acceptance_" + line.id().replace('.', '_');
        process.registerRepository(repository, "");
        Path bundle = directory.resolve(line.id());
        try (SimulatedCluster cluster =
                Scene.cluster(process, engine(), line, repository).build()) {
            AcceptanceReport report = AcceptanceKit.builder()
                    .cluster(endpoints(cluster))
                    .searchEngine(Endpoint.of(process.uri()), repository)
                    .stores(stores()::create)
                    .version(cluster.version())
                    .bundle(bundle)
                    .takeAndDelete()
                    .build()
                    .run();

            // Real snapshots of little data take no time, so that the second one may come too late; and the minimal
            // engine has no root.
            assertThat(report.results())
                    .filteredOn(result -> result.verdict() != AcceptanceVerdict.NOT_ASKED
                            || !result.name().matches(".*-while-one-runs|engine-root"))
                    .as(report.toString())
                    .hasSizeGreaterThan(35)
                    .allSatisfy(result -> assertThat(result.verdict()).isEqualTo(AcceptanceVerdict.SAME));
            assertThat(report.left()).isEmpty();
            assertThat(process.call("GET", "/_cat/snapshots/" + repository, "")).isBlank();
            assertThat(process.call("GET", "/_cat/indices/consistency-check-*", ""))
                    .isBlank();
            List<String> texts = new ArrayList<>();
            try (Stream<Path> files = Files.list(bundle)) {
                for (Path file : files.toList()) {
                    texts.add(Files.readString(file));
                }
            }
            assertThat(texts)
                    .hasSize(report.results().size() + 2)
                    .allSatisfy(text -> assertThat(text)
                            .doesNotContain(
                                    "127.0.0.1",
                                    ":" + process.uri().getPort(),
                                    repository,
                                    process.repositories().toString(),
                                    "camunda-backup-test"));
        }
    }

    private static ClusterEndpoints endpoints(SimulatedCluster cluster) {
        ClusterEndpoints.Builder endpoints = ClusterEndpoints.builder().optimize(cluster.optimizeUri());
        return cluster.servers().contains(Server.ORCHESTRATION)
                ? endpoints.orchestrationCluster(cluster.orchestrationUri()).build()
                : endpoints
                        .zeebe(cluster.zeebeUri())
                        .operate(cluster.operateUri())
                        .tasklist(cluster.tasklistUri())
                        .build();
    }
}
