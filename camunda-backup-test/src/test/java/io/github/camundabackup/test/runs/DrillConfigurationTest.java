package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.Component;
import io.github.camundabackup.test.drill.RestoreDrill;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.runs.DrillSubjects.AsksTheCluster;
import io.github.camundabackup.test.runs.DrillSubjects.EverythingIsThere;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Restore drills that are configured from outside. */
@Tag(EngineUnderTest.OPENSEARCH_ALONE)
class DrillConfigurationTest extends AbstractEngineTest {
    private final List<Endpoint> opened = new CopyOnWriteArrayList<>();

    @TempDir
    private Path reports;

    private DrillScene scene() {
        return new DrillScene(CamundaLine.V8_8, engine(), stores(), reports);
    }

    @Test
    void bothEnginesAndTheClusterAreAskedWithTheirCredentials() throws IOException {
        try (DrillScene scene = scene();
                Relay cluster = Relay.to(scene.live().scene().cluster().orchestrationUri())) {
            Map<String, String> outside = enginesOf(scene);
            outside.put("search-engine-user", "backup");
            outside.put("search-engine-password", "of-the-engine");
            outside.put("drill-search-engine-api-key", "b2YtdGhlLXNjcmF0Y2gtZW5naW5l");
            outside.put("orchestration-url", cluster.uri().toString());
            outside.put(
                    "optimize-url", scene.live().scene().cluster().optimizeUri().toString());
            outside.put("camunda-token", "of-the-cluster");

            run(scene, AsksTheCluster.class, outside, drill -> drill)
                    .testEvents()
                    .assertStatistics(events -> events.succeeded(1));

            assertThat(opened)
                    .extracting(endpoint ->
                            endpoint.authentication().authorizationHeader().orElse("none"))
                    .containsExactly("Basic YmFja3VwOm9mLXRoZS1lbmdpbmU=", "ApiKey b2YtdGhlLXNjcmF0Y2gtZW5naW5l");
            assertThat(cluster.authorizations()).isNotEmpty().containsOnly("Bearer of-the-cluster");
            assertThat(scene.report(AsksTheCluster.class, ".json"))
                    .contains("\"verdict\" : \"CONSISTENT\"", "\"place\" : \"on the scratch engine of");
        }
    }

    @Test
    void whatIsSaidInCodeHoldsUnlessTheEnvironmentSaysSomethingElse() {
        try (DrillScene scene = scene()) {
            Map<String, String> outside = enginesOf(scene);
            outside.put("optimize-prefix", "optimize-");
            outside.put("web-applications-prefix", "operate-, tasklist-,camunda-");
            outside.put("record-prefix", "zeebe-record");

            EngineExecutionResults results = run(
                    scene,
                    EverythingIsThere.class,
                    outside,
                    drill -> drill.restoreSettings(
                            settings -> settings.indexPrefixes(Component.OPTIMIZE, "our-optimize-")
                                    .indexPrefixes(Component.WEB_APPLICATIONS, "our-")
                                    .expectDocuments("operate-process-8.3.0_", 4)));

            assertThat(DrillScene.failures(results))
                    .singleElement()
                    .satisfies(failure ->
                            assertThat(failure).contains("operate-process-8.3.0_ holds 3 documents instead of 4"));
        }
    }

    @Test
    void aPrefixOfOtherIndicesThanThoseInTheBackupIsNoticed() {
        try (DrillScene scene = scene()) {
            for (String variable : List.of("optimize-prefix", "web-applications-prefix", "record-prefix")) {
                Map<String, String> outside = enginesOf(scene);
                outside.put(variable, "our-");

                assertThat(DrillScene.failures(run(scene, EverythingIsThere.class, outside, drill -> drill)))
                        .singleElement()
                        .satisfies(failure -> assertThat(failure).contains("our-"));
            }
        }
    }

    @Test
    void aPrefixThatCannotBeOneIsBlamedOnItsVariable() {
        try (DrillScene scene = scene()) {
            Map<String, String> outside = enginesOf(scene);
            outside.put("operate-prefix", "Operate*");

            assertThat(DrillScene.failures(run(scene, EverythingIsThere.class, outside, drill -> drill)))
                    .singleElement()
                    .satisfies(failure -> assertThat(failure).contains("CAMUNDA_BACKUP_OPERATE_PREFIX: "));
        }
    }

    private static Map<String, String> enginesOf(DrillScene scene) {
        Map<String, String> outside = new TreeMap<>();
        outside.put(
                "search-engine-url",
                scene.live().scene().cluster().searchEngineUri().toString());
        outside.put("repository", scene.live().scene().cluster().repository());
        outside.put("drill-search-engine-url", scene.scratch().searchEngineUri().toString());
        return outside;
    }

    /** In the scene's time, with reports where the scene looks for them. */
    private EngineExecutionResults run(
            DrillScene scene,
            Class<?> testClass,
            Map<String, String> outside,
            UnaryOperator<RestoreDrill.Builder> changes) {
        DrillSubjects.WithDrill.drill = RestoreDrill.configured(
                (endpoint, repository, resources) -> {
                    opened.add(endpoint);
                    return stores().create(endpoint, repository, resources);
                },
                drill -> changes.apply(
                        drill.resources(scene.live().scene().resources()).reportDirectory(reports)));
        EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter").selectors(selectClass(testClass));
        outside.forEach((name, value) -> kit.configurationParameter("camunda-backup." + name, value));
        return kit.execute();
    }
}
