package io.github.camundabackup.test.runs;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.drill.RestoreDrill;
import io.github.camundabackup.test.engine.Stores;
import io.github.camundabackup.test.simulation.SimulatedCluster;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** A cluster with a backup that goes on living, an empty engine beside it, and users' test classes. */
final class DrillScene implements AutoCloseable {
    private final RestoreScene live;
    private final SimulatedCluster scratch;
    private final SnapshotStore scratchStore;
    private final Path reports;

    DrillScene(CamundaLine line, SearchEngine engine, Stores stores, Path reports) {
        this.reports = reports;
        live = new RestoreScene(line, engine, stores);
        live.goOn();
        scratch = SimulatedCluster.builder()
                .scratchEngineOf(live.scene().cluster())
                .restoreDuration(RestoreScene.RESTORE_DURATION)
                .build();
        scratchStore = stores.create(
                Endpoint.builder(scratch.searchEngineUri())
                        .requestTimeout(Duration.ofSeconds(30))
                        .build(),
                scratch.repository(),
                live.scene().resources());
    }

    RestoreScene live() {
        return live;
    }

    SimulatedCluster scratch() {
        return scratch;
    }

    SnapshotStore liveStore() {
        return live.scene().client().snapshotStore();
    }

    SnapshotStore scratchStore() {
        return scratchStore;
    }

    /**
     * All indices of the scratch engine, with their documents; but for the journal, which tells one drill of the other.
     */
    Map<String, Long> scratchDocuments() {
        return scratchStore.listIndices(List.of("*")).join().stream()
                .filter(index -> !index.name().equals("hot-backup-journal"))
                .collect(Collectors.toMap(IndexInfo::name, IndexInfo::documents));
    }

    /** A drill under scratch names. */
    RestoreDrill.Builder underScratchNames() {
        return RestoreDrill.builder()
                .store(liveStore())
                .resources(live.scene().resources())
                .reportDirectory(reports);
    }

    /** A drill on the scratch engine. */
    RestoreDrill.Builder onScratchEngine() {
        return underScratchNames().scratchEngine(scratchStore);
    }

    /** Lets JUnit run a user's class. */
    static EngineExecutionResults run(Class<?> testClass, RestoreDrill.Builder drill) {
        DrillSubjects.seen = null;
        DrillSubjects.WithDrill.drill = drill.build();
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testClass))
                .execute();
    }

    /** Why a class, or a test, failed. */
    static List<String> failures(EngineExecutionResults results) {
        return results.allEvents()
                .failed()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .map(result -> result.getThrowable().map(String::valueOf).orElse(""))
                .toList();
    }

    String report(Class<?> testClass, String ending) {
        try {
            return Files.readString(reports.resolve(testClass.getName() + ending));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        scratchStore.close();
        scratch.close();
        live.close();
    }
}
