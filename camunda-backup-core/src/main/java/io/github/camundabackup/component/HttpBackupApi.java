package io.github.camundabackup.component;

import io.github.camundabackup.continuous.CheckpointState;
import io.github.camundabackup.endpoint.Endpoint;
import io.github.camundabackup.endpoint.Wire;
import io.github.camundabackup.error.AccessDeniedException;
import io.github.camundabackup.error.BackupIdInUseException;
import io.github.camundabackup.error.RequestRejectedException;
import io.github.camundabackup.internal.http.HttpAnswer;
import io.github.camundabackup.internal.http.HttpApi;
import io.github.camundabackup.internal.http.HttpCall;
import io.github.camundabackup.internal.json.JsonValue;
import io.github.camundabackup.line.LineComponent;
import io.github.camundabackup.model.BackupId;
import io.github.camundabackup.model.BackupState;
import io.github.camundabackup.model.PhysicalTenant;
import io.github.camundabackup.runtime.ClientResources;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP protocol that all backup endpoints share, whatever their wire: POST to take, GET to ask, DELETE. Where they
 * are, and what their refusals mean, is the wire's; the way a backup's JSON is read is the component's.
 */
abstract class HttpBackupApi<B extends ComponentBackup> implements BackupApi<B> {
    private static final Logger LOG = LoggerFactory.getLogger(HttpBackupApi.class);

    // What messages decide is the error's precision and its advice alone.
    private static final Pattern LATEST_ID = Pattern.compile("latest backup has (?:id|ID) (\\d{1,18})\\b");

    private static final String WITHOUT_AN_ID = "without specifying a backupId";
    private static final String CONTINUOUS =
            "While Zeebe takes continuous or scheduled backups, or has a checkpoint interval, it takes no backup with"
                    + " an id that is chosen by others. Switch that off in the brokers"
                    + " (camunda.data.primary-storage.backup: continuous, schedule, checkpoint-interval); it is not"
                    + " supported with Elasticsearch or OpenSearch as secondary storage.";

    /** What a request is for. */
    enum Action {
        TAKE,
        READ,
        DELETE
    }

    private final Set<String> unknownWords = ConcurrentHashMap.newKeySet();
    private final HttpApi http;
    private final LineComponent component;
    private final Function<JsonValue, Optional<B>> reader;

    /**
     * @param reader reads a backup; empty if a field is missing without which it means nothing
     */
    HttpBackupApi(
            Endpoint endpoint,
            LineComponent component,
            ClientResources resources,
            Function<JsonValue, Optional<B>> reader) {
        http = HttpApi.of(endpoint, component.component().displayName(), resources);
        this.component = component;
        this.reader = reader;
    }

    /** A physical tenant's backups of the component, on the given wire. */
    static <B extends ComponentBackup> BackupApi<B> of(
            Wire wire,
            PhysicalTenant tenant,
            Endpoint endpoint,
            LineComponent component,
            ClientResources resources,
            Function<JsonValue, Optional<B>> reader) {
        return switch (wire) {
            case ACTUATOR -> new ActuatorBackupApi<>(tenant, endpoint, component, resources, reader);
            case REST -> new RestBackupApi<>(tenant, endpoint, component, resources, reader);
        };
    }

    /**
     * What an answer says of one physical tenant: where it tells several apart, that part of it.
     *
     * @return has no id of its own
     */
    static JsonValue of(PhysicalTenant tenant, JsonValue backup) {
        return backup.elements("physicalTenants").stream()
                .filter(each -> each.text("physicalTenantId")
                        .filter(tenant.id()::equals)
                        .isPresent())
                .findFirst()
                .orElse(backup);
    }

    /**
     * A request for backups, or for one of them.
     *
     * @param below segments below the backups' own path
     */
    abstract HttpCall call(String method, String action, String... below);

    /** A refusal, with the wire's advice. */
    abstract RequestRejectedException rejected(Action action, HttpAnswer answer);

    @Override
    public final URI uri() {
        return http.endpoint().uri();
    }

    @Override
    public final CompletableFuture<TakeReply> take(BackupId backupId) {
        return http.send(call("POST", "take backup " + backupId).json(Map.of("backupId", backupId.value())))
                .thenApply(answer -> answer.isSuccess()
                        ? new TakeReply.Accepted(accepted(backupId, answer.json()))
                        : refused(backupId, answer));
    }

    /** 400 (Operate, Tasklist) and 409 (Zeebe, which also uses it while scaling) can mean other things too. */
    private TakeReply refused(BackupId backupId, HttpAnswer answer) {
        RequestRejectedException rejection = answer.status() == 409
                ? answer.rejected(
                        "Either the component cannot take a backup just now, or an id that is not lower was used"
                                + " before: try again later, with a higher id for the whole backup.")
                : answer.serverMessage().orElse("").contains(WITHOUT_AN_ID)
                        ? answer.rejected(CONTINUOUS)
                        : rejected(Action.TAKE, answer);
        if (answer.status() != 400 && answer.status() != 409) {
            throw rejection;
        }
        BackupIdInUseException inUse = new BackupIdInUseException(
                answer.call(), answer.status(), answer.serverMessage().orElse(null), backupId);
        return answer.status() == 409 && namesALatestIdFrom(backupId, answer)
                ? new TakeReply.IdInUse(inUse)
                : new TakeReply.MaybeInUse(rejection, inUse);
    }

