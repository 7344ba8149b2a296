package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.camundabackup.consistency.ConsistencyReport;
import io.github.camundabackup.consistency.Depth;
import io.github.camundabackup.consistency.Verdict;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.snapshot.IndexInfo;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.simulation.Faults;
import io.github.camundabackup.test.simulation.model.Fault;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Every request to the search engine of a check that asks the snapshots × faults of each kind: a good backup is never
 * convicted, a wrong one never trusted, the indices in use stay as they are, and nothing stays behind but what the
 * report names or a later check sweeps.
 */
@Tag(EngineUnderTest.ELASTICSEARCH_ALONE)
class PositionsFaultTest extends AbstractEngineTest {
    private static final List<Fault> FAULTS =
            List.of(Fault.of(Fault.Kind.CUT_AFTERWARDS), Fault.of(Fault.Kind.EMPTY_BODY));

    @TestFactory
    Stream<DynamicNode> everyRequestOfACheck() {
        Map<String, RequestMatcher> requests = new LinkedHashMap<>();
        try (Scene scene = scene()) {
            BackupId id = scene.backUp().backupId();
            int before = scene.cluster().requests().size();
            check(scene, id);
            scene.cluster().requests().stream()
                    .skip(before)
                    .filter(request -> request.server() == Server.SEARCH_ENGINE)
                    .forEach(request -> {
                        String path = request.path().replaceAll("consistency-check-[^/]*", "consistency-check-*");
                        requests.putIfAbsent(
                                request.method() + " " + path,
                                RequestMatcher.of(request.method(), path).on(Server.SEARCH_ENGINE));
                    });
        }
        assertThat(requests).hasSizeGreaterThan(10);
        List<DynamicNode> cells = new ArrayList<>();
        requests.forEach((name, matcher) -> {
            for (Fault fault : FAULTS) {
                cells.add(dynamicTest(name + " once: " + fault, () -> tryOut(matcher, at -> at.answer(fault))));
            }
            Fault lasting = Fault.status(403);
            cells.add(dynamicTest(
                    name + " always: " + lasting,
                    () -> tryOut(matcher, at -> at.always().answer(lasting))));
        });
        return cells.stream();
    }

    private interface Arming {
        void arm(Faults.At at);
    }

    private void tryOut(RequestMatcher request, Arming fault) {
        try (Scene scene = scene()) {
            BackupId good = scene.backUp().backupId();
            EngineWeb web = new EngineWeb(scene.cluster().searchEngineUri());
            web.delete(web.find("zeebe-record_*", "1-").get(10));
            scene.time().delay(Duration.ofMinutes(1)).join();
            BackupId wrong = scene.backUp().backupId();
            List<String> inUse = indices(scene);

            fault.arm(scene.cluster().faults().at(request));
            ConsistencyReport ofGood = check(scene, good);
            scene.cluster().faults().clear();
            fault.arm(scene.cluster().faults().at(request));
            ConsistencyReport ofWrong = check(scene, wrong);
            scene.cluster().faults().clear();

            assertThat(ofGood.verdict()).as("%s", ofGood).isIn(Verdict.CONSISTENT, Verdict.UNVERIFIABLE);
            assertThat(ofWrong.verdict()).as("%s", ofWrong).isNotEqualTo(Verdict.CONSISTENT);
            assertThat(indices(scene)).containsAll(inUse);
            String told = ofGood + " " + ofWrong;
            assertThat(indices(scene))
                    .filteredOn(index -> !inUse.contains(index))
                    .allSatisfy(left -> assertThat(told).contains(left));
            scene.time().delay(Duration.ofHours(9)).join();
            check(scene, good);
            assertThat(indices(scene)).isEqualTo(inUse);
        }
    }

    private static ConsistencyReport check(Scene scene, BackupId id) {
        return scene.client().consistency().check(id, Depth.POSITIONS).join();
    }

    private static List<String> indices(Scene scene) {
        return scene.client().snapshotStore().listIndices(List.of("*")).join().stream()
                .map(IndexInfo::name)
                .toList();
    }

    private Scene scene() {
        Scene scene = Scene.of(
                CamundaLine.UP_TO_8_7,
                engine(),
                stores(),
                cluster -> cluster.partitions(1).duration(Scene.TWO_QUESTIONS),
                client -> client);
        scene.cluster().load(40);
        return scene;
    }
}
