package io.github.camundabackup.internal.recoverymode;

import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.internal.http.HttpAnswer;
import io.github.camundabackup.internal.http.HttpApi;
import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.internal.http.RestApi;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.runtime.ClientResources;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Recovery mode and restore in the orchestration cluster's REST API, from 8.10 on. What has an effect is sent once; a
 * dry run and a question are repeated when the connection breaks. Thread-safe.
 *
 * @see <a href="https://docs.camunda.io/docs/apis-tools/orchestration-cluster-api-rest/orchestration-cluster-api-rest-overview/">
 *     Camunda's documentation</a>
 */
public final class RecoveryApi {
    private static final String PERMISSION_OF_MODE = "SYSTEM:UPDATE or BACKUP:RESTORE";
    private static final String PERMISSION_OF_RESTORE = "BACKUP:RESTORE";

    private final HttpApi http;
    private final PhysicalTenant tenant;

    /**
     * @param gateway where the REST API is
     * @param tenant whose mode is changed, and whose data is restored
     */
    public RecoveryApi(Endpoint gateway, PhysicalTenant tenant, ClientResources resources) {
        this.tenant = tenant;
        http = HttpApi.of(gateway, "the orchestration cluster", resources);
    }

    /** The cluster as the gateway sees it. */
    public CompletableFuture<ClusterState> cluster() {
        return RestApi.topology(http, "read the cluster's topology", tenant).thenApply(ClusterState::of);
    }

    /**
     * Asks for a change of the mode. It has begun when this completes, and not ended.
     *
     * @param dryRun only asks what the cluster would do
     */
    public CompletableFuture<PlannedChange> change(Mode mode, boolean dryRun) {
        HttpCall call =
                HttpCall.of("PATCH", mode.action, RestApi.path(tenant, "mode")).query("mode", mode.name());
        return planned(call, dryRun, PERMISSION_OF_MODE);
    }

    /**
     * Asks for a restore of a backup, which the cluster must be in recovery mode for. It has begun when this completes,
     * and not ended.
     *
     * @param dryRun only asks what the cluster would do
     */
    public CompletableFuture<PlannedChange> restore(BackupId backupId, boolean dryRun) {
        HttpCall call = HttpCall.post("restore Zeebe's backup " + backupId, RestApi.path(tenant, "restore"))
                .json(Map.of("backupIds", List.of(backupId.value())));
        return planned(call, dryRun, PERMISSION_OF_RESTORE);
    }

    private CompletableFuture<PlannedChange> planned(HttpCall call, boolean dryRun, String permission) {
        CompletableFuture<HttpAnswer> answer =
                dryRun ? http.sendRepeatable(call.query("dryRun", "true")) : http.send(call);
        return answer.thenApply(given -> {
            if (!given.isSuccess()) {
                throw RestApi.rejected(given, "", permission);
            }
            return PlannedChange.read(given.json()).orElseThrow(() -> given.unexpected("it names no change"));
        });
    }

    /** The restore that is going on, or has just ended; empty if there is none. */
    public CompletableFuture<Optional<RestoreState>> restore() {
        return http.sendRepeatable(HttpCall.get("read how the restore stands", RestApi.path(tenant, "restore")))
                .thenApply(answer -> {
                    // The OpenAPI file gives this answer no body.
                    if (answer.status() == 404
                            && (answer.body().length == 0 || !answer.saysThatNothingIsServedHere())) {
                        return Optional.empty();
                    }
                    if (!answer.isSuccess()) {
                        throw RestApi.rejected(answer, "", PERMISSION_OF_RESTORE);
                    }
                    return Optional.of(RestoreState.read(answer.json())
                            .orElseThrow(() -> answer.unexpected("it tells no status of a restore")));
                });
    }

    /** What a cluster's partitions do. */
    public enum Mode {
        /** They process, and export. */
        PROCESSING("set the cluster back to processing"),
        /** They do nothing, and can be restored. */
        RECOVERING("set the cluster into recovery mode");

        private final String action;

        Mode(String action) {
            this.action = action;
        }
    }
}
