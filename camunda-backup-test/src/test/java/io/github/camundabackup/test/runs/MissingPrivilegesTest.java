package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camundabackup.CamundaBackupClient;
import io.github.camundabackup.backup.BackupFailedException;
import io.github.camundabackup.consistency.Depth;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.report.BackupReport;
import io.github.camundabackup.report.PauseReport;
import io.github.camundabackup.restore.RestoreClient;
import io.github.camundabackup.restore.plan.Obstacle;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.snapshot.SnapshotStore;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineUnderTest;
import io.github.camundabackup.test.runs.LeastPrivileges.Privilege;
import io.github.camundabackup.test.simulation.model.RequestMatcher;
import io.github.camundabackup.test.simulation.model.SearchEngine;
import io.github.camundabackup.test.simulation.model.Server;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an API key of Elasticsearch may not do is named, whatever the guide's role descriptors lack. Elasticsearch's
 * security is under its vendor's own licence and does not run here: a proxy refuses as it does.
 */
@Tag(EngineUnderTest.ELASTICSEARCH_ONLY)
class MissingPrivilegesTest extends AbstractEngineTest {
    private static final LeastPrivileges ROLES = LeastPrivileges.of("Elasticsearch");

    /**
     * Which action a request is, and which privileges stand for it: those of the cluster by their names, those of
     * indices with the index in front. From Elasticsearch's documentation of privileges and its source
     * (ClusterPrivilegeResolver, IndexPrivilege, 8.16).
     */
    private static final List<Request> REQUESTS = List.of(
            request("GET /", "cluster:monitor/main", "monitor"),
            request("GET /_snapshot/[^/_]+", "cluster:admin/repository/get", "create_snapshot", "monitor_snapshot"),
            request("POST /_snapshot/[^/]+/_verify", "cluster:admin/repository/verify"),
            request("GET /_snapshot/[^/]+/[^_].*", "cluster:admin/snapshot/get", "create_snapshot", "monitor_snapshot"),
            request("GET /_snapshot/.*_status", "cluster:admin/snapshot/status", "create_snapshot", "monitor_snapshot"),
            request("(PUT|POST) /_snapshot/[^/]+/[^_/]+", "cluster:admin/snapshot/create", "create_snapshot"),
            request("POST /_snapshot/[^/]+/[^/]+/_restore", "cluster:admin/snapshot/restore"),
            request("GET /_cluster/health.*", "cluster:monitor/health", "monitor"),
            request("GET /_cat/indices/.*", "cluster:monitor/state", "monitor"),
            request("GET /_cat/indices/[^c].*", "indices:monitor/stats", "* monitor"),
            request("GET /_nodes.*", "cluster:monitor/nodes/info", "monitor"),
            request("GET /_cluster/state.*", "cluster:monitor/state", "monitor"),
            request("GET /_index_template.*", "indices:admin/index_template/get", "manage_index_templates"),
            request("GET /_alias.*", "indices:admin/aliases/get", "* view_index_metadata"),
            request(
                    "POST /zeebe-record.*/_refresh",
                    "indices:admin/refresh",
                    "zeebe-record* maintenance",
                    "* maintenance"),
            request("POST /zeebe-record.*/_search", "indices:data/read/search", "zeebe-record* read", "* read"),
            request("POST /(?!zeebe-record|consistency)[^/]+/_refresh", "indices:admin/refresh", "* maintenance"),
            request("GET /(?!_|hot|consistency)[^/]+/_count", "indices:data/read/search", "* read"),
            request("DELETE /(?!_|consistency).*", "indices:admin/delete", "* delete_index"),
            request("POST /consistency-check.*/_refresh", "indices:admin/refresh", "consistency-check-* maintenance"),
            request("POST /consistency-check.*/_search", "indices:data/read/search", "consistency-check-* read"),
            request("DELETE /consistency-check.*", "indices:admin/delete", "consistency-check-* delete_index"),
            request("GET /consistency-check.*/_recovery", "indices:monitor/recovery", "consistency-check-* monitor"),
            request("GET /(?!consistency)[^/]+/_recovery", "indices:monitor/recovery", "* monitor"),
            request("GET /hot-backup-journal/_doc/.*", "indices:data/read/get", "hot-backup-journal read"),
            request("PUT /hot-backup-journal", "indices:admin/create", "hot-backup-journal create_index"),
            request("PUT /hot-backup-journal/_doc/.*", "indices:data/write/index", "hot-backup-journal index"));

    private record Request(String call, String action, Set<String> grantedBy) {
        boolean isGrantedOnlyBy(String privilege, Set<String> held) {
            return is(privilege)
                    && held.stream().filter(other -> !other.equals(privilege)).noneMatch(this::is);
        }

        private boolean is(String privilege) {
            return grantedBy.contains(privilege) || privilege.equals(action);
        }
    }

    private static Request request(String call, String action, String... grantedBy) {
        return new Request(call, action, Set.of(grantedBy));
    }

    static Stream<Privilege> privileges() {
        return ROLES.names().stream().flatMap(role -> ROLES.privileges(role).stream());
    }