    private static boolean namesALatestIdFrom(BackupId backupId, HttpAnswer answer) {
        Matcher latest = LATEST_ID.matcher(answer.serverMessage().orElse(""));
        return latest.find() && Long.parseLong(latest.group(1)) >= backupId.value();
    }

    /** Sent without body and content type, which 8.9 would route to the variant that wants an id. */
    @Override
    public final CompletableFuture<AcceptedBackup> takeWithGeneratedId() {
        return http.send(call("POST", "take a backup with a generated id")).thenApply(answer -> {
            if (!answer.isSuccess()) {
                throw answer.status() == 403
                        ? rejected(Action.TAKE, answer)
                        : answer.rejected(
                                "Ids are generated from Camunda 8.9 on, where continuous backups are configured.");
            }
            JsonValue body = answer.json();
            long id = body.number("backupId").orElse(0);
            if (id <= 0) {
                throw answer.unexpected("it names no backup id");
            }
            return accepted(BackupId.of(id), body);
        });
    }

    @Override
    public final CompletableFuture<BackupLookup<B>> get(BackupId backupId) {
        return http.sendRepeatable(call("GET", "get the state of backup " + backupId, backupId.toString()))
                .thenApply(answer -> {
                    if (answer.isSuccess()) {
                        return new BackupLookup.Found<>(read(answer, answer.json()));
                    }
                    if (answer.status() == 404 && !answer.saysThatNothingIsServedHere()) {
                        return new BackupLookup.Absent<>();
                    }
                    RequestRejectedException refusal = rejected(Action.READ, answer);
                    if (refusal instanceof AccessDeniedException || answer.status() == 404) {
                        throw refusal;
                    }
                    return new BackupLookup.Unclear<>(refusal);
                });
    }

    @Override
    public final CompletableFuture<Void> list(Consumer<? super B> consumer) {
        HttpCall call = call("GET", "list the backups");
        return stream(call, consumer)
                .thenCompose(answer -> answer.status() == 400 && component.listNeedsVerbose()
                        ? stream(call.query("verbose", "true"), consumer)
                        : CompletableFuture.completedFuture(answer))
                .thenAccept(answer -> {
                    if (!answer.isSuccess()) {
                        throw rejected(Action.READ, answer);
                    }
                });
    }

    private CompletableFuture<HttpAnswer> stream(HttpCall call, Consumer<? super B> consumer) {
        return http.stream(call, 1, Optional.empty(), (answer, json) -> consumer.accept(read(answer, json)));
    }

    @Override
    public final CompletableFuture<Void> delete(BackupId backupId) {
        return http.sendRepeatable(call("DELETE", "delete backup " + backupId, backupId.toString()))
                .thenApply(answer -> {
                    if (!answer.isSuccess() && (answer.status() != 404 || answer.saysThatNothingIsServedHere())) {
                        throw rejected(Action.DELETE, answer);
                    }
                    return null;
                });
    }

    @Override
    public final CompletableFuture<CheckpointState> checkpoints() {
        return http.sendRepeatable(call("GET", "read the state of checkpoints", "state"))
                .thenApply(answer -> checkpoints(answer, Action.READ));
    }

    /** May be repeated: it writes what is so. */
    @Override
    public final CompletableFuture<CheckpointState> writeCheckpoints() {
        return http.sendRepeatable(call("POST", "write the state of checkpoints", "state", "sync")
                        .json(Map.of()))
                .thenApply(answer -> checkpoints(answer, Action.TAKE));
    }

    /** Before 8.9, {@code state} is taken for an id. */
    private CheckpointState checkpoints(HttpAnswer answer, Action permission) {
        if (!answer.isSuccess()) {
            throw answer.status() == 400 || answer.status() == 404
                    ? answer.rejected("Zeebe tells its checkpoints from Camunda 8.9 on.")
                    : rejected(permission, answer);
        }
        return CheckpointReader.read(answer.json())
                .orElseThrow(() -> answer.unexpected("it is no state of checkpoints"));
    }

    private AcceptedBackup accepted(BackupId backupId, JsonValue body) {
        List<String> snapshots = body.elements("scheduledSnapshots").stream()
                .flatMap(name -> name.text().stream())
                .toList();
        return new AcceptedBackup(component.component(), backupId, snapshots, false);
    }

    private B read(HttpAnswer answer, JsonValue json) {
        B backup = reader.apply(json)
                .orElseThrow(() -> answer.withBody(json).unexpected("it is no description of a backup"));
        String word = json.text("state").orElse("");
        if (backup.state() == BackupState.UNKNOWN && unknownWords.add(word)) {
            LOG.warn(
                    "{} has a backup in a state that this library does not know, \"{}\". It is taken for unfinished.",
                    component.component().displayName(),
                    word);
        }
        return backup;
    }
}