    @ParameterizedTest
    @MethodSource("privileges")
    void everyPrivilegeThatIsMissingIsNamed(Privilege missing) throws IOException {
        Set<String> held = Set.copyOf(
                ROLES.privileges(missing.role()).stream().map(ROLES::qualified).toList());
        List<Request> refused = REQUESTS.stream()
                .filter(request -> request.isGrantedOnlyBy(ROLES.qualified(missing), held))
                .toList();
        assertThat(refused).as("what needs " + missing).isNotEmpty();

        try (Scene scene = Scene.of(CamundaLine.UP_TO_8_7, SearchEngine.ELASTICSEARCH, stores());
                Relay relay = Relay.to(scene.cluster().searchEngineUri());
                SnapshotStore store = stores().create(
                                Endpoint.of(relay.uri()), scene.cluster().repository(), scene.resources());
                CamundaBackupClient client = Scene.client(scene.cluster(), stores(), scene.resources())
                        .snapshotStore(store)
                        .build()) {
            Runnable refuse =
                    () -> refused.forEach(request -> relay.refuse(request.call(), 403, refusal(request.action())));

            String said = switch (missing.role()) {
                case "backup" -> backUp(scene, client, refuse);
                case "check" -> check(scene, client, refuse);
                case "restore" -> restore(scene, store, refuse);
                default -> throw new IllegalStateException(missing.role());
            };

            assertThat(refused).anySatisfy(request -> assertThat(said).contains(request.action()));
        }
    }

    static Stream<Privilege> privilegesOfBackups() {
        return ROLES.privileges("backup").stream();
    }

    /** What is needed no more by then is not missed. */
    @ParameterizedTest
    @MethodSource("privilegesOfBackups")
    void aPrivilegeThatIsWithdrawnInTheMiddleIsNamedAndExportingIsResumed(Privilege withdrawn) throws IOException {
        Set<String> held = Set.copyOf(
                ROLES.privileges("backup").stream().map(ROLES::qualified).toList());
        try (Scene scene = Scene.of(CamundaLine.UP_TO_8_7, SearchEngine.ELASTICSEARCH, stores());
                Relay relay = Relay.to(scene.cluster().searchEngineUri());
                SnapshotStore store = stores().create(
                                Endpoint.of(relay.uri()), scene.cluster().repository(), scene.resources());
                CamundaBackupClient client = Scene.client(scene.cluster(), stores(), scene.resources())
                        .snapshotStore(store)
                        .build()) {
            scene.cluster()
                    .faults()
                    .at(RequestMatcher.post("/actuator/exporting/pause"))
                    .act(() -> REQUESTS.stream()
                            .filter(request -> request.isGrantedOnlyBy(ROLES.qualified(withdrawn), held))
                            .forEach(request -> relay.refuse(request.call(), 403, refusal(request.action()))));

            String said;
            try {
                said = client.backup().completion().join().warnings().toString();
            } catch (CompletionException e) {
                BackupFailedException failure = (BackupFailedException) Objects.requireNonNull(e.getCause());
                assertThat(failure.report().outcome()).isEqualTo(BackupReport.Outcome.FAILED);
                assertThat(failure.pause().state()).isEqualTo(PauseReport.State.RESUMED);
                said = failure.getMessage() + failure.report().warnings();
            }

            assertThat(scene.cluster().exportingPaused()).isFalse();
            for (String call : relay.refused()) {
                Request refused = REQUESTS.stream()
                        .filter(request -> call.matches(request.call())
                                && request.isGrantedOnlyBy(ROLES.qualified(withdrawn), held))
                        .findFirst()
                        .orElseThrow();
                assertThat(said).as(call).contains(refused.action());
            }
            scene.cluster().invariants().assertHold();
        }
    }

    private static String backUp(Scene scene, CamundaBackupClient client, Runnable refuse) {
        refuse.run();
        try {
            return client.backup().completion().join().warnings().toString();
        } catch (CompletionException e) {
            BackupFailedException failure = (BackupFailedException) Objects.requireNonNull(e.getCause());
            assertThat(failure.report().outcome()).isEqualTo(BackupReport.Outcome.REFUSED);
            assertThat(failure.pause().state()).isEqualTo(PauseReport.State.NOT_PAUSED);
            return String.valueOf(failure.getMessage());
        } finally {
            scene.cluster().invariants().assertHold();
        }
    }

    private static String check(Scene scene, CamundaBackupClient client, Runnable refuse) {
        BackupId id = scene.backUp().backupId();
        refuse.run();
        String[] said = {""};
        Throwable failure = catchThrowable(() ->
                said[0] = client.consistency().check(id, Depth.POSITIONS).join().toString());
        return said[0] + failure;
    }

    private static String restore(Scene scene, SnapshotStore store, Runnable refuse) {
        BackupId id = scene.backUp().backupId();
        new EngineWeb(scene.cluster().searchEngineUri()).write(RestoreScene.NEXT_DAY, "later");
        scene.cluster().servers().stream()
                .filter(server -> server != Server.SEARCH_ENGINE)
                .forEach(scene.cluster().faults()::unreachable);
        refuse.run();
        RestoreClient restore = RestoreClient.create(
                store,
                RestoreSettings.builder()
                        .accept(Obstacle.Code.TOO_FEW_DATA_NODES)
                        .accept(Obstacle.Code.TEMPLATES_MISSING)
                        .build(),
                scene.resources());
        StringBuilder said = new StringBuilder();
        Throwable failure = catchThrowable(() -> {
            RestorePlan plan = restore.plan(id).join();
            said.append(plan.warnings()).append(plan.obstacles());
            said.append(restore.execute(plan).completion().join());
        });
        return said.toString() + failure;
    }

    /** As Elasticsearch 8.16 words it. */
    private static String refusal(String action) {
        String error = "\"type\":\"security_exception\",\"reason\":\"action [" + action
                + "] is unauthorized for API key id [VuaCfGcBCdbkQm-e5aOx] of user [elastic], this action is granted by the"
                + " privileges [all]\"";
        return "{\"error\":{\"root_cause\":[{" + error + "}]," + error + "},\"status\":403}";
    }
}
